import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';
import { BadOrder } from '../trouble.js';

export interface AuditFilter {
  /** Also entries of a job that was deleted since. */
  jobId?: string | undefined;
  variantId?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
}

export interface AuditLine {
  auditId: string;
  at: Date;
  actor: string;
  action: string;
  jobId: string | null;
  variantId: string | null;
  before: object | null;
  after: object | null;
  note: string | null;
}

/** Who did what with things within reach, the newest first; the cursor is the last entry's id. */
export async function readAudit(
  pool: Pool,
  reach: Reach,
  filter: AuditFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: AuditLine[]; next: string | null }> {
  if (page.cursor !== undefined && !/^\d{1,18}$/.test(page.cursor))
    throw new BadOrder('cursor: must be the "next" of an earlier page');
  const { rows } = await pool.query<AuditLine>(
    `select audit_id::text as "auditId", at, actor, action, coalesce(job_id::text, before->>'jobId') as "jobId",
            coalesce(job_variants_id::text, before->>'variantId') as "variantId", before, after, note
       from pipeline.audit
      where ($1::uuid is null or job_id = $1 or (job_id is null and before->>'jobId' = $1::text))
        and ($2::uuid is null or job_variants_id = $2 or (job_variants_id is null and before->>'variantId' = $2::text))
        and ($3::text is null or actor = $3)
        and ($4::text is null or action = $4)
        and ($5::bigint is null or audit_id < $5)
        and ($7::text is null or tenant_id = $7
             or exists (select from jobs j where j.job_id = audit.job_id and j.tenant_id = $7))
      order by audit_id desc limit $6`,
    [
      filter.jobId ?? null,
      filter.variantId ?? null,
      filter.actor ?? null,
      filter.action ?? null,
      page.cursor ?? null,
      page.limit + 1,
      reach.tenantId,
    ],
  );
  const items = rows.slice(0, page.limit);
  return { items, next: rows.length > page.limit ? (items.at(-1)?.auditId ?? null) : null };
}

import type { Pool, PoolClient } from '../db/pool.js';
import { NotFound } from './trouble.js';

/** A variant as its rows say now. */
export interface VariantNow {
  variantId: string;
  jobId: string;
  step: string | null;
  status: string | null;
  generation: number;
  retryCount: number;
  reason: string | null;
  isSettled: boolean;
  /** A run works on it, or the event that starts one is on its way. */
  isUnderWay: boolean;
}

/** A job as its rows say now. */
export interface JobNow {
  jobId: string;
  tenantId: string | null;
  /** The published row. */
  step: string | null;
  status: string | null;
  /** What this system recorded; null before a variant was past its picture. */
  stage: string | null;
  stageStatus: string | null;
  generation: number;
  reason: string | null;
  /** Its own stages are at work, or the event that starts them is on its way. */
  isUnderWay: boolean;
  /** It waits for its English copy. */
  isResting: boolean;
  variants: VariantNow[];
}

const VARIANTS = `
  select v.job_variants_id as "variantId", v.job_id as "jobId", v.current_step as step, v.status,
         coalesce(r.generation, 1) as generation, coalesce(v.retry_count, 0) as "retryCount", r.reason,
         pipeline.is_settled(v.current_step, v.status) as "isSettled",
         coalesce(r.open, false) and not pipeline.is_settled(v.current_step, v.status)
           or exists (select from pipeline.outbox o where o.job_variants_id = v.job_variants_id and o.dead_at is null)
           or exists (select from pipeline.claims c where c.unit_id = v.job_variants_id
                       and c.generation = r.generation and c.state = 'open') as "isUnderWay"
    from jobs_variants v left join pipeline.runs r using (job_variants_id)`;

/** @throws NotFound */
export async function observeVariant(db: Pool | PoolClient, variantId: string): Promise<VariantNow> {
  const { rows } = await db.query<VariantNow>(`${VARIANTS} where v.job_variants_id = $1`, [variantId]);
  if (!rows[0]) throw new NotFound(`there is no variant ${variantId}`);
  return rows[0];
}

/** @throws NotFound */
export async function observeJob(db: Pool | PoolClient, jobId: string): Promise<JobNow> {
  const { rows } = await db.query<JobNow>(
    `select j.job_id as "jobId", j.tenant_id as "tenantId", j.current_step as step, j.status,
            p.stage, p.status as "stageStatus", coalesce(p.generation, 1) as generation, p.reason,
            exists (select from pipeline.outbox o where o.job_id = j.job_id and o.kind = 'job' and o.dead_at is null)
              or exists (select from pipeline.claims c where c.unit_id = j.job_id and c.generation = p.generation
                          and c.state = 'open')
              or coalesce(p.stage in ('ad_copy_gen_kor', 'instagram_feed_gen') and p.status in ('queued', 'running'), false)
              -- Between its two stages no claim is open for a moment.
              or coalesce((p.stage, p.status) = ('ad_copy_gen_kor', 'done'), false) as "isUnderWay",
            exists (select from pipeline.waits w where w.unit_id = j.job_id and w.generation = p.generation
                     and w.settled_at is null) as "isResting",
            '{}'::json[] as variants
       from jobs j left join pipeline.jobs p using (job_id) where j.job_id = $1`,
    [jobId],
  );
  const job = rows[0];
  if (!job) throw new NotFound(`there is no job ${jobId}`);
  const variants = await db.query<VariantNow>(
    `${VARIANTS} where v.job_id = $1 order by v.creation_order, v.job_variants_id`,
    [jobId],
  );
  return { ...job, variants: variants.rows };
}

export const isFinished = (job: JobNow): boolean => job.stage === 'instagram_feed_gen' && job.stageStatus === 'done';

/** `(planner, failed)`, as everybody writes a state. */
export const stateText = ({ step, status }: { step: string | null; status: string | null }): string =>
  `(${step}, ${status})`;

/** With the reason, where there is one. */
export const stateInWords = (now: { step: string | null; status: string | null; reason: string | null }): string =>
  `${stateText(now)}${now.reason ? `: ${now.reason}` : ''}`;

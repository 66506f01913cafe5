import type { Pool } from '../../db/pool.js';
import { badRequest, notFound } from './refusal.js';
import { parseUuid } from './uuid.js';

/** The row a variant endpoint works on, as it was when the call came in. */
export interface VariantUnit {
  variantId: string;
  jobId: string;
  tenantId: string;
  step: string | null;
  status: string | null;
  imageId: string | null;
  overlaidImageId: string | null;
  /** How often the variant was reopened; 1 for one the pipeline has not seen. */
  generation: number;
}

export interface JobUnit {
  jobId: string;
  tenantId: string;
  storeId: string | null;
  step: string | null;
  status: string | null;
  generation: number;
}

interface VariantRow {
  job_variants_id: string;
  job_id: string | null;
  current_step: string | null;
  status: string | null;
  img_asset_id: string | null;
  overlaid_img_asset_id: string | null;
  generation: number | null;
}

/**
 * The five checks of every variant endpoint, in the contract's order.
 * @throws Refusal 400 or 404; nothing has been touched.
 */
export async function loadVariantUnit(
  pool: Pool,
  body: { job_variants_id: string; job_id: string; tenant_id: string },
): Promise<VariantUnit> {
  const variantId = parseUuid(body.job_variants_id);
  const jobId = parseUuid(body.job_id);
  if (!variantId || !jobId) {
    throw badRequest(`Invalid UUID format: ${variantId ? 'job_id' : 'job_variants_id'}`);
  }
  const { rows } = await pool.query<VariantRow>(
    `select v.job_variants_id, v.job_id, v.current_step, v.status, v.img_asset_id, v.overlaid_img_asset_id, r.generation
       from jobs_variants v left join pipeline.runs r using (job_variants_id) where v.job_variants_id = $1`,
    [variantId],
  );
  const variant = rows[0];
  if (!variant) throw notFound(`Job variant not found: ${variantId}`);
  const job = await loadJobRow(pool, jobId);
  if (variant.job_id !== jobId) throw badRequest('Job variant job_id mismatch');
  if (job.tenant_id !== body.tenant_id) throw badRequest('Job tenant_id mismatch');
  return {
    variantId,
    jobId,
    tenantId: body.tenant_id,
    step: variant.current_step,
    status: variant.status,
    imageId: variant.img_asset_id,
    overlaidImageId: variant.overlaid_img_asset_id,
    generation: variant.generation ?? 1,
  };
}

/** The same for the two job endpoints. */
export async function loadJobUnit(pool: Pool, body: { job_id: string; tenant_id: string }): Promise<JobUnit> {
  const jobId = parseUuid(body.job_id);
  if (!jobId) throw badRequest('Invalid UUID format: job_id');
  const job = await loadJobRow(pool, jobId);
  if (job.tenant_id !== body.tenant_id) throw badRequest('Job tenant_id mismatch');
  return {
    jobId,
    tenantId: body.tenant_id,
    storeId: job.store_id,
    step: job.current_step,
    status: job.status,
    generation: job.generation ?? 1,
  };
}

interface JobRow {
  tenant_id: string | null;
  store_id: string | null;
  current_step: string | null;
  status: string | null;
  generation: number | null;
}

async function loadJobRow(pool: Pool, jobId: string): Promise<JobRow> {
  const { rows } = await pool.query<JobRow>(
    `select j.tenant_id, j.store_id, j.current_step, j.status, p.generation
       from jobs j left join pipeline.jobs p using (job_id) where j.job_id = $1`,
    [jobId],
  );
  if (!rows[0]) throw notFound(`Job not found: ${jobId}`);
  return rows[0];
}

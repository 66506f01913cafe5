import { createVariants } from './create-variants.js';
import { decideJob, type JobState } from './decide-job.js';
import { type Delivered, type Delivery, deliverVariant } from './deliver-variant.js';
import { recordOwnership } from './ownership.js';

interface JobView extends JobState {
  tenantId: string;
  generation: number;
}

/**
 * Looks at one job: puts its published copy right where somebody overwrote it, makes the variants that nobody else
 * makes, and starts the job's own stages when its variants are settled.
 */
export async function deliverJob(d: Delivery, jobId: string): Promise<Delivered> {
  await recount(d, jobId);
  const job = await viewJob(d, jobId);
  if (!job) {
    d.log.info(`[LISTENER] job ${jobId} is gone`);
    return 'delivered';
  }
  const seen = `job ${jobId} (${job.recorded.stage ?? job.published.step}, ${job.recorded.status ?? job.published.status})`;
  d.log.info(`[LISTENER] ${seen}`);
  const decision = decideJob(job);
  switch (decision.action) {
    case 'nothing':
      d.log.info(`[TRIGGER] ${seen}: nothing, because ${decision.because}`);
      return 'delivered';
    case 'later':
      return { later: decision.milliseconds };
    case 'create variants': {
      const made = await createVariants(d.pool, jobId, d.variantsPerJob);
      d.log.info(`[TRIGGER] ${seen}: made ${made} variants`);
      return 'delivered';
    }
    case 'start':
      await d.starter.job({ jobId, tenantId: job.tenantId, generation: job.generation, stage: decision.stage });
      d.log.info(`[TRIGGER] ${seen}: started at ${decision.stage}`);
      return 'delivered';
  }
}

/** Counts the variants anew and publishes the result. Before any is past its picture the row is its creator's and YE's. */
const recount = (d: Delivery, jobId: string) =>
  d.pool.query(
    `with job as (select job_id from jobs where job_id = $1 for no key update)
     select pipeline.aggregate_job(job.job_id) from job
      where exists (select from jobs_variants v where v.job_id = job.job_id
                     and (pipeline.step_order(v.current_step) > 0 or v.status = 'failed'))`,
    [jobId],
  );

interface ViewRow {
  tenant_id: string;
  current_step: string | null;
  status: string | null;
  age: number;
  generation: number | null;
  stage: string | null;
  stage_status: string | null;
  image_generation: 'internal' | 'external' | null;
  has_photo: boolean;
  variants: number;
}

async function viewJob(d: Delivery, jobId: string): Promise<JobView | undefined> {
  const { rows } = await d.pool.query<ViewRow>(
    `select j.tenant_id, j.current_step, j.status,
            coalesce(extract(epoch from clock_timestamp() - coalesce(j.updated_at, j.created_at)) * 1000, 0)::float8 as age,
            p.generation, p.stage, p.status as stage_status, p.image_generation,
            exists (select from job_inputs i where i.job_id = j.job_id and i.img_asset_id is not null) as has_photo,
            (select count(*)::integer from jobs_variants v where v.job_id = j.job_id) as variants
       from jobs j left join pipeline.jobs p using (job_id) where j.job_id = $1`,
    [jobId],
  );
  const row = rows[0];
  if (!row) return undefined;
  return {
    tenantId: row.tenant_id,
    generation: row.generation ?? 1,
    recorded: { stage: row.stage, status: row.stage_status },
    published: { step: row.current_step, status: row.status },
    imageGeneration: row.image_generation ?? (await recordOwnership(d.pool, jobId, d.defaultGeneration)),
    hasPhoto: row.has_photo,
    variants: row.variants,
    age: row.age,
  };
}

/** A text arrived: whoever waits for it looks again. */
export async function deliverText(d: Delivery, jobId: string): Promise<Delivered> {
  const { rows } = await d.pool.query<{ unit_id: string; evidence: string }>(
    'select unit_id, evidence from pipeline.waits where job_id = $1 and settled_at is null',
    [jobId],
  );
  for (const wait of rows) {
    if (wait.evidence === 'ad_copy_kor') await deliverVariant(d, wait.unit_id, true);
    else await deliverJob(d, jobId);
  }
  return 'delivered';
}

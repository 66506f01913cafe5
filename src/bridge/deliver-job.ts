import { jobStageCalledFor } from '../db/job-claims.js';
import type { Delivery } from './deliver-variant.js';
import { deliverVariant } from './deliver-variant.js';

interface JobView {
  tenant_id: string;
  generation: number;
  stage: string | null;
  status: string | null;
}

/**
 * Looks at one job as it is recorded: puts its published copy right where somebody overwrote it, and starts the job's
 * own stages when its variants are settled.
 */
export async function deliverJob(d: Delivery, jobId: string): Promise<void> {
  await recount(d, jobId);
  const job = await recorded(d, jobId);
  if (!job) return d.log.info(`[LISTENER] job ${jobId} is not recorded: nothing of it has reached this pipeline`);
  const seen = `(${job.stage}, ${job.status})`;
  d.log.info(`[LISTENER] job ${jobId} ${seen}`);
  const stage = job.status === 'done' ? jobStageCalledFor(job.stage, job.status) : undefined;
  if (!stage) return d.log.info(`[TRIGGER] job ${jobId} ${seen}: nothing to start`);
  await d.starter.job({ jobId, tenantId: job.tenant_id, generation: job.generation, stage });
  d.log.info(`[TRIGGER] job ${jobId} ${seen}: started at ${stage}`);
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

const recorded = async (d: Delivery, jobId: string): Promise<JobView | undefined> => {
  const { rows } = await d.pool.query<JobView>(
    `select j.tenant_id, p.generation, p.stage, p.status
       from pipeline.jobs p join jobs j using (job_id) where p.job_id = $1`,
    [jobId],
  );
  return rows[0];
};

/** A text arrived: whoever waits for it looks again, and whatever the rows ask for besides is started. */
export async function deliverText(d: Delivery, jobId: string): Promise<void> {
  const { rows } = await d.pool.query<{ unit_id: string; evidence: string }>(
    'select unit_id, evidence from pipeline.waits where job_id = $1 and settled_at is null',
    [jobId],
  );
  for (const wait of rows) {
    if (wait.evidence === 'ad_copy_kor') await deliverVariant(d, wait.unit_id, true);
    else await deliverJob(d, jobId);
  }
}

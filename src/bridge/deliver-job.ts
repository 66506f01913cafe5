import { jobWorkflowId } from '../../workflows/contract.js';
import { counted } from '../counted.js';
import { createVariants } from './create-variants.js';
import { decideJob } from './decide-job.js';
import { type Delivered, type Delivery, deliverVariant } from './deliver-variant.js';
import { viewJob } from './job-view.js';
import { isPaused } from './outbox.js';

/**
 * Looks at one job: puts its published copy right where somebody overwrote it, makes the variants that nobody else
 * makes, and starts the job's own stages when its variants are settled.
 */
export async function deliverJob(d: Delivery, jobId: string): Promise<Delivered> {
  await recount(d, jobId);
  const job = await viewJob(d, jobId);
  if (!job) {
    d.log.info(`[LISTENER] job ${jobId} is gone`);
    await d.runs.wake(jobWorkflowId(jobId));
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
      // Its own stages are no new work: they finish what was begun.
      if (await isPaused(d.pool, job.tenantId)) return { held: job.tenantId };
      const made = await createVariants(d.pool, jobId, d.variantsPerJob);
      d.log.info(`[TRIGGER] ${seen}: made ${counted(made, 'variant')}`);
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

/** A text arrived: whoever waits for it looks again. */
export async function deliverText(d: Delivery, jobId: string): Promise<Delivered> {
  const { rows } = await d.pool.query<{ unit_id: string; evidence: string }>(
    'select unit_id, evidence from pipeline.waits where job_id = $1 and settled_at is null',
    [jobId],
  );
  let outcome: Delivered = 'delivered';
  for (const wait of rows) {
    const delivered =
      wait.evidence === 'ad_copy_kor' ? await deliverVariant(d, wait.unit_id, true) : await deliverJob(d, jobId);
    // One that is held holds the event; for the others it is only a second look.
    if (delivered !== 'delivered') outcome = delivered;
  }
  return outcome;
}

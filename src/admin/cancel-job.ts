import { type JobStage, jobWorkflowId, variantWorkflowId } from '../../workflows/contract.js';
import { counted } from '../counted.js';
import type { Pool, PoolClient } from '../db/pool.js';
import { jobStageCalledFor } from '../db/job-claims.js';
import { CANCELLED, endVariant, interrupt } from './cancel-variant.js';
import { beginAgain, lockWholeJob } from './locks.js';
import { isFinished, type JobNow, observeJob, observeVariant, stateInWords } from './observe.js';
import { type AuditEntry, carryOut, type Order, type Outcome } from './orders.js';
import type { ItemOutcome, JobAnswer } from './retry-job.js';
import type { RunControl } from './run-control.js';

interface Cancellation extends Outcome {
  before: JobNow;
  items: ItemOutcome[];
  /** RunControl to interrupt. */
  workflowIds: string[];
}

/**
 * Ends all work on a job: every variant that is not settled, and the job's own stages. Variants that are done stay done;
 * a finished job stays finished. Rows first, then the runs are cancelled.
 * @throws NotFound
 */
export const cancelJob = (
  { pool, runs }: { pool: Pool; runs: RunControl },
  { jobId }: { jobId: string },
  order: Order,
): Promise<JobAnswer> =>
  beginAgain(() =>
    carryOut<Cancellation, JobAnswer>(pool, order, {
      action: 'cancel job',
      parameters: { jobId },
      async change(db) {
        await lockWholeJob(db, jobId);
        const before = await observeJob(db, jobId);
        const items: ItemOutcome[] = [];
        const audit: AuditEntry[] = [];
        for (const variant of before.variants.filter(({ isSettled }) => !isSettled)) {
          const { variantId } = variant;
          const stage = await endVariant(db, variant);
          items.push({ variantId, outcome: 'done', says: `cancelled at ${stage}` });
          audit.push({ jobId, variantId, before: variant, after: await observeVariant(db, variantId) });
        }
        const ended = await endJob(db, before, items.length > 0);
        if (ended || items.length === 0) audit.push({ jobId, before, after: await observeJob(db, jobId) });
        return { decision: decide(before, items, ended), audit };
      },
      async finish({ outcome, says, before, items, workflowIds }) {
        const remark = await interrupt(runs, workflowIds);
        const observed = await observeJob(pool, jobId);
        return { outcome, says: says + remark, jobId, before, items, observed };
      },
    }),
  );

function decide(before: JobNow, items: ItemOutcome[], ended: boolean): Cancellation {
  const variantRuns = items.map(({ variantId }) => variantWorkflowId(variantId));
  const jobRun = jobWorkflowId(before.jobId);
  if (items.length > 0 || ended) {
    const variants =
      items.length > 0 ? `cancelled ${items.length} of ${counted(before.variants.length, 'variant')}` : 'cancelled';
    const says = isFinished(before) ? `${variants}; the job itself was finished and keeps its feed` : variants;
    return { outcome: 'done', says, before, items, workflowIds: ended ? [...variantRuns, jobRun] : variantRuns };
  }
  if (before.stageStatus === 'failed' && before.reason === CANCELLED) {
    const all = before.variants.map(({ variantId }) => variantWorkflowId(variantId));
    return { outcome: 'done', says: 'it was cancelled already', before, items, workflowIds: [...all, jobRun] };
  }
  const says = `${isFinished(before) ? 'it was finished first' : 'it had ended already'}, at ${stateInWords(before)}`;
  return { outcome: 'refused', says, before, items, workflowIds: [] };
}

/** Records the job as failed where it would go on; false when it had ended already. The caller holds all its locks. */
async function endJob(db: PoolClient, before: JobNow, variantsEnded: boolean): Promise<boolean> {
  if (isFinished(before) || (before.stageStatus === 'failed' && !variantsEnded)) return false;
  // Nobody else is waited for any more, so the count below is the last one.
  await db.query(
    `update pipeline.jobs p
        set closed = true,
            expected_variants = least(expected_variants, (select count(*) from jobs_variants v where v.job_id = p.job_id))
      where job_id = $1`,
    [before.jobId],
  );
  await db.query('select pipeline.aggregate_job($1)', [before.jobId]);
  const counted = await observeJob(db, before.jobId);
  const stage = stageThatEnds(counted);
  await db.query(
    `update pipeline.claims set state = 'failed', reason = $2, updated_at = clock_timestamp()
      where unit_id = $1 and state = 'open'`,
    [before.jobId, CANCELLED],
  );
  await db.query(
    `update pipeline.waits set settled_at = clock_timestamp(), outcome = $2 where unit_id = $1 and settled_at is null`,
    [before.jobId, CANCELLED],
  );
  await db.query(
    `update pipeline.jobs set stage = $2, status = 'failed', reason = $3, updated_at = clock_timestamp() where job_id = $1`,
    [before.jobId, stage, CANCELLED],
  );
  await db.query(
    `update jobs set current_step = $2, status = 'failed', updated_at = clock_timestamp()
      where job_id = $1 and (current_step, status) is distinct from ($2, 'failed')`,
    [before.jobId, stage],
  );
  return true;
}

/**
 * With enough variants done it is the job's own next stage that does not happen any more; otherwise the job has failed
 * where the count says, or at the very beginning when it never had a variant.
 */
const stageThatEnds = ({ stage, stageStatus }: JobNow): JobStage | string =>
  jobStageCalledFor(stage, stageStatus) ?? stage ?? 'img_gen';

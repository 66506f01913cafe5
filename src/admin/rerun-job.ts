import { isJobStage, type JobStage } from '../../workflows/contract.js';
import { counted } from '../counted.js';
import type { Pool, PoolClient } from '../db/pool.js';
import { beginAgain, lockWholeJob } from './locks.js';
import { isFinished, type JobNow, observeJob, stateInWords } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import type { JobAnswer } from './retry-job.js';

/** The state a job is recorded at when the stage is due. */
const DUE_AFTER: Record<JobStage, string> = { ad_copy_gen_kor: 'iou_eval', instagram_feed_gen: 'ad_copy_gen_kor' };

/**
 * Has the job's own stages done again, as a new generation of the job; readers take the newest feed. Refused while they
 * or a variant are at work, and before enough variants are done.
 * @throws NotFound
 */
export const rerunJob = (
  pool: Pool,
  { jobId, from = 'ad_copy_gen_kor' }: { jobId: string; from?: JobStage },
  order: Order,
): Promise<JobAnswer> =>
  beginAgain(() =>
    carryOut<Outcome & { before: JobNow }, JobAnswer>(pool, order, {
      action: 'rerun job',
      parameters: { jobId, from },
      async change(db) {
        await lockWholeJob(db, jobId);
        const before = await observeJob(db, jobId);
        const refusal = await refuse(db, before, from);
        if (refusal)
          return {
            decision: { outcome: 'refused', says: refusal, before },
            audit: [{ jobId, before, after: before }],
          };
        await db.query(
          `update pipeline.jobs set stage = $2, status = 'done', generation = generation + 1, reason = null,
                  updated_at = clock_timestamp() where job_id = $1`,
          [jobId, DUE_AFTER[from]],
        );
        await db.query(
          `update jobs set current_step = $2, status = 'done', retry_count = 0, updated_at = clock_timestamp()
            where job_id = $1`,
          [jobId, DUE_AFTER[from]],
        );
        await db.query(`select pipeline.leave_event('job', $1, null)`, [jobId]);
        const after = await observeJob(db, jobId);
        return {
          decision: { outcome: 'done', says: `${from} is asked for again (generation ${after.generation})`, before },
          audit: [{ jobId, before, after }],
        };
      },
      async finish({ outcome, says, before }) {
        const observed = await observeJob(pool, jobId);
        const now = outcome === 'done' ? `; the job is now at ${stateInWords(observed)}` : '';
        return { outcome, says: says + now, jobId, before, items: [], observed };
      },
    }),
  );

/** Why not, or undefined. */
async function refuse(db: PoolClient, job: JobNow, from: JobStage): Promise<string | undefined> {
  const at = `the job is at ${stateInWords(job)}`;
  if (job.isUnderWay) return `its own stages are at work; ${at}`;
  const unsettled = job.variants.filter((variant) => !variant.isSettled).length;
  if (unsettled > 0) return `it still has ${counted(unsettled, 'unsettled variant')}; ${at}`;
  if (job.isResting) return `it goes on by itself when its English copy (ad_copy_eng) arrives; ${at}`;
  const isDue = job.stage === 'iou_eval' && job.stageStatus === 'done';
  const hadTurn = job.stage !== null && isJobStage(job.stage) && (job.stageStatus === 'failed' || isFinished(job));
  if (!isDue && !hadTurn) return `too few of its variants are done for its own stages; ${at}`;
  if (from === 'instagram_feed_gen') {
    const { rowCount } = await db.query(
      `select from txt_ad_copy_generations where job_id = $1 and generation_stage = 'eng_to_kor' and status = 'done'`,
      [job.jobId],
    );
    if (!rowCount) return `there is no Korean copy for a feed yet; begin from ad_copy_gen_kor; ${at}`;
  }
  return undefined;
}

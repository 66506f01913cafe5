import { counted } from '../counted.js';
import type { Pool } from '../db/pool.js';
import { beginAgain, lockWholeJob } from './locks.js';
import { type JobNow, observeJob, observeVariant, stateInWords, type VariantNow } from './observe.js';
import { type AuditEntry, carryOut, type Order, type Outcome } from './orders.js';
import { decideReopening, readPictureSource, reopenVariant } from './reopen.js';

export interface ItemOutcome extends Outcome {
  variantId: string;
}

export interface JobAnswer extends Outcome {
  jobId: string;
  before: JobNow;
  /** What was done about each variant that was concerned. */
  items: ItemOutcome[];
  observed: JobNow;
}

/**
 * Sends every failed variant of a job back to the stage it failed at, all or none. The others go on as they are.
 * @throws NotFound
 */
export const retryJob = (pool: Pool, { jobId }: { jobId: string }, order: Order): Promise<JobAnswer> =>
  beginAgain(() =>
    carryOut<Outcome & { before: JobNow; items: ItemOutcome[] }, JobAnswer>(pool, order, {
      action: 'retry job',
      parameters: { jobId },
      async change(db) {
        await lockWholeJob(db, jobId);
        const before = await observeJob(db, jobId);
        const items: ItemOutcome[] = [];
        const audit: AuditEntry[] = [];
        for (const variant of before.variants.filter(({ status }) => status === 'failed')) {
          const { variantId } = variant;
          const reopening = decideReopening(variant, await readPictureSource(db, variantId));
          if ('refused' in reopening) {
            items.push({ variantId, outcome: 'refused', says: reopening.refused });
            continue;
          }
          await reopenVariant(db, variant, reopening.from);
          const after: VariantNow = await observeVariant(db, variantId);
          items.push({
            variantId,
            outcome: 'done',
            says: `sent back to work from ${reopening.from} (generation ${after.generation})`,
          });
          audit.push({ jobId, variantId, before: variant, after });
        }
        const reopened = items.filter(({ outcome }) => outcome === 'done').length;
        if (reopened > 0) await db.query('select pipeline.reopen_job($1)', [jobId]);
        else audit.push({ jobId, before, after: before });
        return {
          decision: {
            outcome: reopened > 0 ? 'done' : 'refused',
            says:
              reopened > 0
                ? `sent ${reopened} of ${counted(before.variants.length, 'variant')} back to work`
                : nothing(before, items),
            before,
            items,
          },
          audit,
        };
      },
      async finish({ outcome, says, before, items }) {
        const observed = await observeJob(pool, jobId);
        const now = outcome === 'done' ? `; the job is now at ${stateInWords(observed)}` : '';
        return { outcome, says: says + now, jobId, before, items, observed };
      },
    }),
  );

const nothing = (job: JobNow, items: ItemOutcome[]): string => {
  const [first] = items;
  if (first) return `none of its failed variants can be done again: ${first.says}`;
  const own = job.stage === 'ad_copy_gen_kor' || job.stage === 'instagram_feed_gen';
  const hint = own && job.stageStatus === 'failed' ? '; its own stages are asked for with "jobs rerun"' : '';
  return `none of its variants has failed; the job is at ${stateInWords(job)}${hint}`;
};

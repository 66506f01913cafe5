import type { VariantStage } from '../../workflows/contract.js';
import type { Pool } from '../db/pool.js';
import { lockJob, lockVariant } from './locks.js';
import { observeVariant, stateInWords, type VariantNow } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import { decideReopening, readPictureSource, reopenVariant } from './reopen.js';

export interface VariantAnswer extends Outcome {
  variantId: string;
  before: VariantNow;
  /** As it was when the answer was given; a worker may have gone on from what was ordered. */
  observed: VariantNow;
}

/**
 * Sends a variant back to work: from the stage it failed at, or from an earlier one. A new generation; earlier results
 * are kept. An unfinished or failed job is reopened with it, a finished one keeps its feed. Refused while a run is open.
 * @throws NotFound
 */
export const retryVariant = (
  pool: Pool,
  { variantId, from }: { variantId: string; from?: VariantStage },
  order: Order,
): Promise<VariantAnswer> =>
  carryOut<Outcome & { before: VariantNow }, VariantAnswer>(pool, order, {
    action: 'retry variant',
    parameters: { variantId, from: from ?? null },
    async change(db) {
      await lockVariant(db, variantId);
      const before = await observeVariant(db, variantId);
      const reopening = decideReopening(before, await readPictureSource(db, variantId), from);
      const about = { jobId: before.jobId, variantId, before };
      if ('refused' in reopening)
        return {
          decision: { outcome: 'refused', says: reopening.refused, before },
          audit: [{ ...about, after: before }],
        };

      await reopenVariant(db, before, reopening.from);
      await lockJob(db, before.jobId);
      await db.query('select pipeline.reopen_job($1)', [before.jobId]);
      const after = await observeVariant(db, variantId);
      return {
        decision: {
          outcome: 'done',
          says: `sent back to work from ${reopening.from} (generation ${after.generation})`,
          before,
        },
        audit: [{ ...about, after }],
      };
    },
    async finish({ outcome, says, before }) {
      const observed = await observeVariant(pool, variantId);
      const now = outcome === 'done' ? `; now at ${stateInWords(observed)}` : '';
      return { outcome, says: says + now, variantId, before, observed };
    },
  });

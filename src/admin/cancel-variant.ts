import { INPUT_STEP, isVariantStage, variantWorkflowId, type VariantStage } from '../../workflows/contract.js';
import type { Pool, PoolClient } from '../db/pool.js';
import { stageCalledFor } from '../db/variant-claims.js';
import { lockVariant } from './locks.js';
import { observeVariant, stateInWords, type VariantNow } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import type { VariantAnswer } from './retry-variant.js';
import { type RunControl, TemporalAway } from './run-control.js';

export const CANCELLED = 'cancelled';

interface Cancellation extends Outcome {
  before: VariantNow;
  /** The generation whose run is to be interrupted; null when there is none to interrupt. */
  generation: number | null;
}

/**
 * Ends a variant's work: first the row says `(step, failed)` and no attempt may write any more, then its run is
 * cancelled. If the row was done before, the answer says so and nothing is changed.
 * @throws NotFound
 */
export const cancelVariant = (
  { pool, runs }: { pool: Pool; runs: RunControl },
  { variantId }: { variantId: string },
  order: Order,
): Promise<VariantAnswer> =>
  carryOut<Cancellation, VariantAnswer>(pool, order, {
    action: 'cancel variant',
    parameters: { variantId },
    async change(db) {
      await lockVariant(db, variantId);
      const before = await observeVariant(db, variantId);
      const about = { jobId: before.jobId, variantId, before };
      if (before.isSettled) return { decision: alreadySettled(before), audit: [{ ...about, after: before }] };
      const stage = await endVariant(db, before);
      const after = await observeVariant(db, variantId);
      return {
        decision: { outcome: 'done', says: `cancelled at ${stage}`, before, generation: before.generation },
        audit: [{ ...about, after }],
      };
    },
    async finish({ outcome, says, before, generation }) {
      const observed = await observeVariant(pool, variantId);
      // Whoever sent it back to work meanwhile did so after this order: that run is not meant.
      const remark = generation === observed.generation ? await interrupt(runs, [variantWorkflowId(variantId)]) : '';
      return { outcome, says: says + remark, variantId, before, observed: await observeVariant(pool, variantId) };
    },
  });

const alreadySettled = (before: VariantNow): Cancellation => {
  if (before.status === 'failed' && before.reason === CANCELLED) {
    // The order may be the repetition of one that died before it reached Temporal.
    return { outcome: 'done', says: 'it was cancelled already', before, generation: before.generation };
  }
  const says =
    before.status === 'failed'
      ? `it had failed already, at ${stateInWords(before)}`
      : `it was finished first, at ${stateInWords(before)}`;
  return { outcome: 'refused', says, before, generation: null };
};

/**
 * Writes `(step, failed)` with the reason and closes claim and waits: an attempt in the middle of the stage has lost its
 * right. The stage that is due next is the one that fails. The caller holds the variant's lock.
 */
export async function endVariant(db: PoolClient, variant: VariantNow): Promise<VariantStage> {
  const stage = stageDue(variant);
  await db.query(
    `insert into pipeline.runs as r (job_variants_id, job_id, reason) values ($1, $2, $3)
     on conflict (job_variants_id) do update set reason = excluded.reason, updated_at = clock_timestamp()`,
    [variant.variantId, variant.jobId, CANCELLED],
  );
  await db.query(
    `update pipeline.claims set state = 'failed', reason = $2, updated_at = clock_timestamp()
      where unit_id = $1 and state = 'open'`,
    [variant.variantId, CANCELLED],
  );
  await db.query(
    `update pipeline.waits set settled_at = clock_timestamp(), outcome = $2 where unit_id = $1 and settled_at is null`,
    [variant.variantId, CANCELLED],
  );
  await db.query(
    `update jobs_variants set current_step = $2, status = 'failed', updated_at = clock_timestamp()
      where job_variants_id = $1`,
    [variant.variantId, stage],
  );
  return stage;
}

const stageDue = ({ step, status }: VariantNow): VariantStage => {
  if (!step || step === INPUT_STEP || !isVariantStage(step)) return 'img_gen';
  return stageCalledFor(step, status ?? '') ?? step;
};

/** Cancels runs; what to add to the answer when Temporal cannot be told. The rows stand either way. */
export async function interrupt(runs: RunControl, workflowIds: string[]): Promise<string> {
  try {
    await runs.cancel(workflowIds);
    return '';
  } catch (error) {
    if (!(error instanceof TemporalAway)) throw error;
    return ` (Temporal could not be told: ${error.message}; a run that is open ends by itself when it looks at its row)`;
  }
}

import type { VariantStage } from '../../workflows/contract.js';
import type { Pool } from '../db/pool.js';
import { type Warning, undrawable } from './briefs/undrawable.js';
import { beginning, type EditedInputs, readPictureNow, refuseLate, stageNeeded, writeEdit } from './edited-inputs.js';
import { mustHaveDesigns } from './designs.js';
import { lockJob, lockVariant } from './locks.js';
import { observeVariant, stateInWords, type VariantNow } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import { decideReopening, readPictureSource, reopenVariant } from './reopen.js';
import { BadOrder } from './trouble.js';

export interface VariantAnswer extends Outcome {
  variantId: string;
  before: VariantNow;
  /** As it was when the answer was given; a worker may have gone on from what was ordered. */
  observed: VariantNow;
}

export interface RetryAnswer extends VariantAnswer {
  /** Signs of the edited text that no face has. */
  warnings: Warning[];
}

/**
 * Sends a variant back to work: from the stage it failed at, or from an earlier one. A new generation; earlier results
 * are kept, and edited inputs stand beside the job's own. Only what depends on an edit is made again. An unfinished or
 * failed job is reopened with it, a finished one keeps its feed. Refused while a run is open.
 * @throws NotFound, and BadOrder for a tone that does not exist or two headlines.
 */
export const retryVariant = (
  pool: Pool,
  { variantId, from, edit = {} }: { variantId: string; from?: VariantStage | undefined; edit?: EditedInputs },
  order: Order,
): Promise<RetryAnswer> =>
  carryOut<Outcome & { before: VariantNow }, RetryAnswer>(pool, order, {
    action: 'retry variant',
    parameters: { variantId, from: from ?? null, edit },
    async change(db) {
      if (edit.text !== undefined && edit.idea)
        throw new BadOrder('text, idea: send the headline within the idea, or alone as text');
      mustHaveDesigns(edit.idea ? [edit.idea] : []);
      await lockVariant(db, variantId);
      const before = await observeVariant(db, variantId);
      const needed = stageNeeded(await readPictureNow(db, variantId), edit);
      const reopening = decideReopening(
        before,
        await readPictureSource(db, variantId),
        from ?? beginning(before, needed),
      );
      const about = { jobId: before.jobId, variantId, before };
      if ('refused' in reopening)
        return {
          decision: { outcome: 'refused', says: reopening.refused, before },
          audit: [{ ...about, after: before }],
        };

      const tooLate = refuseLate(reopening.from, needed);
      if (tooLate)
        return { decision: { outcome: 'refused', says: tooLate, before }, audit: [{ ...about, after: before }] };

      await reopenVariant(db, before, reopening.from);
      await writeEdit(db, variantId, edit);
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
      const texts = edit.idea?.texts ?? (edit.text === undefined ? {} : { headline: edit.text });
      return { outcome, says: says + now, variantId, before, observed, warnings: undrawable(texts) };
    },
  });

import { VARIANT_STAGES, type VariantStage } from '../../workflows/contract.js';
import type { Pool, PoolClient } from '../db/pool.js';
import type { SubjectHint } from '../generation/provider.js';
import { lockJob, lockVariant } from './locks.js';
import { observeVariant, stateInWords, type VariantNow } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import { decideReopening, readPictureSource, reopenVariant } from './reopen.js';
import { BadOrder } from './trouble.js';

/** Inputs that are to differ from the job's own, from this retry on. */
export interface EditedInputs {
  /** The headline, drawn at overlay. */
  text?: string | undefined;
  /** Name or id of a tone style; the picture is made with it. */
  tone?: string | undefined;
  /** Where the dish is on the photo. */
  hint?: SubjectHint | undefined;
}

export interface VariantAnswer extends Outcome {
  variantId: string;
  before: VariantNow;
  /** As it was when the answer was given; a worker may have gone on from what was ordered. */
  observed: VariantNow;
}

/**
 * Sends a variant back to work: from the stage it failed at, or from an earlier one. A new generation; earlier results
 * are kept, and edited inputs stand beside the job's own. An unfinished or failed job is reopened with it, a finished one keeps its feed. Refused while a run is open.
 * @throws NotFound, and BadOrder for a tone that does not exist.
 */
export const retryVariant = (
  pool: Pool,
  { variantId, from, edit = {} }: { variantId: string; from?: VariantStage | undefined; edit?: EditedInputs },
  order: Order,
): Promise<VariantAnswer> =>
  carryOut<Outcome & { before: VariantNow }, VariantAnswer>(pool, order, {
    action: 'retry variant',
    parameters: { variantId, from: from ?? null, edit },
    async change(db) {
      await lockVariant(db, variantId);
      const before = await observeVariant(db, variantId);
      const reopening = decideReopening(before, await readPictureSource(db, variantId), from ?? stageOf(before, edit));
      const about = { jobId: before.jobId, variantId, before };
      if ('refused' in reopening)
        return {
          decision: { outcome: 'refused', says: reopening.refused, before },
          audit: [{ ...about, after: before }],
        };

      const tooLate = refuseLate(reopening.from, edit);
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
      return { outcome, says: says + now, variantId, before, observed };
    },
  });

const hasPictureEdit = ({ tone, hint }: EditedInputs): boolean => tone !== undefined || hint !== undefined;

/** Where to begin when nobody says: early enough for what is edited. */
function stageOf(variant: VariantNow, edit: EditedInputs): VariantStage | undefined {
  const failedAt = variant.status === 'failed' && variant.step ? variant.step : 'iou_eval';
  const needed = hasPictureEdit(edit) ? 'img_gen' : edit.text === undefined ? undefined : 'overlay';
  if (!needed) return undefined;
  const isEarlier = VARIANT_STAGES.indexOf(failedAt as VariantStage) < VARIANT_STAGES.indexOf(needed);
  return isEarlier ? undefined : needed;
}

const refuseLate = (from: VariantStage, edit: EditedInputs): string | undefined => {
  if (hasPictureEdit(edit) && from !== 'img_gen')
    return `tone and hint shape the picture: begin from img_gen, not from ${from}`;
  if (edit.text !== undefined && VARIANT_STAGES.indexOf(from) > VARIANT_STAGES.indexOf('overlay'))
    return `the text is drawn at overlay: begin there or earlier, not from ${from}`;
  return undefined;
};

/** What was edited before and is not edited now stays edited. */
async function writeEdit(db: PoolClient, variantId: string, { text, tone, hint }: EditedInputs): Promise<void> {
  if (text === undefined && tone === undefined && hint === undefined) return;
  const toneStyleId = tone === undefined ? null : await findTone(db, tone);
  await db.query(
    `insert into pipeline.edited_inputs (job_variants_id, generation, overlay_text, tone_style_id, subject_hint)
     select r.job_variants_id, r.generation, coalesce($2, e.overlay_text), coalesce($3, e.tone_style_id), coalesce($4::jsonb, e.subject_hint)
       from pipeline.runs r
       left join lateral (select * from pipeline.edited_inputs e where e.job_variants_id = r.job_variants_id
                           order by e.generation desc limit 1) e on true
      where r.job_variants_id = $1`,
    [variantId, text ?? null, toneStyleId, hint ? JSON.stringify(hint) : null],
  );
}

async function findTone(db: PoolClient, tone: string): Promise<string> {
  const { rows } = await db.query<{ tone_style_id: string }>(
    `select tone_style_id from tone_styles where $1 in (tone_style_id::text, code, kor_name, eng_name) limit 1`,
    [tone],
  );
  if (!rows[0]) throw new BadOrder(`tone: there is no tone style "${tone}"`);
  return rows[0].tone_style_id;
}

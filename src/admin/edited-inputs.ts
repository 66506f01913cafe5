import { isDeepStrictEqual } from 'node:util';
import { VARIANT_STAGES, type VariantStage } from '../../workflows/contract.js';
import type { Idea } from '../brief/idea.js';
import type { PoolClient } from '../db/pool.js';
import type { PictureFormat, SubjectHint } from '../generation/provider.js';
import { putIdea, readIdea } from './briefs/stored-words.js';
import { findTone } from './tones.js';
import type { VariantNow } from './observe.js';

/** Inputs that are to differ from the job's own, from this retry on. */
export interface EditedInputs {
  /** The headline, drawn at overlay. */
  text?: string | undefined;
  /** Everything that the picture leads with and says; stands in the place of the one it has. */
  idea?: Idea | undefined;
  /** Name or id of a tone style; the picture is made with it. */
  tone?: string | undefined;
  /** Where the dish is on the photo. */
  hint?: SubjectHint | undefined;
  format?: PictureFormat | undefined;
}

/** What a variant's picture is now, as far as an edit can change it. */
export interface PictureNow {
  idea: Idea | undefined;
  /** The owner changed what it says. */
  isOwners: boolean;
  /** Edited by itself, where there is no idea of ours. */
  headline: string | null;
  /** Null where it was not ours to choose. */
  design: string | null;
  format: string;
}

export async function readPictureNow(db: PoolClient, variantId: string): Promise<PictureNow> {
  const { rows } = await db.query<{ design: string | null; format: string; headline: string | null }>(
    `select p.design, coalesce(e.picture_format, j.picture_format, 'square') as format, e.overlay_text as headline
       from jobs_variants v
       left join lateral (select * from pipeline.edited_inputs e where e.job_variants_id = v.job_variants_id
                           order by e.generation desc limit 1) e on true
       left join pipeline.jobs j using (job_id)
       left join pipeline.pictures p on p.image_asset_id = v.img_asset_id
      where v.job_variants_id = $1`,
    [variantId],
  );
  const stored = await readIdea(db, variantId);
  const { design = null, format = 'square', headline = null } = rows[0] ?? {};
  return { idea: stored?.idea, isOwners: stored?.edited ?? headline !== null, headline, design, format };
}

/** The first stage whose work depends on what is edited; undefined when nothing does. Pure. */
export function stageNeeded(
  now: PictureNow,
  { text, idea, tone, hint, format }: EditedInputs,
): VariantStage | undefined {
  const isOther = format !== undefined && format !== now.format;
  if (tone !== undefined || hint !== undefined || isOther) return 'img_gen';
  if (idea && now.idea) {
    // A design that is named although it was chosen for the owner before is no change.
    const isSameDesign = idea.design === now.idea.design || (idea.design !== undefined && idea.design === now.design);
    if (idea.kind !== now.idea.kind || !isSameDesign || needsRoom(idea, now)) return 'img_gen';
    return isDeepStrictEqual({ ...idea, design: null }, { ...now.idea, design: null }) ? undefined : 'overlay';
  }
  return text === undefined && idea === undefined ? undefined : 'overlay';
}

/** A design of ours keeps places for what it was told there would be; for anything else it has to be composed anew. */
const needsRoom = (idea: Idea, { idea: before, design }: PictureNow): boolean =>
  design !== null && Object.keys(idea.texts).some((slot) => !(slot in (before?.texts ?? {})));

/** Where to begin when nobody says: early enough for what is edited, and not after where it failed. */
export function beginning(variant: VariantNow, needed: VariantStage | undefined): VariantStage | undefined {
  if (!needed) return undefined;
  const failedAt = variant.status === 'failed' && variant.step ? variant.step : 'iou_eval';
  return isBefore(failedAt as VariantStage, needed) ? undefined : needed;
}

/** Why the edit would come to nothing from that stage, or undefined. */
export const refuseLate = (from: VariantStage, needed: VariantStage | undefined): string | undefined => {
  if (!needed || !isBefore(needed, from)) return undefined;
  return needed === 'img_gen'
    ? `tone, hint, format, design and kind of idea shape the picture: begin from img_gen, not from ${from}`
    : `the text is drawn at overlay: begin there or earlier, not from ${from}`;
};

const isBefore = (one: VariantStage, other: VariantStage): boolean =>
  VARIANT_STAGES.indexOf(one) < VARIANT_STAGES.indexOf(other);

/**
 * Keeps an edit for the generation that the variant has now. What was edited before and is not edited now stays edited;
 * the headline is the same in both places that it is read from.
 */
export async function writeEdit(db: PoolClient, variantId: string, edit: EditedInputs): Promise<void> {
  const { text, tone, hint, format } = edit;
  const stored = await readIdea(db, variantId);
  const idea = edit.idea ?? (stored && text !== undefined ? withHeadline(stored.idea, text) : undefined);
  if (idea) await putIdea(db, variantId, { idea, edited: true });
  const headline = text ?? edit.idea?.texts.headline;
  if ([headline, tone, hint, format].every((one) => one === undefined)) return;
  const toneStyleId = tone === undefined ? null : (await findTone(db, 'tone', tone)).id;
  await db.query(
    `insert into pipeline.edited_inputs
            (job_variants_id, generation, overlay_text, tone_style_id, subject_hint, picture_format)
     select r.job_variants_id, r.generation, coalesce($2, e.overlay_text), coalesce($3, e.tone_style_id),
            coalesce($4::jsonb, e.subject_hint), coalesce($5, e.picture_format)
       from pipeline.runs r
       left join lateral (select * from pipeline.edited_inputs e where e.job_variants_id = r.job_variants_id
                           order by e.generation desc limit 1) e on true
      where r.job_variants_id = $1`,
    [variantId, headline ?? null, toneStyleId, hint ? JSON.stringify(hint) : null, format ?? null],
  );
}

const withHeadline = (idea: Idea, headline: string): Idea => ({ ...idea, texts: { ...idea.texts, headline } });

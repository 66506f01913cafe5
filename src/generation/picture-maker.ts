import type { Claim } from '../../activities/claims.js';
import { Away, BadInput } from '../../activities/failures.js';
import type { PictureMaker } from '../../activities/picture.js';
import { effectKey } from '../../workflows/contract.js';
import type { AssetStore } from '../assets/asset-store.js';
import type { Idea, IdeaKind } from '../brief/idea.js';
import { writtenSeason } from '../brief/written-season.js';
import { effectId } from '../assets/effect-id.js';
import { publishEffect } from '../assets/publish-effect.js';
import { isDatabaseAway } from '../db/is-database-away.js';
import type { Pool } from '../db/pool.js';
import type { FontFace } from '../imaging/fonts.js';
import { withPngText } from '../imaging/png-text.js';
import { createSlots } from '../imaging/slots.js';
import { publishStep } from './generation-steps.js';
import { PICTURE_SIZES } from './picture-size.js';
import { type PictureBrief, presetFor, readBrief, seedOf } from './plan.js';
import { createPreparedPhotos, runIdOf } from './prepared-photos.js';
import type { GeneratedPicture, ImageProvider, PictureFormat } from './provider.js';
import { type MadePicture, recordPicture } from './record-picture.js';

export interface PictureMakerSettings {
  pool: Pool;
  assets: AssetStore;
  provider: ImageProvider;
  /** How many photos and pictures are computed at once; those that wait for a sibling's photo are not counted. */
  slots: number;
}

/** Pinned with the claim, the same for every attempt. */
interface PictureInputs {
  source_asset_id: string | null;
  variant_index: number;
  variant_count: number;
  /** Absent in claims that were opened before there was a choice. */
  format?: PictureFormat;
  /** An operator's choice for this variant; otherwise the job's own. */
  tone_style_id?: string | null;
  /** Absent or null for jobs without a brief. */
  idea?: Idea | null;
  kinds?: IdeaKind[] | null;
  brand?: { colour?: string; face?: FontFace; logo_url?: string } | null;
}

/**
 * Makes a variant's picture and records it as contract §8 does: the photo's analysis and plan, once for all variants
 * of it, then the picture. Computing waits for a slot, and nothing else does.
 */
export const createPictureMaker = ({ pool, assets, provider, slots: count }: PictureMakerSettings): PictureMaker => {
  const slots = createSlots(count);
  const photos = createPreparedPhotos({ pool, assets, provider, slots });

  const make: PictureMaker['make'] = async (claim, signal) => {
    const inputs = claim.inputs as unknown as PictureInputs;
    const {
      source_asset_id: sourceId,
      variant_index: variantIndex,
      variant_count: variantCount,
      format = 'square',
      tone_style_id: toneStyleId = null,
      idea,
      kinds,
      brand,
    } = inputs;
    const order = sourceId ? await readBrief(pool, claim.jobId, sourceId, toneStyleId) : undefined;
    if (!sourceId || !order) throw new BadInput('the variant has no source picture');
    const photo = { jobId: claim.jobId, sourceId, generation: claim.generation };
    const canvas = PICTURE_SIZES[format];
    const prepared = await photos.obtain(
      { ...photo, tenantId: claim.tenantId, brief: order, variantCount, canvas },
      signal,
    );

    const runId = runIdOf(photo);
    await beginPicture(pool, claim.jobId, runId);
    let started = 0;
    const placement = presetFor(order, variantIndex);
    const picture = await slots.run(() => {
      started = performance.now();
      return provider.generate(
        {
          prepared,
          variantIndex,
          variantCount,
          // Another one for every job and every generation, or a retry would show the shop the same picture again.
          seed: `${claim.jobId}:${claim.generation}:${seedOf(variantIndex)}`,
          family: claim.jobId,
          promptType: order.promptType,
          format,
          season: writtenSeason(idea?.texts) ?? order.season,
          ...(idea && { texts: idea.texts }),
          ...(idea?.design && { design: idea.design }),
          ...(kinds?.length === variantCount && { kinds }),
          ...(brand && { brand: brandOf(brand) }),
          ...(placement && { placement: { x: placement.x, y: placement.y, size: placement.size } }),
        },
        signal,
      );
    });
    const key = effectKey(claim.unitId, 'img_gen', claim.generation);
    const files = await publishFiles(assets, claim, key, picture, order);
    const latency = performance.now() - started;
    const presetId = placement?.id ?? null;
    await recordPicture(pool, claim, { key, runId, variantIndex, presetId, picture, format, files, latency });
  };
  return { make: (claim, signal) => make(claim, signal).catch(sayIfAway) };
};

const brandOf = ({ colour, face, logo_url: logo }: NonNullable<PictureInputs['brand']>) => ({
  ...(colour !== undefined && { colour }),
  ...(face !== undefined && { face }),
  hasLogo: logo !== undefined,
});

/** A database that is away is no fault of the picture's. */
const sayIfAway = (error: unknown): never => {
  throw isDatabaseAway(error) ? new Away('the database is not available') : error;
};

/** The first picture of a photo sets its run going. */
async function beginPicture(pool: Pool, jobId: string, runId: string): Promise<void> {
  await pool.query(`update gen_runs set status = 'running' where run_id = $1 and status = 'queued'`, [runId]);
  await publishStep(pool, jobId, ['img_gen', 'running']);
}

async function publishFiles(
  assets: AssetStore,
  claim: Claim,
  key: string,
  picture: GeneratedPicture,
  brief: PictureBrief,
): Promise<MadePicture['files']> {
  const publish = (kind: string, bytes: Buffer) =>
    publishEffect(assets, (what) => effectId(key, what), {
      what: kind,
      kind,
      extension: 'png',
      bytes,
      tenantId: claim.tenantId,
      date: claim.openedAt,
    });
  const [generated, canvas, mask] = await Promise.all([
    publish('generated', withPngText(picture.png, textsOf(picture, brief))),
    publish('canvas', picture.canvas),
    publish('mask', picture.mask),
  ]);
  return { generated, canvas, mask };
}

/** What the file says of its own making, by PNG's usual keywords where there are any. Nothing of the shop's, no ids of people. */
const textsOf = (
  { engine, prompt, provenance }: GeneratedPicture,
  { promptType }: PictureBrief,
): Record<string, string> => ({
  Software: `${engine.name} ${engine.version}`,
  Description: prompt,
  ...(promptType && { Style: promptType }),
  ...Object.fromEntries(Object.entries(provenance).map(([name, value]) => [`feedlyai:${name}`, value])),
});

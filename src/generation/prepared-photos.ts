import { setTimeout as delay } from 'node:timers/promises';
import { BadInput } from '../../activities/failures.js';
import { AssetMissingError, AssetPathError, type AssetStore } from '../assets/asset-store.js';
import { effectId } from '../assets/effect-id.js';
import { publishEffect } from '../assets/publish-effect.js';
import type { Pool, PoolClient } from '../db/pool.js';
import { sniffFormat } from '../imaging/file-format.js';
import { UnreadableImageError } from '../imaging/picture.js';
import type { Slots } from '../imaging/slots.js';
import { publishStep } from './generation-steps.js';
import { forgetPhoto, type PhotoKey, type PhotoLease, takePhoto } from './photo-lease.js';
import { makePlan, type PictureBrief, PROMPT_VERSION } from './plan.js';
import type { ImageProvider, PreparedPhoto } from './provider.js';

/** How often a variant looks whether its sibling on another worker has finished with their photo. */
const LOOK_AGAIN_MS = 200;

/** A photo and what its preparation needs to know. */
export interface PhotoOrder extends PhotoKey {
  tenantId: string;
  brief: PictureBrief;
  variantCount: number;
  canvas: { width: number; height: number };
}

/** What of a prepared photo fits a row, and where the rest of it is. */
interface SavedPhoto extends Omit<PreparedPhoto, 'upright' | 'cutout'> {
  upright: { id: string; url: string };
  cutout: { id: string; url: string } | null;
  plan_url: string;
  milliseconds: number;
}

export interface PreparedPhotos {
  /**
   * What all variants of a photo share: found where it was saved, awaited while another variant's attempt makes it,
   * on this worker or any other, and otherwise made and saved.
   * @throws BadInput when the photo cannot be used, for every variant in the same words.
   */
  obtain(order: PhotoOrder, signal: AbortSignal): Promise<PreparedPhoto>;
}

/** Id of the gen_runs row of a photo in a generation, the same for all its variants and attempts. */
export const runIdOf = ({ jobId, sourceId, generation }: PhotoKey): string =>
  effectId(`${jobId}:${generation}:${sourceId}`, 'gen_run');

export function createPreparedPhotos(settings: {
  pool: Pool;
  assets: AssetStore;
  provider: ImageProvider;
  slots: Slots;
}): PreparedPhotos {
  const { pool, assets } = settings;
  /** What is being prepared in this process, by run: siblings here are handed it, and need neither look nor read. */
  const underWay = new Map<string, Promise<PreparedPhoto | undefined>>();

  const prepareHere = (
    order: PhotoOrder,
    lease: PhotoLease<SavedPhoto>,
    signal: AbortSignal,
  ): Promise<PreparedPhoto | undefined> => {
    const run = runIdOf(order);
    const work = prepare(settings, order, lease, signal)
      .finally(() => lease.end())
      .finally(() => underWay.delete(run));
    underWay.set(run, work);
    return work;
  };

  return {
    async obtain(order, signal) {
      for (;;) {
        signal.throwIfAborted();
        const state = await takePhoto<SavedPhoto>(pool, order, runIdOf(order));
        if (state.kind === 'refused') throw new BadInput(state.refusal);
        if (state.kind === 'busy') {
          const sibling = underWay.get(runIdOf(order));
          // A sibling that fails fails its own attempt; this one looks again.
          const handed = await (sibling
            ? unlessAborted(
                sibling.catch(() => undefined),
                signal,
              )
            : lookAgain(signal));
          if (handed) return handed;
          continue;
        }
        const photo =
          state.kind === 'saved' ? await load(assets, state.saved) : await prepareHere(order, state.lease, signal);
        if (photo) return photo;
        // Its files are gone, or a later attempt took it over while this one slept: the next look says which.
        if (state.kind === 'saved') await forgetPhoto(pool, order);
      }
    },
  };
}

const lookAgain = (signal: AbortSignal): Promise<undefined> => delay(LOOK_AGAIN_MS, undefined, { signal });

/** @throws the signal's reason as soon as it is aborted; the work goes on. */
const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

/** Undefined when a file is missing. */
async function load(assets: AssetStore, saved: SavedPhoto): Promise<PreparedPhoto | undefined> {
  const { upright, cutout, plan_url: _, milliseconds: __, ...known } = saved;
  try {
    const [uprightBytes, cutoutBytes] = await Promise.all([
      assets.read(upright.url),
      cutout ? assets.read(cutout.url) : undefined,
    ]);
    return { ...known, upright: uprightBytes, ...(cutoutBytes && { cutout: cutoutBytes }) };
  } catch (error) {
    if (error instanceof AssetMissingError) return undefined;
    throw error;
  }
}

/** Undefined when the lease was lost meanwhile. */
async function prepare(
  { pool, assets, provider, slots }: Parameters<typeof createPreparedPhotos>[0],
  order: PhotoOrder,
  lease: PhotoLease<SavedPhoto>,
  signal: AbortSignal,
): Promise<PreparedPhoto | undefined> {
  await openRun(pool, order);
  const bytes = await readPhoto(assets, order.brief.source.url);
  let started = 0;
  let prepared: PreparedPhoto;
  try {
    prepared = await slots.run(() => {
      started = performance.now();
      return provider.prepare(bytes, { signal, ...(lease.hint && { hint: lease.hint }) });
    });
  } catch (error) {
    if (!(error instanceof UnreadableImageError)) throw error;
    const refusal = `the source picture: ${error.message}`;
    const isOurs = await lease.save({ refusal }, (db) => closeRun(db, order));
    if (!isOurs) return undefined;
    throw new BadInput(refusal);
  }
  const files = await publishFiles(assets, order, prepared, lease.openedAt);
  const { upright: _, cutout: __, ...known } = prepared;
  const saved = { ...known, ...files, milliseconds: Math.round(performance.now() - started) };
  const isOurs = await lease.save({ saved }, (db) => recordPhoto(db, order, saved));
  return isOurs ? prepared : undefined;
}

async function readPhoto(assets: AssetStore, url: string): Promise<Buffer> {
  try {
    return await assets.read(url);
  } catch (error) {
    if (error instanceof AssetPathError) throw new BadInput(`the source picture ${url} is no usable asset URL`);
    if (error instanceof AssetMissingError) throw new BadInput(`the source picture ${url} is missing`);
    throw error;
  }
}

async function publishFiles(
  assets: AssetStore,
  order: PhotoOrder,
  prepared: PreparedPhoto,
  date: Date,
): Promise<Pick<SavedPhoto, 'upright' | 'cutout' | 'plan_url'>> {
  const runId = runIdOf(order);
  const publish = (kind: string, extension: string, bytes: Buffer) =>
    publishEffect(assets, (what) => effectId(runId, what), {
      what: kind,
      kind,
      extension,
      bytes,
      tenantId: order.tenantId,
      date,
    });
  const [upright, cutout] = await Promise.all([
    publish('uploaded', sniffFormat(prepared.upright) === 'png' ? 'png' : 'jpg', prepared.upright),
    prepared.cutout ? publish('cutout', 'png', prepared.cutout) : null,
  ]);
  const plan = makePlan({ ...order, runId, prepared, uprightUrl: upright.url, cutout });
  const { url } = await publish('plan', 'json', Buffer.from(`${JSON.stringify(plan, null, 2)}\n`));
  return { upright, cutout, plan_url: url };
}

async function openRun(pool: Pool, order: PhotoOrder): Promise<void> {
  await pool.query(
    `insert into gen_runs (run_id, job_id, tenant_id, src_asset_id, prompt_version, bg_width, bg_height, status)
     values ($1, $2, $3, $4, $5, $6, $7, 'queued') on conflict (run_id) do nothing`,
    [
      runIdOf(order),
      order.jobId,
      order.tenantId,
      order.sourceId,
      PROMPT_VERSION,
      order.canvas.width,
      order.canvas.height,
    ],
  );
  await publishStep(pool, order.jobId, ['gen_vlm_analyze', 'running']);
}

async function closeRun(db: PoolClient, order: PhotoOrder): Promise<void> {
  await db.query(`update gen_runs set status = 'failed', finished_at = clock_timestamp() where run_id = $1`, [
    runIdOf(order),
  ]);
}

/** The rows of contract §8 for an analysed photo. */
async function recordPhoto(db: PoolClient, order: PhotoOrder, saved: SavedPhoto): Promise<void> {
  const insertAsset = (file: { id: string; url: string }, type: string) =>
    db.query(
      `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (image_asset_id) do nothing`,
      [file.id, type, file.url, saved.width, saved.height, order.tenantId, order.jobId],
    );
  await insertAsset(saved.upright, 'original');
  if (saved.cutout) await insertAsset(saved.cutout, 'pbg_cutout');
  const { name, version } = saved.engine;
  const model = `feedlyai:gen_model:${name}:${version}`;
  await db.query(
    `insert into gen_models (model_id, name, repo, version, defaults)
     values (uuid_generate_v5(uuid_ns_url(), $1), $2, 'feedlyai-pipeline', $3, '{}') on conflict (model_id) do nothing`,
    [model, name, version],
  );
  await db.query(
    `update gen_runs
        set cutout_asset_id = $2, plan_json_url = $3, latency_ms = $4, model_id = uuid_generate_v5(uuid_ns_url(), $5)
      where run_id = $1`,
    [runIdOf(order), saved.cutout?.id ?? null, saved.plan_url, saved.milliseconds, model],
  );
  await publishStep(db, order.jobId, ['gen_vlm_analyze', 'done']);
}

import type { AssetStore, NewAsset } from '../../assets/asset-store.js';
import { AssetMissingError, AssetPathError } from '../../assets/asset-store.js';
import { publishEffect } from '../../assets/publish-effect.js';
import type { Pool, PoolClient } from '../../db/pool.js';
import { inspectPicture, type PictureInfo } from '../../imaging/picture.js';
import type { StageCall } from './effect.js';
import { badRequest, notFound } from './refusal.js';

export interface ImageAsset {
  id: string;
  url: string;
  width: number | null;
  height: number | null;
}

interface AssetRow {
  image_asset_id: string;
  image_url: string;
  width: number | null;
  height: number | null;
}

const toAsset = (row: AssetRow): ImageAsset => ({
  id: row.image_asset_id,
  url: row.image_url,
  width: row.width,
  height: row.height,
});

/** @throws Refusal 404 when the variant has no picture or its row is missing. */
export async function findImageAsset(pool: Pool, imageId: string | null, what = 'Image asset'): Promise<ImageAsset> {
  if (!imageId) throw notFound(`${what} not found: the job variant has none`);
  const { rows } = await pool.query<AssetRow>(
    'select image_asset_id, image_url, width, height from image_assets where image_asset_id = $1',
    [imageId],
  );
  if (!rows[0]) throw notFound(`${what} not found: ${imageId}`);
  return toAsset(rows[0]);
}

/** The newest asset row with exactly this URL, if any. */
export async function findImageAssetByUrl(pool: Pool, url: string): Promise<ImageAsset | undefined> {
  const { rows } = await pool.query<AssetRow>(
    'select image_asset_id, image_url, width, height from image_assets where image_url = $1 order by created_at desc limit 1',
    [url],
  );
  return rows[0] && toAsset(rows[0]);
}

export interface LoadedPicture extends PictureInfo {
  bytes: Buffer;
}

/**
 * The whole, checked picture behind an asset URL.
 * @throws Refusal 400 for a URL outside of /assets/ and for a missing file, UnreadableImageError for no picture.
 */
export async function loadPicture(assets: AssetStore, url: string): Promise<LoadedPicture> {
  const bytes = await assets.read(url).catch((error: unknown) => {
    if (error instanceof AssetPathError) throw badRequest(error.message);
    if (error instanceof AssetMissingError) throw badRequest('Failed to load image: the file is missing');
    throw error;
  });
  return { bytes, ...(await inspectPicture(bytes)) };
}

/**
 * For a URL that is taken and not looked at: it must be an asset's all the same.
 * @throws Refusal 400; nothing has been opened.
 */
export function refuseForeignUrl(assets: AssetStore, url: string): void {
  try {
    assets.pathOf(url);
  } catch (error) {
    if (error instanceof AssetPathError) throw badRequest(error.message);
    throw error;
  }
}

/** Publishes a file of a stage's effect and tells its id, the same on every attempt (see `publishEffect`). */
export const publishFile = (
  assets: AssetStore,
  call: StageCall<{ tenantId: string }>,
  file: Pick<NewAsset, 'kind' | 'extension' | 'bytes'> & { what: string },
): Promise<{ id: string; url: string }> =>
  publishEffect(assets, call.idFor, { tenantId: call.unit.tenantId, date: call.day, ...file });

/** Records a published picture. */
export async function insertImageAsset(
  client: PoolClient,
  asset: { id: string; url: string; type: string; width: number; height: number; tenantId: string; jobId: string },
): Promise<void> {
  await client.query(
    `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp())
     on conflict (image_asset_id) do nothing`,
    [asset.id, asset.type, asset.url, asset.width, asset.height, asset.tenantId, asset.jobId],
  );
}

import { randomUUID } from 'node:crypto';
import type { AssetStore } from '../assets/asset-store.js';
import type { PoolClient } from '../db/pool.js';
import { decodePicture, type PictureInfo } from '../imaging/picture.js';
import { takePhoto } from '../imaging/take-photo.js';

/** Enough of a photo to see whether anything is on it. */
const GLANCE_SIDE = 1024;
const EXTENSION: Record<PictureInfo['format'], string> = { jpeg: '.jpg', png: '.png', webp: '.webp' };

/** A shop's photo whose file is in place. */
export interface StoredPhoto extends PictureInfo {
  id: string;
  url: string;
}

/** A shop's photo as it is kept. */
export interface UsablePhoto extends PictureInfo {
  bytes: Buffer;
}

/**
 * What an image provider would refuse minutes later is refused while whoever sends it is still there.
 * @throws UnreadableImageError
 */
export async function takeUsablePhoto(sent: Buffer): Promise<UsablePhoto> {
  const bytes = await takePhoto(sent);
  const { format, width, height } = await decodePicture(bytes, GLANCE_SIDE);
  return { format, width, height, bytes };
}

export async function storePhoto(
  assets: AssetStore,
  tenantId: string,
  { bytes, ...info }: UsablePhoto,
): Promise<StoredPhoto> {
  const id = randomUUID();
  const extension = EXTENSION[info.format];
  const { url } = await assets.publish({ tenantId, kind: 'original', id, extension, bytes, date: new Date() });
  return { ...info, id, url };
}

export const insertPhoto = (
  db: PoolClient,
  { jobId, tenantId }: { jobId: string; tenantId: string },
  photo: StoredPhoto,
): Promise<unknown> =>
  db.query(
    `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
     values ($1, 'original', $2, $3, $4, $5, $6)`,
    [photo.id, photo.url, photo.width, photo.height, tenantId, jobId],
  );

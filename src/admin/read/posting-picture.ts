import type { AssetStore } from '../../assets/asset-store.js';
import type { Pool } from '../../db/pool.js';
import { jpegForPosting } from '../../imaging/posting-jpeg.js';
import { NotFound } from '../trouble.js';

/**
 * A variant's finished advertisement as JPEG, and its place among the job's.
 * @throws NotFound for a variant that is not there or has nothing finished, AssetMissingError when its file is gone,
 * UnreadableImageError when the file is no picture.
 */
export async function postingPicture(
  pool: Pool,
  assets: AssetStore,
  variantId: string,
  quality: number,
): Promise<{ bytes: Buffer; ordinal: number }> {
  const { rows } = await pool.query<{ url: string | null; ordinal: number }>(
    `select a.image_url as url,
            (select count(*)::integer from jobs_variants s
              where s.job_id = v.job_id
                and (s.creation_order, s.job_variants_id) <= (v.creation_order, v.job_variants_id)) as ordinal
       from jobs_variants v left join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
      where v.job_variants_id = $1`,
    [variantId],
  );
  const finished = rows[0];
  if (!finished) throw new NotFound(`there is no variant ${variantId}`);
  if (finished.url === null) throw new NotFound(`variant ${variantId} has no finished advertisement`);
  return { bytes: await jpegForPosting(await assets.read(finished.url), quality), ordinal: finished.ordinal };
}

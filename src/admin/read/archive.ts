import { AssetMissingError, type AssetStore } from '../../assets/asset-store.js';
import type { Pool } from '../../db/pool.js';
import { UnreadableImageError } from '../../imaging/picture.js';
import { jpegForPosting } from '../../imaging/posting-jpeg.js';
import { NotFound } from '../trouble.js';
import { zip, type ZipEntry } from '../zip.js';

/**
 * A job's finished advertisements and the text to post, as a ZIP archive: each as JPEG for posting, beside it the file
 * it was made of where that is none. The favourite's name says so.
 * @throws NotFound for a job that is not there, or has nothing finished yet.
 */
export async function archiveJob(pool: Pool, assets: AssetStore, jobId: string): Promise<Buffer> {
  const { rows } = await pool.query<{ ordinal: number; selected: boolean | null; url: string }>(
    `select * from (
       select row_number() over (order by v.creation_order, v.job_variants_id)::integer as ordinal, v.selected, a.image_url as url
         from jobs_variants v left join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
        where v.job_id = $1) finished where url is not null order by ordinal`,
    [jobId],
  );
  const pictures = await Promise.all(
    rows.map(async ({ ordinal, selected, url }): Promise<ZipEntry[]> => {
      const extension = url.slice(url.lastIndexOf('.'));
      const name = `advertisement-${ordinal}${selected ? '-favourite' : ''}`;
      // A picture that was removed meanwhile is missing in the archive as well; the others are still of use.
      return assets.read(url).then(
        async (bytes) => [...(await forPosting(name, extension, bytes)), { name: name + extension, bytes }],
        (error: unknown) => {
          if (error instanceof AssetMissingError) return [];
          throw error;
        },
      );
    }),
  );
  const entries = pictures.flat();
  if (entries.length === 0) throw new NotFound(`job ${jobId} has no finished advertisement`);
  const feed = await pool.query<{ text: string; hashtags: string }>(
    `select instagram_ad_copy as text, hashtags from instagram_feeds where job_id = $1 order by created_at desc, pk desc limit 1`,
    [jobId],
  );
  const post = feed.rows[0];
  if (post) entries.push({ name: 'post.txt', bytes: Buffer.from(`${post.text}\n\n${post.hashtags}\n`) });
  return zip(entries, new Date());
}

/** None for a file that is JPEG already or no picture: it is there as it is. */
async function forPosting(name: string, extension: string, bytes: Buffer): Promise<ZipEntry[]> {
  if (/^\.jpe?g$/i.test(extension)) return [];
  try {
    return [{ name: `${name}.jpg`, bytes: await jpegForPosting(bytes) }];
  } catch (error) {
    if (error instanceof UnreadableImageError) return [];
    throw error;
  }
}

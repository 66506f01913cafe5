import { readBrand } from '../../brands/brand.js';
import { type Brief, briefSchema } from '../../brief/brief.js';
import { shopName } from '../../brief/shop-name.js';
import { type Leftover, understand } from '../../brief/understand.js';
import { withShop } from '../../brief/with-shop.js';
import type { Pool, PoolClient } from '../../db/pool.js';
import type { JobBrief } from '../common/job-brief.js';

/** No sentence of so many earlier posts is used again. */
const LAST_POSTS = 10;

/** The post that was written when the job was made, as its owner has left it. */
export async function findPost(pool: Pool, jobId: string): Promise<{ text: string; hashtags: string } | undefined> {
  const { rows } = await pool.query<{ text: string; hashtags: string }>(
    'select post as text, hashtags from pipeline.posts where job_id = $1',
    [jobId],
  );
  return rows[0];
}

/** What the shop wants to say: in the roles its job was made with, else as its sentence is understood. */
export async function briefOf(
  pool: Pool,
  { jobId, tenantId }: { jobId: string; tenantId: string },
  { descKor, storeTitle }: JobBrief,
): Promise<{ brief: Brief; leftovers: readonly Leftover[] }> {
  const { rows } = await pool.query<{ brief: unknown; leftovers: Leftover[] }>(
    'select brief, leftovers from pipeline.briefs where job_id = $1 order by generation desc limit 1',
    [jobId],
  );
  // Its creator has put the brand's words into it, and the owner may have taken some of them out.
  if (rows[0]) return { brief: briefSchema.parse(rows[0].brief), leftovers: rows[0].leftovers };
  const { brief, leftovers } = understand(descKor);
  const brand = await readBrand(pool, tenantId);
  return { brief: withShop(brief, { ...brand, name: shopName(storeTitle) ?? brand?.name }), leftovers };
}

/**
 * The tenant's last posts before a moment, newest first, one a job; the job's own are not among them. The moment is
 * fixed for all attempts of a claim, so that each of them reads the same.
 */
export async function lastPosts(
  pool: Pool | PoolClient,
  tenantId: string,
  jobId: string,
  before: Date,
): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(
    `select text from (
       select distinct on (job_id) job_id, text, created_at from (
         (select job_id, post as text, created_at from pipeline.posts
           where tenant_id = $1 and job_id <> $2 and created_at < $3 order by created_at desc limit $4)
         union all
         (select job_id, instagram_ad_copy, created_at from instagram_feeds
           where tenant_id = $1 and job_id <> $2 and created_at < $3 order by created_at desc limit 3 * $4)
       ) written
       order by job_id, created_at desc
     ) newest
     order by created_at desc, job_id limit $4`,
    [tenantId, jobId, before, LAST_POSTS],
  );
  return rows.map(({ text }) => text);
}

import { readBrand } from '../../brands/brand.js';
import type { Pool, PoolClient } from '../../db/pool.js';
import { koreanMonth } from '../../seasons.js';
import { lastPosts } from '../../stages/instagram-feed-gen/read-post.js';
import type { Circumstances } from './words.js';

/** English name of the tone style of those who choose none. */
export const DEFAULT_TONE = 'Hero Dish Focus';

/** No job at all. */
const NIL = '00000000-0000-0000-0000-000000000000';

export interface AboutWhom {
  /** Undefined when nobody is named: then nothing of anybody is taken into account. */
  tenantId: string | undefined;
  count: number;
  tone: string;
  /** The job whose own post is written anew. */
  jobId?: string;
}

/** What the rows know of whoever an advertisement is for, as of now. */
export async function findCircumstances(
  db: Pool | PoolClient,
  { tenantId, count, tone, jobId = NIL }: AboutWhom,
): Promise<Circumstances> {
  const { rows } = await db.query<{ now: Date }>('select clock_timestamp() as now');
  const now = rows[0]?.now ?? new Date();
  const about = { count, tone, month: koreanMonth(now) };
  if (tenantId === undefined) return { ...about, brand: undefined, avoid: [] };
  return { ...about, brand: await readBrand(db, tenantId), avoid: await lastPosts(db, tenantId, jobId, now) };
}

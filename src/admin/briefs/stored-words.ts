import type { Brief } from '../../brief/brief.js';
import type { Idea } from '../../brief/idea.js';
import type { Leftover } from '../../brief/understand.js';
import type { Pool, PoolClient } from '../../db/pool.js';

/* The rows behind an advertisement's words. The caller's transaction, and its locks. */

export interface StoredBrief {
  brief: Brief;
  /** Null when the roles were given. */
  sentence: string | null;
  leftovers: Leftover[];
}

export interface Post {
  text: string;
  hashtags: string;
}

export interface StoredIdea {
  idea: Idea;
  edited: boolean;
}

/** The newest of a job; undefined for a job that came without one. */
export async function readBrief(db: Pool | PoolClient, jobId: string): Promise<StoredBrief | undefined> {
  const { rows } = await db.query<StoredBrief>(
    'select brief, sentence, leftovers from pipeline.briefs where job_id = $1 order by generation desc limit 1',
    [jobId],
  );
  return rows[0];
}

/** Each brief of a job is a generation of its own. */
export const addBrief = (
  db: PoolClient,
  jobId: string,
  { brief, sentence, leftovers }: StoredBrief,
): Promise<unknown> =>
  db.query(
    `insert into pipeline.briefs (job_id, generation, brief, sentence, leftovers)
     values ($1, (select coalesce(max(generation), 0) + 1 from pipeline.briefs where job_id = $1), $2, $3, $4)`,
    [jobId, JSON.stringify(brief), sentence, JSON.stringify(leftovers)],
  );

/** The newest of a variant. */
export async function readIdea(db: Pool | PoolClient, variantId: string): Promise<StoredIdea | undefined> {
  const { rows } = await db.query<StoredIdea>(
    'select idea, edited from pipeline.ideas where job_variants_id = $1 order by generation desc limit 1',
    [variantId],
  );
  return rows[0];
}

/** From the variant's present generation on. */
export const putIdea = (db: PoolClient, variantId: string, { idea, edited }: StoredIdea): Promise<unknown> =>
  db.query(
    `insert into pipeline.ideas (job_variants_id, generation, idea, edited)
     values ($1, coalesce((select generation from pipeline.runs where job_variants_id = $1), 1), $2, $3)
     on conflict (job_variants_id, generation) do update set idea = excluded.idea, edited = excluded.edited`,
    [variantId, JSON.stringify(idea), edited],
  );

export async function readPost(
  db: Pool | PoolClient,
  jobId: string,
): Promise<(Post & { edited: boolean }) | undefined> {
  const { rows } = await db.query<Post & { edited: boolean }>(
    'select post as text, hashtags, edited from pipeline.posts where job_id = $1',
    [jobId],
  );
  return rows[0];
}

/** The newest published copy, where there is one, follows: neighbours read that. */
export async function putPost(db: PoolClient, jobId: string, { text, hashtags }: Post, edited: boolean): Promise<void> {
  await db.query(
    `insert into pipeline.posts as p (job_id, tenant_id, post, hashtags, edited)
     select job_id, tenant_id, $2, $3, $4 from jobs where job_id = $1
     on conflict (job_id) do update
       set post = excluded.post, hashtags = excluded.hashtags, edited = excluded.edited, updated_at = clock_timestamp()`,
    [jobId, text, hashtags, edited],
  );
  await db.query(
    `update instagram_feeds set instagram_ad_copy = $2, hashtags = $3, updated_at = clock_timestamp()
      where pk = (select pk from instagram_feeds where job_id = $1 order by created_at desc, pk desc limit 1)`,
    [jobId, text, hashtags],
  );
}

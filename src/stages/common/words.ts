import { type Brief, briefSchema } from '../../brief/brief.js';
import type { Pool } from '../../db/pool.js';
import type { VariantUnit } from './units.js';

/** What the shop wants to say, and the post as it is now (null while there is none); undefined for a job without a brief. */
export async function findWords(
  pool: Pool,
  unit: VariantUnit,
): Promise<{ brief: Brief; post: { text: string; hashtags: string } | null } | undefined> {
  const { rows } = await pool.query<{ brief: unknown; post: string | null; hashtags: string | null }>(
    `select b.brief, o.post, o.hashtags
       from pipeline.briefs b left join pipeline.posts o using (job_id)
      where b.job_id = $1 order by b.generation desc limit 1`,
    [unit.jobId],
  );
  const brief = briefSchema.safeParse(rows[0]?.brief).data;
  if (!rows[0] || !brief) return undefined;
  const { post, hashtags } = rows[0];
  return { brief, post: post === null ? null : { text: post, hashtags: hashtags ?? '' } };
}

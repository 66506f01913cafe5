import { effectId } from '../assets/effect-id.js';
import { inTransaction, type Pool } from '../db/pool.js';

/**
 * Gives a job that has none its variants, each from the job's photo at `(user_img_input, done)`. Their ids follow from
 * the job's, so that two bridges make the same ones once. The writes are marked as ours; the events that start them are
 * left here. Returns how many were made.
 */
export const createVariants = (pool: Pool, jobId: string, count: number): Promise<number> =>
  inTransaction(pool, async (db) => {
    await db.query('select from jobs where job_id = $1 for no key update', [jobId]);
    const ids = Array.from({ length: count }, (_, index) => effectId(jobId, `variant:${index + 1}`));
    const { rowCount } = await db.query(
      `with made as (
         insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
         select v.id, i.job_id, i.img_asset_id, v.ordinal, 'user_img_input', 'done'
           from job_inputs i, unnest($2::uuid[]) with ordinality as v (id, ordinal)
          where i.job_id = $1 and not exists (select from jobs_variants s where s.job_id = $1)
            -- Cancelled since the bridge looked at it.
            and not exists (select from pipeline.jobs p where p.job_id = $1 and p.stage is not null)
         on conflict (job_variants_id) do nothing
         returning job_variants_id
       )
       select pipeline.leave_event('variant', $1, job_variants_id) from made`,
      [jobId, ids],
    );
    if (rowCount) {
      await db.query(
        `update pipeline.jobs set expected_variants = $2, closed = true, updated_at = clock_timestamp() where job_id = $1`,
        [jobId, rowCount],
      );
    }
    return rowCount ?? 0;
  });

import type { Pool } from '../pool.js';
import { inTransaction } from '../pool.js';

/** History that calls for work and has moved since the moment asked for. */
export interface OldWork {
  variants: number;
  jobs: number;
  /** How many variants by `step/status`, the busiest first. */
  states: { state: string; count: number }[];
}

/** A row that says running at a stage nobody performs any more is work as well; a picture may still be YE's. */
const OLD_VARIANTS = `
  from public.jobs_variants v join pipeline.runs r using (job_variants_id)
 where r.history and coalesce(v.updated_at, v.created_at) >= $1::timestamptz
   and (pipeline.calls_for_work(v.current_step, v.status)
        or (v.status = 'running' and pipeline.step_order(v.current_step) between 1 and 8))`;

/** Jobs whose own stages are due, that nobody counted to the end, or that never got variants. */
const OLD_JOBS = `
  from public.jobs j join pipeline.jobs p using (job_id)
 where p.history and coalesce(j.updated_at, j.created_at) >= $1::timestamptz
   and (coalesce(p.status = 'done' and p.stage in ('iou_eval', 'ad_copy_gen_kor'), false)
        or (p.status = 'running'
            and not exists (select from public.jobs_variants v
                             where v.job_id = j.job_id and not pipeline.is_settled(v.current_step, v.status)))
        or (p.stage is null and j.current_step = 'user_img_input' and j.status = 'done'
            and not exists (select from public.jobs_variants v where v.job_id = j.job_id)))`;

/** What `ringOldWork` would ring for. Reads only. */
export async function findOldWork(pool: Pool, since: string): Promise<OldWork> {
  const { rows: states } = await pool.query<{ state: string; count: number }>(
    `select concat_ws('/', v.current_step, v.status) as state, count(*)::integer as count ${OLD_VARIANTS}
      group by 1 order by 2 desc, 1`,
    [since],
  );
  const { rows } = await pool.query<{ jobs: number }>(`select count(*)::integer as jobs ${OLD_JOBS}`, [since]);
  return { variants: states.reduce((sum, { count }) => sum + count, 0), jobs: rows[0]?.jobs ?? 0, states };
}

/**
 * Rings for one batch of old work, the oldest first: each row gets its event and is history no more. Returns how many
 * rows; 0 when none is left. Safe beside others and after an interruption: what was rung is not rung again.
 */
export const ringOldWork = (pool: Pool, since: string, limit: number): Promise<number> =>
  inTransaction(pool, async (db) => {
    const { rows: variants } = await db.query<{ id: string; status: string }>(
      `select v.job_variants_id as id, v.status ${OLD_VARIANTS}
        order by v.updated_at, v.job_variants_id limit $2 for no key update of v, r skip locked`,
      [since, limit],
    );
    const stuck = variants.filter(({ status }) => status === 'running').map(({ id }) => id);
    await db.query(
      `with queued as (
         update public.jobs_variants v set status = 'queued', updated_at = clock_timestamp()
          where v.job_variants_id = any ($1) returning v.job_variants_id, v.job_id, v.current_step)
       insert into pipeline.audit (actor, action, job_id, job_variants_id, before, after, note)
       select current_user, 'queued again', job_id, job_variants_id,
              jsonb_build_object('step', current_step, 'status', 'running'),
              jsonb_build_object('step', current_step, 'status', 'queued'), 'nobody was working on it any more'
         from queued`,
      [stuck],
    );
    await db.query(
      `select pipeline.leave_event('variant', v.job_id, v.job_variants_id)
         from public.jobs_variants v where v.job_variants_id = any ($1)`,
      [variants.map(({ id }) => id)],
    );
    const { rows: jobs } = await db.query<{ id: string }>(
      `select j.job_id as id ${OLD_JOBS} order by j.updated_at, j.job_id limit $2 for no key update of j, p skip locked`,
      [since, limit - variants.length],
    );
    await db.query(`select pipeline.leave_event('job', id, null) from unnest($1::uuid[]) as id`, [
      jobs.map(({ id }) => id),
    ]);
    return variants.length + jobs.length;
  });

/** Events that no bridge has taken yet. */
export const eventsWaiting = async (pool: Pool): Promise<number> =>
  (
    await pool.query<{ count: number }>(
      'select count(*)::integer as count from pipeline.outbox where dead_at is null and lease_until is null',
    )
  ).rows[0]?.count ?? 0;

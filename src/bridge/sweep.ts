import type { Pool } from '../db/pool.js';

/** A row this young may still be on its way through another bridge. */
const YOUNGEST = '5 s';

/**
 * Leaves events for variants that call for work although nobody works on them and no event is on its way: the trigger
 * was disabled for a while, or a copy was loaded without triggers. Rows older than adoption are history.
 */
export async function ringForgotten(pool: Pool): Promise<void> {
  await pool.query(
    `insert into pipeline.outbox (kind, job_id, job_variants_id)
     select 'variant', v.job_id, v.job_variants_id
       from jobs_variants v
       join pipeline.settings s on v.updated_at > s.adopted_at
       left join pipeline.runs r on r.job_variants_id = v.job_variants_id
       left join pipeline.jobs p on p.job_id = v.job_id
      where v.status in ('queued', 'done')
        and v.updated_at < clock_timestamp() - interval '${YOUNGEST}'
        and pipeline.calls_for_work(v.current_step, v.status)
        and r.job_variants_id is null
        and not exists (select from pipeline.outbox o where o.job_variants_id = v.job_variants_id)
      limit 100`,
  );
}

import type { Pool } from '../db/pool.js';
import { englishCopyIsThere } from '../db/job-claims.js';

/** A unit whose row has not moved for a while although it calls for something. */
export interface Suspect {
  kind: 'variant' | 'job';
  unitId: string;
  jobId: string;
  generation: number;
  /** `(step, status)` as recorded, for people. */
  step: string | null;
  status: string | null;
  /** A run should be open: compare with Temporal. Otherwise nobody is at work and the row has to be looked at. */
  shouldRun: boolean;
  /** It is recorded as waiting for evidence that is not there. */
  waitsRightly: boolean;
  /** Looks since it moved, this one included. */
  looks: number;
  restarts: number;
}

/** So long after its last move a run that goes well is not even suspected. */
const STILL_AFTER = '2 s';
/** A row nobody works on may still be on its way through a bridge for so long. */
const FORGOTTEN_AFTER = '5 s';
const LONGEST_REST = '10 min';
/** A claim takes no more; who gets so many asks again. */
export const SUSPECTS_AT_ONCE = 200;

/** Rows from before adoption are history, whoever looks and however lately they were touched. */
const SUSPECTS = `
  select 'variant' as kind, v.job_variants_id as unit_id, v.job_id, coalesce(r.generation, 1) as generation,
         v.current_step as step, v.status, coalesce(r.open, false) as should_run,
         exists (select from pipeline.waits t
                  where t.unit_id = v.job_variants_id and t.settled_at is null and not exists (
                    select from txt_ad_copy_generations c where c.job_id = v.job_id
                       and c.generation_stage = t.evidence and c.status = 'done')) as waits_rightly,
         greatest(v.updated_at, r.updated_at, r.opened_at) as moved_at
    from jobs_variants v
    join jobs j using (job_id)
    join pipeline.settings s on v.updated_at > s.adopted_at
    left join pipeline.runs r using (job_variants_id)
   where not pipeline.is_settled(v.current_step, v.status)
     and not coalesce(r.history, false)
     and (coalesce(r.open, false)
          or (pipeline.calls_for_work(v.current_step, v.status)
              and not exists (select from pipeline.outbox o where o.job_variants_id = v.job_variants_id)))
  union all
  select 'job', p.job_id, p.job_id, p.generation, p.stage, p.status, own.stage_is_due, false, p.updated_at
    from pipeline.jobs p
    join jobs j using (job_id)
    join pipeline.settings s on p.updated_at > s.adopted_at
    cross join lateral (select coalesce(p.stage in ('ad_copy_gen_kor', 'instagram_feed_gen')
                                        or (p.stage = 'iou_eval' and p.status = 'done'), false) as stage_is_due) own
   where not pipeline.job_is_settled(p.stage, p.status)
     and not p.history
     and not exists (select from pipeline.outbox o where o.kind <> 'variant' and o.job_id = p.job_id)
     and case when own.stage_is_due then ${englishCopyIsThere('p.job_id')}
              -- All its variants are settled and nobody has counted them.
              when p.stage is not null then exists (select from jobs_variants v where v.job_id = p.job_id)
                and not exists (select from jobs_variants v where v.job_id = p.job_id
                                   and not pipeline.is_settled(v.current_step, v.status))
              -- As a front end writes it: the bridge makes its variants.
              else (j.current_step, j.status) = ('user_img_input', 'done')
                and not exists (select from jobs_variants v where v.job_id = p.job_id) end
  union all
  select 'job', j.job_id, j.job_id, 1, j.current_step, j.status, false, false, j.updated_at
    from jobs j
    join pipeline.settings s on j.updated_at > s.adopted_at
   where (j.current_step, j.status) = ('user_img_input', 'done')
     and not exists (select from pipeline.jobs p where p.job_id = j.job_id)
     and not exists (select from jobs_variants v where v.job_id = j.job_id)
     and not exists (select from pipeline.outbox o where o.kind = 'job' and o.job_id = j.job_id)`;

/**
 * Claims the units that are due for a look: their next one is not before `every` milliseconds have passed, whichever
 * bridge comes; later and later for rows that rest rightly. With `all` each is due, whoever looked just now and
 * however lately it moved.
 */
export async function claimSuspects(pool: Pool, every: number, { all = false } = {}): Promise<Suspect[]> {
  const { rows } = await pool.query<Suspect>(
    `with suspect as (
       select u.* from (${SUSPECTS}) u left join pipeline.watches w using (unit_id)
        where ($2 or u.moved_at < clock_timestamp()
                     - case when u.should_run then interval '${STILL_AFTER}' else interval '${FORGOTTEN_AFTER}' end)
          and (w.not_before is null or w.not_before <= clock_timestamp() or w.generation <> u.generation)
          and ($2 or w.unit_id is null or w.due_at <= clock_timestamp() or w.moved_at <> u.moved_at)
        order by w.due_at nulls first limit $3
     ), claimed as (
       insert into pipeline.watches as w (unit_id, job_id, generation, moved_at, due_at)
       select unit_id, job_id, generation, moved_at, clock_timestamp() + $1 * interval '1 ms' from suspect
       on conflict (unit_id) do update
         set generation = excluded.generation, moved_at = excluded.moved_at,
             looks = case when w.moved_at = excluded.moved_at then w.looks + 1 else 1 end,
             restarts = case when w.generation = excluded.generation then w.restarts else 0 end,
             due_at = clock_timestamp() + case
               when (select should_run from suspect s where s.unit_id = w.unit_id) or w.moved_at <> excluded.moved_at
                 then $1 * interval '1 ms'
               else least($1 * interval '1 ms' * 2 ^ least(w.looks, 20), interval '${LONGEST_REST}') end
         where $2 or w.due_at <= clock_timestamp() or w.moved_at <> excluded.moved_at
       returning unit_id, looks, restarts
     )
     select s.kind, s.unit_id as "unitId", s.job_id as "jobId", s.generation, s.step, s.status,
            s.should_run as "shouldRun", s.waits_rightly as "waitsRightly", c.looks, c.restarts
       from suspect s join claimed c using (unit_id)`,
    [every, all, all ? null : SUSPECTS_AT_ONCE],
  );
  return rows;
}

/** Units that call for something and have not moved for so many seconds, the stillest first. Takes nobody's turn. */
export async function findStill(
  pool: Pool,
  seconds: number,
  limit: number,
): Promise<Pick<Suspect, 'kind' | 'unitId' | 'shouldRun'>[]> {
  const { rows } = await pool.query<Pick<Suspect, 'kind' | 'unitId' | 'shouldRun'>>(
    `select u.kind, u.unit_id as "unitId", u.should_run as "shouldRun" from (${SUSPECTS}) u
      where u.moved_at < clock_timestamp() - $1 * interval '1 s' order by u.moved_at limit $2`,
    [seconds, limit],
  );
  return rows;
}

/** Counts a restart; the next look at this unit is not before the back-off has passed. */
export async function countRestart(pool: Pool, unitId: string, every: number): Promise<void> {
  await pool.query(
    `update pipeline.watches
        set restarts = restarts + 1,
            not_before = clock_timestamp() + least($2 * interval '1 ms' * 2 ^ restarts, interval '${LONGEST_REST}')
      where unit_id = $1`,
    [unitId, every],
  );
}

/** Leaves the events that nobody left: the triggers were disabled for a while, or a copy was loaded without them. */
export async function ringForgotten(pool: Pool, suspects: Suspect[]): Promise<void> {
  if (suspects.length === 0) return;
  await pool.query(
    `select pipeline.leave_event(u.kind, u.job_id, case u.kind when 'variant' then u.unit_id end)
       from unnest($1::text[], $2::uuid[], $3::uuid[]) as u (kind, unit_id, job_id)`,
    [suspects.map((one) => one.kind), suspects.map((one) => one.unitId), suspects.map((one) => one.jobId)],
  );
}

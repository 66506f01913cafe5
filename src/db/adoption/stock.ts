import type { ClientBase } from 'pg';
import type { AdoptionReport } from './report.js';

/**
 * Takes down what is there: a job's published row becomes its recorded state, where rows prove it, and every job and
 * unsettled variant becomes history, which starts nothing. Without the first, the next touch of a finished job would
 * count its variants anew and have its feed written a second time.
 */
export async function takeStock(db: Pick<ClientBase, 'query'>, report: AdoptionReport): Promise<void> {
  const jobs = await db.query(RECORD_JOBS);
  const variants = await db.query(RECORD_VARIANTS);
  await db.query('delete from pipeline.outbox');
  // Last: what was written on the way is older than adoption as well.
  await db.query('update pipeline.settings set adopted_at = clock_timestamp()');
  report.done.push(
    `took ${jobs.rowCount} jobs and ${variants.rowCount} unfinished variants for history: they start nothing until ` +
      'somebody writes their step or status, or "npm run cli -- adopt --since 2d" asks for them',
  );
}

// The original passes through `done` at every step; that a job is done says only iou_eval, and what comes after it.
const RECORD_JOBS = `
insert into pipeline.jobs as p (job_id, stage, status, closed, history)
select j.job_id, s.stage,
       case when s.stage is null then null
            when j.status = 'failed' then 'failed'
            when j.status = 'done' and s.stage in ('iou_eval', 'ad_copy_gen_kor', 'instagram_feed_gen') then 'done'
            else 'running' end,
       s.stage is not null or coalesce((j.current_step, j.status) = ('img_gen', 'done'), false), true
  from public.jobs j
 cross join lateral (
   select case j.current_step
            when 'ad_copy_gen_kor' then (select 'ad_copy_gen_kor' where exists (
              select from public.txt_ad_copy_generations t where t.job_id = j.job_id and t.generation_stage = 'eng_to_kor'))
            when 'instagram_feed_gen' then (select 'instagram_feed_gen' where exists (
              select from public.instagram_feeds f where f.job_id = j.job_id))
            else (select j.current_step where pipeline.step_order(j.current_step) between 1 and 8) end as stage) s
on conflict (job_id) do update
   set stage = excluded.stage, status = excluded.status, closed = excluded.closed, history = true,
       generation = p.generation + 1, reason = null, updated_at = clock_timestamp()`;

const RECORD_VARIANTS = `
insert into pipeline.runs as r (job_variants_id, job_id, picture, history)
select v.job_variants_id, v.job_id, v.img_asset_id, true
  from public.jobs_variants v where not pipeline.is_settled(v.current_step, v.status)
on conflict (job_variants_id) do update
   set history = true, open = false, stage = null, status = null, picture = excluded.picture,
       generation = r.generation + 1, reason = null, updated_at = clock_timestamp()`;

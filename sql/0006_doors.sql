-- Waits for what image generation outside has begun, and what a job does when its end has to be found again.

alter table pipeline.waits drop constraint waits_evidence_check;
alter table pipeline.waits add constraint waits_evidence_check
  check (evidence in ('ad_copy_kor', 'ad_copy_eng', 'picture', 'siblings'));

-- Every variant there is has settled, but YE makes them one by one (Door B) and has not said that these are all.
create function pipeline.awaits_siblings(job uuid) returns boolean language sql stable as $$
  select count(*) > 0 and bool_and(pipeline.is_settled(v.current_step, v.status)) and coalesce(bool_or(r.door = 'B'), false)
         and not exists (select from pipeline.jobs p where p.job_id = job
                          and (p.closed or p.stage in ('ad_copy_gen_kor', 'instagram_feed_gen')))
    from public.jobs_variants v left join pipeline.runs r using (job_variants_id)
   where v.job_id = job
$$;

-- As before, and: a job whose own stages failed is reopened with its variants, and its generation tells them apart.
create or replace function pipeline.aggregate_job(job uuid) returns void language plpgsql
set pipeline.writer = 'aggregation' as $$
declare
  recorded pipeline.jobs;
  variants record;
  target_stage text;
  target_status text;
  reopens boolean;
begin
  insert into pipeline.jobs (job_id) values (job) on conflict (job_id) do nothing;
  select * into recorded from pipeline.jobs where job_id = job for update;

  select count(*) as total,
         count(*) filter (where v.current_step = 'iou_eval' and v.status = 'done') as done,
         count(*) filter (where v.status = 'failed') as failed,
         min(coalesce(pipeline.step_order(v.current_step), 0)) filter (where v.status is distinct from 'failed') as least,
         max(coalesce(pipeline.step_order(v.current_step), 0)) filter (where v.status = 'failed') as furthest_failed,
         coalesce(bool_or(r.door = 'B'), false) as came_one_by_one
    into variants
    from public.jobs_variants v left join pipeline.runs r using (job_variants_id)
   where v.job_id = job;

  if recorded.stage in ('ad_copy_gen_kor', 'instagram_feed_gen')
     and not (recorded.status = 'failed' and variants.done + variants.failed < variants.total) then
    -- The job's own stages have begun: variants no longer move it.
    target_stage := recorded.stage;
    target_status := recorded.status;
  elsif variants.total = 0 then
    return;
  elsif variants.done + variants.failed = variants.total
        and variants.total >= coalesce(recorded.expected_variants, 1)
        and (recorded.closed or not variants.came_one_by_one) then
    if variants.done >= (select job_min_done_variants from pipeline.settings) then
      target_stage := 'iou_eval';
      target_status := 'done';
    else
      target_stage := (array['img_gen', 'vlm_analyze', 'yolo_detect', 'planner', 'overlay', 'vlm_judge',
        'ocr_eval', 'readability_eval', 'iou_eval'])[variants.furthest_failed + 1];
      target_status := 'failed';
    end if;
  else
    -- Backwards only when a settled job is reopened, which is a new generation.
    target_stage := (array['img_gen', 'vlm_analyze', 'yolo_detect', 'planner', 'overlay', 'vlm_judge', 'ocr_eval',
      'readability_eval', 'iou_eval'])[1 + case when recorded.status = 'running'
        then greatest(coalesce(variants.least, 0), coalesce(pipeline.step_order(recorded.stage), 0))
        else coalesce(variants.least, 0) end];
    target_status := 'running';
  end if;

  reopens := coalesce(recorded.status in ('done', 'failed'), false) and target_status = 'running';
  update pipeline.jobs
     set stage = target_stage, status = target_status, generation = generation + reopens::integer,
         reason = case when target_status = 'failed' then format('%s of %s variants failed', variants.failed, variants.total)
                       when (stage, status) is distinct from (target_stage, target_status) then null
                       else reason end,
         updated_at = clock_timestamp()
   where job_id = job and (stage, status) is distinct from (target_stage, target_status);

  update public.jobs
     set current_step = target_stage, status = target_status, updated_at = clock_timestamp()
   where job_id = job and (current_step, status) is distinct from (target_stage, target_status);

  if target_stage = 'iou_eval' and target_status = 'done'
     and (recorded.stage, recorded.status) is distinct from (target_stage, target_status) then
    perform pipeline.leave_event('job', job, null);
  end if;
end $$;

-- As before, and: the last variant that settles before YE has closed the set wakes the job, which then waits, bounded;
-- and a job is reopened as soon as a variant leaves `(iou_eval, done)`, as it already was for `failed`.
create or replace function public.check_all_variants_done() returns trigger language plpgsql as $$
begin
  if new.status is distinct from 'failed' then
    if coalesce(pipeline.step_order(new.current_step), 0) = 0 then
      return null; -- before vlm_analyze a job belongs to its creator and to YE
    end if;
    if tg_op = 'UPDATE' and new.status is distinct from 'done' and not pipeline.is_settled(old.current_step, old.status) then
      return null; -- queued and running settle nothing; leaving a settled state may reopen the job
    end if;
  end if;
  perform 1 from public.jobs where job_id = new.job_id for no key update;
  if found then
    perform pipeline.aggregate_job(new.job_id);
    if pipeline.is_settled(new.current_step, new.status) and pipeline.awaits_siblings(new.job_id) then
      perform pipeline.leave_event('job', new.job_id, null);
    end if;
  end if;
  return null;
end $$;

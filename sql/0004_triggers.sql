-- The three triggers of the contract, by name, and the one for late texts.
--
-- Every event leaves an outbox row in its writer's own transaction and rings pipeline_wake with an empty payload.
-- Writes marked with the setting pipeline.writer are our own: their writer already knows, so they leave no event.

create function pipeline.writer() returns text language sql stable as $$
  -- After SET LOCAL has ended the setting is an empty string, not null.
  select nullif(current_setting('pipeline.writer', true), '')
$$;

create function pipeline.step_order(step text) returns integer language sql immutable as $$
  select array_position(array['img_gen', 'vlm_analyze', 'yolo_detect', 'planner', 'overlay', 'vlm_judge',
    'ocr_eval', 'readability_eval', 'iou_eval', 'ad_copy_gen_kor', 'instagram_feed_gen'], step) - 1
$$;

-- States of a variant that ask this system (or whoever makes pictures) to do something.
create function pipeline.calls_for_work(step text, status text) returns boolean language sql immutable as $$
  select coalesce(
    (step = 'user_img_input' and status = 'done')
    or (status = 'queued' and pipeline.step_order(step) between 0 and 8)
    or (status = 'done' and pipeline.step_order(step) between 0 and 7), false)
$$;

create function pipeline.is_settled(step text, status text) returns boolean language sql immutable as $$
  select coalesce(status = 'failed' or (step = 'iou_eval' and status = 'done'), false)
$$;

-- Published channels speak for every writer unless a connection of ours silences itself.
create function pipeline.is_silent() returns boolean language sql stable as $$
  select pipeline.writer() is not null and coalesce(current_setting('pipeline.silent', true), '') = 'on'
$$;

create function pipeline.leave_event(event_kind text, job uuid, variant uuid) returns void language plpgsql as $$
begin
  insert into pipeline.outbox (kind, job_id, job_variants_id) values (event_kind, job, variant);
  perform pg_notify('pipeline_wake', '');
end $$;

-- ---------------------------------------------------------------------------------------------------- variants

-- A marked write records what we established; a foreign one is given its generation and leaves an event.
create function pipeline.variant_written(operation text, was public.jobs_variants, is_now public.jobs_variants)
returns void language plpgsql as $$
declare
  reopens boolean;
begin
  if pipeline.writer() is not null then
    update pipeline.runs
       set stage = is_now.current_step, status = is_now.status, picture = is_now.img_asset_id,
           open = open and not pipeline.is_settled(is_now.current_step, is_now.status),
           settled_at = case when pipeline.is_settled(is_now.current_step, is_now.status) then clock_timestamp() end,
           updated_at = clock_timestamp()
     where job_variants_id = is_now.job_variants_id;
    return;
  end if;

  if operation = 'UPDATE'
     and (was.current_step, was.status, was.img_asset_id)
         is not distinct from (is_now.current_step, is_now.status, is_now.img_asset_id) then
    return; -- updated_at, selected and retry_count carry no order
  end if;

  -- A settled row that is sent back to work begins anew, and so does one that is given another picture after
  -- the first was already being judged: results of the two must never mix.
  reopens := operation = 'UPDATE'
    and pipeline.calls_for_work(is_now.current_step, is_now.status)
    and (pipeline.is_settled(was.current_step, was.status)
         or (is_now.current_step = 'img_gen' and is_now.status = 'done'
             and coalesce(pipeline.step_order(was.current_step), -1) > 0
             and exists (select from pipeline.runs r where r.job_variants_id = is_now.job_variants_id
                         and r.picture is distinct from is_now.img_asset_id)));

  insert into pipeline.runs as r (job_variants_id, job_id, door)
  values (is_now.job_variants_id, is_now.job_id,
          case
            when is_now.current_step = 'img_gen' and is_now.status = 'done' then 'A'
            when operation = 'INSERT' and is_now.current_step = 'vlm_analyze' and is_now.status = 'queued'
                 and is_now.img_asset_id is not null then 'B'
          end)
  on conflict (job_variants_id) do update
    set door = coalesce(r.door, excluded.door),
        generation = r.generation + reopens::integer,
        open = r.open and not reopens,
        reason = case when reopens then null else r.reason end,
        updated_at = clock_timestamp();

  if reopens then
    insert into pipeline.audit (actor, action, job_id, job_variants_id, before, after)
    values (current_user, 'reopened by SQL', is_now.job_id, is_now.job_variants_id,
            jsonb_build_object('step', was.current_step, 'status', was.status),
            jsonb_build_object('step', is_now.current_step, 'status', is_now.status));
  end if;
  perform pipeline.leave_event('variant', is_now.job_id, is_now.job_variants_id);
end $$;

create function public.notify_job_variant_state_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and not pipeline.is_silent()
     and (old.current_step, old.status, old.updated_at)
         is distinct from (new.current_step, new.status, new.updated_at) then
    perform pg_notify('job_variant_state_changed', json_build_object(
      'job_variants_id', new.job_variants_id,
      'job_id', new.job_id,
      'current_step', new.current_step,
      'status', new.status,
      'img_asset_id', new.img_asset_id,
      'tenant_id', (select j.tenant_id from public.jobs j where j.job_id = new.job_id),
      'updated_at', new.updated_at)::text);
  end if;
  perform pipeline.variant_written(tg_op, old, new);
  return null;
end $$;

create trigger job_variant_state_change_trigger
  after insert or update on public.jobs_variants
  for each row execute function public.notify_job_variant_state_change();

-- -------------------------------------------------------------------------------------------------------- jobs

-- The least a job must tell its readers: where its slowest unfailed variant is, and how it ended.
-- Call it with the job's row locked; it counts in statements of its own, so that it sees every commit before the lock.
create function pipeline.aggregate_job(job uuid) returns void language plpgsql
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

  if recorded.stage in ('ad_copy_gen_kor', 'instagram_feed_gen') then
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

create function public.check_all_variants_done() returns trigger language plpgsql as $$
begin
  if new.status is distinct from 'failed' then
    if coalesce(pipeline.step_order(new.current_step), 0) = 0 then
      return null; -- before vlm_analyze a job belongs to its creator and to YE
    end if;
    if tg_op = 'UPDATE' and new.status is distinct from 'done' and old.status is distinct from 'failed' then
      return null; -- queued and running settle nothing; leaving `failed` may reopen the job
    end if;
  end if;
  perform 1 from public.jobs where job_id = new.job_id for no key update;
  if found then
    perform pipeline.aggregate_job(new.job_id);
  end if;
  return null;
end $$;

-- Deferred: at commit the lock is held for the shortest time and the count sees what the whole transaction did.
create constraint trigger check_all_variants_done_trigger
  after insert or update on public.jobs_variants
  deferrable initially deferred
  for each row execute function public.check_all_variants_done();

-- Foreign writes to jobs are evidence: `(img_gen, done)` or a failure is YE saying that no more variants will come.
create function pipeline.job_written(operation text, was public.jobs, is_now public.jobs) returns void
language plpgsql as $$
begin
  if pipeline.writer() is not null then
    return;
  end if;
  if operation = 'UPDATE'
     and (was.current_step, was.status) is not distinct from (is_now.current_step, is_now.status) then
    return;
  end if;
  if operation = 'UPDATE'
     and ((is_now.current_step = 'img_gen' and is_now.status = 'done') or is_now.status = 'failed') then
    insert into pipeline.jobs (job_id, closed) values (is_now.job_id, true)
    on conflict (job_id) do update set closed = true, updated_at = clock_timestamp();
  end if;
  perform pipeline.leave_event('job', is_now.job_id, null);
end $$;

create function public.notify_job_state_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and not pipeline.is_silent()
     and (old.current_step, old.status) is distinct from (new.current_step, new.status) then
    perform pg_notify('job_state_changed', json_build_object(
      'job_id', new.job_id,
      'current_step', new.current_step,
      'status', new.status,
      'tenant_id', new.tenant_id,
      'updated_at', new.updated_at)::text);
  end if;
  perform pipeline.job_written(tg_op, old, new);
  return null;
end $$;

create trigger job_state_change_trigger
  after insert or update on public.jobs
  for each row execute function public.notify_job_state_change();

-- ------------------------------------------------------------------------------------------------------- texts

create function pipeline.text_written() returns trigger language plpgsql as $$
begin
  if pipeline.writer() is null then
    perform pipeline.leave_event('text', new.job_id, null);
  end if;
  return null;
end $$;

create trigger pipeline_text_trigger
  after insert or update on public.txt_ad_copy_generations
  for each row
  when (new.status = 'done' and new.generation_stage in ('ad_copy_kor', 'ad_copy_eng', 'refined_ad_copy'))
  execute function pipeline.text_written();

create trigger pipeline_description_trigger
  after update of desc_kor on public.job_inputs
  for each row
  when (new.desc_kor is distinct from old.desc_kor)
  execute function pipeline.text_written();

-- A row that leaves a settled state is a new generation at once, also when a neighbour says `running` first: by the time
-- `done` follows, nothing shows any more that the row had been settled, and the claims of its generation are used up.
-- What the picture is compared with is what this system recorded, not the row: `running` may have come in between.
-- And a row that a foreigner set back is put back by whoever meets it, the bridge or the run: hence `progress`.

-- A number that grows along the road; null for `failed` and for what is no place on it.
create function pipeline.progress(step text, status text) returns integer language sql immutable as $$
  select 3 * (case when step = 'user_img_input' then -1 else pipeline.step_order(step) end)
       + array_position(array['queued', 'running', 'done'], status)
$$;

create or replace function pipeline.variant_written(operation text, was public.jobs_variants, is_now public.jobs_variants)
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
    and not pipeline.is_settled(is_now.current_step, is_now.status)
    and (pipeline.is_settled(was.current_step, was.status)
         or (is_now.current_step = 'img_gen' and is_now.status = 'done'
             and exists (select from pipeline.runs r where r.job_variants_id = is_now.job_variants_id
                         and pipeline.step_order(r.stage) > 0
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
        -- What an earlier generation reached is no measure for this one.
        stage = case when reopens then null else r.stage end,
        status = case when reopens then null else r.status end,
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

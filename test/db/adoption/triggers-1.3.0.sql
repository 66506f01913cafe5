-- Jobs trigger 1.0.0 and variants trigger 1.3.0, as the contract describes them, typed anew.

create function notify_job_state_change() returns trigger as $$
begin
  if old.current_step is distinct from new.current_step or old.status is distinct from new.status then
    perform pg_notify('job_state_changed', json_build_object(
      'job_id', new.job_id::text,
      'current_step', new.current_step,
      'status', new.status,
      'tenant_id', new.tenant_id,
      'updated_at', new.updated_at)::text);
  end if;
  return new;
end;
$$ language plpgsql;

create trigger job_state_change_trigger after update on jobs
  for each row execute function notify_job_state_change();

create function notify_job_variant_state_change() returns trigger as $$
declare
  tenant varchar;
begin
  if old.current_step is distinct from new.current_step or old.status is distinct from new.status
     or old.updated_at is distinct from new.updated_at then
    select tenant_id into tenant from jobs where job_id = new.job_id;
    raise notice '[NOTIFY_TRIGGER] % (%, %)', new.job_variants_id, new.current_step, new.status;
    perform pg_notify('job_variant_state_changed', json_build_object(
      'job_variants_id', new.job_variants_id::text,
      'job_id', new.job_id::text,
      'current_step', new.current_step,
      'status', new.status,
      'img_asset_id', new.img_asset_id::text,
      'tenant_id', tenant,
      'updated_at', new.updated_at)::text);
  end if;
  return new;
end;
$$ language plpgsql;

create trigger job_variant_state_change_trigger after update on jobs_variants
  for each row execute function notify_job_variant_state_change();

create function check_all_variants_done() returns trigger as $$
declare
  total integer;
  done integer;
  failed integer;
  busy integer;
  here integer;
  finished integer;
  to_status text;
  to_step text;
begin
  if new.current_step = 'img_gen' then
    return new;
  end if;
  select count(*),
         count(*) filter (where status = 'done'),
         count(*) filter (where status = 'failed'),
         count(*) filter (where status in ('running', 'queued')),
         count(*) filter (where status = 'done' and current_step = new.current_step),
         count(*) filter (where status = 'done' and current_step = 'iou_eval')
    into total, done, failed, busy, here, finished
    from jobs_variants where job_id = new.job_id;
  if new.current_step = 'iou_eval' and new.status = 'done' then
    to_step := 'iou_eval';
    to_status := case when finished = total then 'done' else 'running' end;
  elsif here = total then
    to_step := new.current_step;
    to_status := 'done';
  elsif failed > 0 and done + failed = total then
    to_step := new.current_step;
    to_status := 'failed';
  elsif busy > 0 or done > 0 or failed > 0 then
    to_status := 'running';
    to_step := case when here > 0 then new.current_step end;
  else
    return new;
  end if;
  raise notice '[TRIGGER] job % (%, %)', new.job_id, to_step, to_status;
  update jobs
     set status = to_status, current_step = coalesce(to_step, current_step), updated_at = current_timestamp
   where job_id = new.job_id
     and (status is distinct from to_status or current_step is distinct from coalesce(to_step, current_step));
  return new;
end;
$$ language plpgsql;

create trigger check_all_variants_done_trigger after update on jobs_variants
  for each row when (new.status = 'done' or new.status = 'failed')
  execute function check_all_variants_done();

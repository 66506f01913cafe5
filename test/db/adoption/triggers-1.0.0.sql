-- Jobs trigger 1.0.0 and variants trigger 1.0.0: no word when updated_at alone changes, and the first aggregation.

create function notify_job_state_change() returns trigger as $$
begin
  if old.current_step is distinct from new.current_step or old.status is distinct from new.status then
    perform pg_notify('job_state_changed', json_build_object(
      'job_id', new.job_id::text, 'current_step', new.current_step, 'status', new.status,
      'tenant_id', new.tenant_id, 'updated_at', new.updated_at)::text);
  end if;
  return new;
end;
$$ language plpgsql;

create trigger job_state_change_trigger after update on jobs
  for each row execute function notify_job_state_change();

create function notify_job_variant_state_change() returns trigger as $$
begin
  if old.current_step is distinct from new.current_step or old.status is distinct from new.status then
    perform pg_notify('job_variant_state_changed', json_build_object(
      'job_variants_id', new.job_variants_id::text, 'job_id', new.job_id::text,
      'current_step', new.current_step, 'status', new.status, 'img_asset_id', new.img_asset_id::text,
      'tenant_id', (select tenant_id from jobs where job_id = new.job_id),
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
begin
  select count(*), count(*) filter (where status = 'done'), count(*) filter (where status = 'failed')
    into total, done, failed from jobs_variants where job_id = new.job_id;
  if done = total then
    update jobs set status = 'done', current_step = 'iou_eval' where job_id = new.job_id;
  elsif failed > 0 and done + failed = total then
    update jobs set status = 'failed' where job_id = new.job_id;
  else
    update jobs set status = 'running', current_step = 'vlm_analyze' where job_id = new.job_id;
  end if;
  return new;
end;
$$ language plpgsql;

create trigger check_all_variants_done_trigger after update on jobs_variants
  for each row when (new.status in ('done', 'failed'))
  execute function check_all_variants_done();

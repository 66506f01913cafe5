-- Comparing rows with workflows: who was looked at, when again, and whose turn it is.

-- One row per unit (variant or job) that once looked as if nobody worked on it. Its due time is the claim: of several
-- bridges only the one that moves it forward looks.
create table pipeline.watches (
  unit_id    uuid primary key,
  job_id     uuid not null references public.jobs (job_id) on delete cascade,
  generation integer not null,
  -- When the unit had last moved at the time of the look.
  moved_at   timestamptz not null,
  -- Looks since it moved.
  looks      integer not null default 1,
  due_at     timestamptz not null,
  -- How often its workflow was started again in this generation after it had ended without finishing the row.
  restarts   integer not null default 0,
  -- Back-off after a restart; unlike due_at it holds although the row moves.
  not_before timestamptz
) with (fillfactor = 70);
create index watches_job_id on pipeline.watches (job_id);

-- Work that one bridge does for all of them, now and then.
create table pipeline.turns (
  name     text primary key,
  taken_at timestamptz not null
);

-- The sweep looks at unsettled rows only; a live database is full of settled ones.
create index pipeline_unsettled_variants on public.jobs_variants (updated_at)
  where not pipeline.is_settled(current_step, status);

create function pipeline.job_is_settled(stage text, status text) returns boolean language sql immutable as $$
  select coalesce(status = 'failed' or (stage = 'instagram_feed_gen' and status = 'done'), false)
$$;
create index unsettled_jobs on pipeline.jobs (updated_at) where not pipeline.job_is_settled(stage, status);

-- A workflow whose row is deleted under it may wait for an hour: its event wakes it, and it ends by itself. Claims and
-- waits name their unit without a foreign key, because it is a variant or a job.
create function pipeline.run_deleted() returns trigger language plpgsql as $$
begin
  delete from pipeline.claims where unit_id = old.job_variants_id;
  delete from pipeline.waits where unit_id = old.job_variants_id;
  delete from pipeline.watches where unit_id = old.job_variants_id;
  if old.open then
    perform pipeline.leave_event('variant', old.job_id, old.job_variants_id);
  end if;
  return null;
end $$;

create trigger run_deleted after delete on pipeline.runs
  for each row execute function pipeline.run_deleted();

create function pipeline.job_deleted() returns trigger language plpgsql as $$
begin
  perform pipeline.leave_event('job', old.job_id, null);
  return null;
end $$;

create trigger job_deleted after delete on pipeline.jobs
  for each row when (old.status = 'running' and old.stage in ('ad_copy_gen_kor', 'instagram_feed_gen'))
  execute function pipeline.job_deleted();

-- Taking over a database that lived before us: what was replaced, when, and which rows are history.

-- A row that was there at adoption and that nobody has touched since: it starts nothing. Any event about it, or
-- `feedlyai adopt --since`, makes it ordinary.
alter table pipeline.runs add column history boolean not null default false;
alter table pipeline.jobs add column history boolean not null default false;
create index runs_history on pipeline.runs (job_variants_id) where history;
create index jobs_history on pipeline.jobs (job_id) where history;

create table pipeline.adoptions (
  adoption_id bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  action      text not null check (action in ('adopted', 'restored')),
  -- What was done and what is odd, as it was told at the time.
  report      jsonb not null
);

-- Functions and triggers that stood where ours stand now; `migrate --restore` puts them back.
create table pipeline.replaced_code (
  replaced_id bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  kind        text not null check (kind in ('function', 'trigger')),
  -- Schema and table of a trigger, schema of a function.
  owner       text not null,
  name        text not null,
  definition  text not null,
  -- pg_trigger.tgenabled; null for a function.
  enabled     text,
  restored_at timestamptz
);

-- As before, and an event ends a row's being history.
create or replace function pipeline.leave_event(event_kind text, job uuid, variant uuid) returns void
language plpgsql as $$
begin
  insert into pipeline.outbox (kind, job_id, job_variants_id) values (event_kind, job, variant);
  if event_kind = 'variant' then
    update pipeline.runs set history = false where job_variants_id = variant and history;
  elsif event_kind = 'job' then
    update pipeline.jobs set history = false where job_id = job and history;
  end if;
  perform pg_notify('pipeline_wake', '');
end $$;

-- Schema "pipeline": what this system must remember and the contract's tables have no place for.
-- The contract's tables stay as published; a row here hangs on its job or variant and goes with it.

create schema if not exists pipeline;

-- One row: the settings that triggers need, whichever role or program fires them. The server writes them at start.
create table pipeline.settings (
  only_row              boolean primary key default true check (only_row),
  job_min_done_variants integer not null default 1 check (job_min_done_variants > 0),
  -- Older rows are history, not work: the sweep never looks behind this moment.
  adopted_at            timestamptz not null default clock_timestamp()
);
insert into pipeline.settings default values;

-- One row per event, written by the trigger in the writer's own transaction and removed once Temporal knows. Never
-- updated into one another: a second event that folded into a claimed row would be deleted with the first.
create table pipeline.outbox (
  outbox_id       bigint generated always as identity primary key,
  kind            text not null check (kind in ('variant', 'job', 'text')),
  job_variants_id uuid,
  job_id          uuid,
  created_at      timestamptz not null default clock_timestamp(),
  -- Not before: back-off after a failed delivery.
  available_at    timestamptz not null default clock_timestamp(),
  lease_token     uuid,
  lease_until     timestamptz,
  attempts        integer not null default 0,
  last_error      text,
  -- Given up; kept for doctor and dashboard.
  dead_at         timestamptz,
  check ((kind = 'variant') = (job_variants_id is not null))
);
create index outbox_due on pipeline.outbox (available_at, outbox_id) where dead_at is null;

-- The recorded state of a job. The public jobs row is its published copy, because three systems write there.
create table pipeline.jobs (
  -- Deferred, so that a creator may write this row before or after the job's own within one transaction.
  job_id            uuid primary key references public.jobs (job_id) on delete cascade deferrable initially deferred,
  -- Who makes the pictures; null until the bridge sees the job and records the configured default.
  image_generation  text check (image_generation in ('internal', 'external')),
  stage             text,
  status            text check (status in ('queued', 'running', 'done', 'failed')),
  generation        integer not null default 1,
  expected_variants integer,
  -- No more variants will come: YE's closing mark, or a creator who made them all at once.
  closed            boolean not null default false,
  reason            text,
  created_at        timestamptz not null default clock_timestamp(),
  updated_at        timestamptz not null default clock_timestamp()
);

-- One row per variant: its current generation, and the state this system last established.
create table pipeline.runs (
  job_variants_id uuid primary key references public.jobs_variants (job_variants_id) on delete cascade,
  job_id          uuid,
  generation      integer not null default 1,
  -- How the row came in, recorded at first sight: inside, A (the guide) or B (real YE).
  door            text check (door in ('inside', 'A', 'B')),
  -- Our last own write: what a foreign write is compared with, and what a restoration goes back to.
  stage           text,
  status          text,
  picture         uuid,
  -- A workflow has been started for this generation and the row is not settled.
  open            boolean not null default false,
  reason          text,
  opened_at       timestamptz,
  settled_at      timestamptz,
  created_at      timestamptz not null default clock_timestamp(),
  updated_at      timestamptz not null default clock_timestamp()
) with (fillfactor = 70);
create index runs_job_id on pipeline.runs (job_id);

-- The right to perform one stage of one unit (variant or job) in one generation, and what was pinned with it.
-- The newest token is the only one that may finish: an attempt that was believed dead wakes up without it.
create table pipeline.claims (
  unit_id     uuid not null,
  stage       text not null,
  generation  integer not null,
  job_id      uuid not null references public.jobs (job_id) on delete cascade,
  token       uuid not null,
  state       text not null default 'open' check (state in ('open', 'done', 'failed')),
  inputs      jsonb,
  -- Ids of the rows the stage wrote, for the stages that build on them.
  result      jsonb,
  -- Attempts that count as retries: hand-overs, waits and outages do not.
  retries     integer not null default 0,
  -- The same input failed so often; attempts lost with their worker so often.
  failures    integer not null default 0,
  lost        integer not null default 0,
  -- How the last attempt ended, said by the attempt itself; null while one runs or when it was lost.
  last_ending text check (last_ending in ('failed', 'outage', 'busy', 'handed_over')),
  -- Since when the dependency has been away without a break.
  outage_since timestamptz,
  reason      text,
  opened_at   timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  primary key (unit_id, stage, generation)
) with (fillfactor = 70);
create index claims_job_id on pipeline.claims (job_id);

-- Evidence a unit waits for. Committed before the evidence is checked, so that evidence that arrives in between finds it.
create table pipeline.waits (
  unit_id    uuid not null,
  evidence   text not null check (evidence in ('ad_copy_kor', 'ad_copy_eng')),
  generation integer not null,
  job_id     uuid not null references public.jobs (job_id) on delete cascade,
  stage      text not null,
  since      timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  outcome    text,
  primary key (unit_id, evidence, generation)
);
create index waits_open on pipeline.waits (job_id) where settled_at is null;

-- Answers of the stage service by idempotency key: a lease while the work runs, the saved answer once it succeeded.
create table pipeline.answers (
  idempotency_key text primary key,
  job_id          uuid references public.jobs (job_id) on delete cascade,
  endpoint        text not null,
  request_hash    text not null,
  lease_token     uuid not null,
  lease_until     timestamptz not null,
  status_code     integer,
  body            jsonb,
  created_at      timestamptz not null default clock_timestamp(),
  saved_at        timestamptz
);
create index answers_job_id on pipeline.answers (job_id);

-- What detection found on one variant's picture: the contract keeps one yolo_runs row per job, variants are several.
create table pipeline.detection_runs (
  job_variants_id uuid not null references public.jobs_variants (job_variants_id) on delete cascade,
  generation      integer not null,
  image_asset_id  uuid not null,
  mask_url        text not null,
  detection_ids   uuid[] not null,
  created_at      timestamptz not null default clock_timestamp(),
  primary key (job_variants_id, generation)
);

-- What was done to rows outside the plain road, and by whom: restorations, reopenings, operators' orders.
create table pipeline.audit (
  audit_id        bigint generated always as identity primary key,
  at              timestamptz not null default clock_timestamp(),
  actor           text not null,
  action          text not null,
  job_id          uuid,
  job_variants_id uuid,
  before          jsonb,
  after           jsonb,
  note            text
);
create index audit_job_id on pipeline.audit (job_id, at);

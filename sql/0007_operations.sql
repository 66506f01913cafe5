-- What operators may order, and what has to be remembered of it.

-- An order that carries an idempotency key: given again with the same key it is answered again, not carried out again.
create table pipeline.orders (
  actor           text not null,
  idempotency_key text not null,
  action          text not null,
  parameters_hash text not null,
  -- What was decided and committed; the answer follows once its consequences outside the database are seen to.
  decision        jsonb,
  answer          jsonb,
  created_at      timestamptz not null default clock_timestamp(),
  primary key (actor, idempotency_key)
);
create index orders_created_at on pipeline.orders (created_at);

-- What is left to do of a deletion whose rows are gone: files to remove and runs to end. Here only while it is under way.
create table pipeline.deletions (
  job_id       uuid primary key,
  file_urls    text[] not null,
  workflow_ids text[] not null,
  created_at   timestamptz not null default clock_timestamp()
);

-- Inputs of a retry that differ from the job's own, from this generation of the variant on. The job's rows stay as they are.
create table pipeline.edited_inputs (
  job_variants_id uuid not null references public.jobs_variants (job_variants_id) on delete cascade,
  generation      integer not null,
  overlay_text    text,
  tone_style_id   uuid references public.tone_styles (tone_style_id),
  -- Where the dish is on the photo, if the operator says so.
  subject_hint    jsonb,
  created_at      timestamptz not null default clock_timestamp(),
  primary key (job_variants_id, generation)
);

-- Intake that is paused, for one tenant or (null) for all. New work is held in the outbox meanwhile; runs go on.
create table pipeline.pauses (
  tenant_id  varchar(255) unique nulls not distinct,
  actor      text not null,
  note       text,
  created_at timestamptz not null default clock_timestamp()
);
alter table pipeline.outbox add column held_at timestamptz;
create index outbox_held on pipeline.outbox (held_at) where held_at is not null;

-- Who may call the server. Only hashes are kept: a key is shown once, when it is made.
create table pipeline.api_keys (
  key_id       uuid primary key,
  name         text not null,
  key_hash     bytea not null unique,
  scope        text not null check (scope in ('read', 'operate')),
  created_by   text not null,
  created_at   timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create unique index api_keys_name on pipeline.api_keys (name) where revoked_at is null;

-- A browser that has signed in with a key; ends with the key.
create table pipeline.sessions (
  session_hash bytea primary key,
  key_id       uuid not null references pipeline.api_keys (key_id) on delete cascade,
  created_at   timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null
);

create index audit_at on pipeline.audit (at);
create index audit_variant_id on pipeline.audit (job_variants_id, at);

-- A variant has been sent back to work: its job begins anew with it, unless it is finished. A finished job keeps what it
-- published until its own stages are asked for. Call it with the job's row and its pipeline.jobs row locked.
create function pipeline.reopen_job(job uuid) returns void language plpgsql
set pipeline.writer = 'admin' as $$
begin
  update pipeline.claims set state = 'failed', reason = 'a variant was sent back to work', updated_at = clock_timestamp()
   where unit_id = job and state = 'open'
     and exists (select from pipeline.jobs p where p.job_id = job
                  and (p.stage, p.status) is distinct from ('instagram_feed_gen', 'done'));
  update pipeline.jobs
     set stage = null, status = null, generation = generation + 1, reason = null, updated_at = clock_timestamp()
   where job_id = job and stage is not null and (stage, status) is distinct from ('instagram_feed_gen', 'done');
  perform pipeline.aggregate_job(job);
end $$;

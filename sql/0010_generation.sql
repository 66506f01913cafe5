-- The YE part inside: what is made once per photo for all pictures of it, and what that publishes.

-- How a job's pictures are asked for. Written by its creator, together with image_generation.
create function pipeline.is_subject_hint(hint jsonb) returns boolean language sql immutable strict as $$
  select case when jsonb_typeof(hint) <> 'object' then false else coalesce(
    (select array_agg(key order by key) in (array['x', 'y'], array['height', 'width', 'x', 'y'])
            and bool_and(case when jsonb_typeof(value) = 'number' then value::text::numeric between 0 and 1 else false end)
       from jsonb_each(hint))
    and (not hint ? 'width'
         or ((hint ->> 'width')::numeric > 0 and (hint ->> 'x')::numeric + (hint ->> 'width')::numeric <= 1.0001
             and (hint ->> 'height')::numeric > 0 and (hint ->> 'y')::numeric + (hint ->> 'height')::numeric <= 1.0001)),
    false) end
$$;

alter table pipeline.jobs
  -- Where the owner says the dish is on the job's own photo: {x, y} or {x, y, width, height}, shares of the upright photo.
  add column subject_hint jsonb check (pipeline.is_subject_hint(subject_hint)),
  add column picture_format text check (picture_format in ('square', 'portrait', 'story'));

-- One row per photo of a job and generation: the lease of whoever prepares it, then what its variants share.
create table pipeline.prepared_photos (
  job_id          uuid not null references public.jobs (job_id) on delete cascade,
  source_asset_id uuid not null,
  generation      integer not null,
  run_id          uuid not null,
  lease_token     uuid not null,
  lease_until     timestamptz not null,
  -- Pinned when the first attempt began: every attempt sees the same.
  hint            jsonb,
  opened_at       timestamptz not null default clock_timestamp(),
  -- What was found, and where its files are; or why the photo cannot be used, said to every variant alike.
  prepared        jsonb,
  refusal         text,
  saved_at        timestamptz,
  primary key (job_id, source_asset_id, generation),
  check ((saved_at is null) = (prepared is null and refusal is null))
);
-- Not unique, although it is: two variants that come at once would trip over it before the key lets one of them wait.
create index prepared_photos_run_id on pipeline.prepared_photos (run_id);

-- YE's transitions on jobs ---------------------------------------------------------------------------------------------

-- How far a job is on the way to its pictures; null when it is past them or failed and nobody here may move it.
create function pipeline.generation_rank(step text, status text) returns integer language sql immutable as $$
  select case
    when status = 'failed' then null
    when step = 'gen_vlm_analyze' then case when status = 'done' then 2 else 1 end
    when step = 'img_gen' then case when status = 'done' then 4 else 3 end
    when pipeline.step_order(step) > 0 then null
    else 0
  end
$$;

-- Forwards only, and only until the aggregation has taken over. A text of JS that lands in between sets the row back to
-- its own step; the next transition goes over it.
create function pipeline.publish_generation(job uuid, new_step text, new_status text) returns void language sql as $$
  update public.jobs j
     set current_step = new_step, status = new_status, updated_at = clock_timestamp()
   where j.job_id = job
     and pipeline.generation_rank(j.current_step, j.status) < pipeline.generation_rank(new_step, new_status)
     and not exists (select from pipeline.jobs p where p.job_id = job
                     and (p.status in ('done', 'failed') or pipeline.step_order(p.stage) > 0))
$$;

-- The aggregation counts a variant with a finished picture as one at img_gen, still to be done. Once all pictures are
-- made and published as done, that is no reason to say "running" again.
create function pipeline.keep_pictures_done() returns trigger language plpgsql as $$
begin
  return null;
end $$;

create trigger pipeline_keep_pictures_done
  before update on public.jobs
  for each row
  when (old.current_step = 'img_gen' and old.status = 'done' and new.current_step = 'img_gen' and new.status = 'running'
        and pipeline.writer() = 'aggregation')
  execute function pipeline.keep_pictures_done();

-- When pictures are all there ----------------------------------------------------------------------------------------

-- Whether a variant still waits for its picture. Whoever counts holds a lock that every finishing variant takes too, or
-- two that finish at once would each see the other waiting.
create function pipeline.waits_for_picture(variant public.jobs_variants) returns boolean language sql immutable as $$
  select coalesce(variant.status, '') <> 'failed'
     and (variant.current_step = 'user_img_input' or (variant.current_step = 'img_gen' and variant.status <> 'done'))
$$;

-- A run is over when no variant of its photo and generation waits any more. One picture makes it a success.
create function pipeline.settle_gen_run(run uuid) returns void language plpgsql as $$
declare
  photo pipeline.prepared_photos;
  is_over boolean;
  made record;
begin
  perform from public.gen_runs where run_id = run for no key update;
  select * into photo from pipeline.prepared_photos where run_id = run;
  select not exists (
      select from public.jobs_variants v
        join pipeline.runs r using (job_variants_id)
        left join pipeline.claims c on c.unit_id = v.job_variants_id and c.stage = 'img_gen' and c.generation = r.generation
       where v.job_id = photo.job_id and r.generation = photo.generation and pipeline.waits_for_picture(v)
         and coalesce(c.inputs ->> 'source_asset_id', v.img_asset_id::text) = photo.source_asset_id::text)
    into is_over;
  select count(*) as pictures, sum(latency_ms) as latency_ms into made from public.gen_variants where run_id = run;
  update public.gen_runs
     set status = case when not is_over then status when made.pictures > 0 then 'succeeded' else 'failed' end,
         finished_at = case when is_over then clock_timestamp() end,
         latency_ms = coalesce((photo.prepared ->> 'milliseconds')::float8, 0) + coalesce(made.latency_ms, 0)
   where run_id = run;
end $$;

-- `(img_gen, done)` once no variant of the job waits for its picture and at least one has it.
create function pipeline.publish_pictures(job uuid) returns void language plpgsql as $$
begin
  perform from public.jobs where job_id = job for no key update;
  if not exists (select from public.jobs_variants v where v.job_id = job and pipeline.waits_for_picture(v))
     and exists (select from public.jobs_variants v where v.job_id = job and v.status is distinct from 'failed') then
    perform pipeline.publish_generation(job, 'img_gen', 'done');
  end if;
end $$;

-- A variant that fails at its picture may be the last one its run and its siblings' job waited for. Only where pictures
-- are made inside: YE outside says itself when it has made them all.
create function pipeline.picture_failed() returns trigger language plpgsql as $$
begin
  perform pipeline.settle_gen_run(p.run_id) from pipeline.prepared_photos p where p.job_id = new.job_id order by p.run_id;
  if found then
    perform pipeline.publish_pictures(new.job_id);
  end if;
  return null;
end $$;

create trigger pipeline_picture_failed
  after update on public.jobs_variants
  for each row
  when (new.current_step = 'img_gen' and new.status = 'failed' and old.status is distinct from 'failed')
  execute function pipeline.picture_failed();

-- The original stage service as a peer: it knows no claims and no keys, writes its own statuses without a mark, and
-- marks a row failed when it refuses. What it writes to a claimed stage is the claim's own.

-- The stage is performed by a peer. Its row stays where the peer demands it; only this claim says that work is going on.
alter table pipeline.claims add column peer boolean not null default false;

-- What a peer left for a claim: the ids of rows newer than the claim, or null when nothing proves that it finished.
-- `said_done`: its status says so, and then rows are demanded only where that may be untrue: the original swallows the
-- loss of an overlay's, and others write a job's steps as well.
create function pipeline.peer_result(claim pipeline.claims, said_done boolean) returns jsonb
language plpgsql stable as $$
declare
  found_id uuid;
begin
  case claim.stage
    when 'vlm_analyze', 'vlm_judge' then
      select t.vlm_trace_id into found_id from public.vlm_traces t
       where t.job_variants_id = claim.unit_id and t.created_at >= claim.opened_at
         and t.operation_type = case claim.stage when 'vlm_analyze' then 'analyze' else 'judge' end
       order by t.created_at desc limit 1;
      if found_id is not null then return jsonb_build_object('vlm_trace_id', found_id); end if;
    when 'planner' then
      -- It files the proposal under the job's photo, which siblings share: only the answer says for sure whose it is.
      select p.proposal_id into found_id from public.planner_proposals p
       where p.created_at >= claim.opened_at
         and p.image_asset_id in (
           select i.img_asset_id from public.job_inputs i where i.job_id = claim.job_id
           union select v.img_asset_id from public.jobs_variants v where v.job_variants_id = claim.unit_id)
         and not exists (select from pipeline.claims o where o.job_id = claim.job_id and o.stage = 'planner'
                          and o.unit_id <> claim.unit_id and o.result->>'proposal_id' = p.proposal_id::text)
         and (said_done or not exists (
           select from pipeline.claims o where o.job_id = claim.job_id and o.stage = 'planner' and o.state = 'open'
            and o.unit_id <> claim.unit_id))
       order by p.created_at desc limit 1;
      if found_id is not null then return jsonb_build_object('proposal_id', found_id); end if;
    when 'overlay' then
      select o.overlay_id into found_id from public.overlay_layouts o
        join public.jobs_variants v using (job_variants_id)
       where o.job_variants_id = claim.unit_id and o.created_at >= claim.opened_at
         -- The picture is linked last.
         and (said_done or o.layout->'render'->>'asset_id' = v.overlaid_img_asset_id::text)
       order by o.created_at desc limit 1;
      if found_id is not null then return jsonb_build_object('overlay_id', found_id); end if;
      return null;
    when 'ocr_eval', 'readability_eval', 'iou_eval' then
      select e.evaluation_id into found_id from public.evaluations e join public.overlay_layouts o using (overlay_id)
       where o.job_variants_id = claim.unit_id and e.created_at >= claim.opened_at
         and e.evaluation_type = replace(claim.stage, '_eval', '')
       order by e.created_at desc limit 1;
      if found_id is not null then return jsonb_build_object('evaluation_id', found_id); end if;
    when 'ad_copy_gen_kor' then
      -- An earlier copy is written over, its trace is not.
      select t.ad_copy_gen_id into found_id from public.txt_ad_copy_generations t
       where t.job_id = claim.job_id and t.generation_stage = 'eng_to_kor' and t.status = 'done'
         and exists (select from public.llm_traces l where l.job_id = claim.job_id and l.operation_type = 'eng_to_kor'
                      and l.created_at >= claim.opened_at)
       order by t.created_at desc limit 1;
      if found_id is not null then return jsonb_build_object('ad_copy_gen_id', found_id); end if;
      return null;
    when 'instagram_feed_gen' then
      select f.instagram_feed_id into found_id from public.instagram_feeds f
       where f.job_id = claim.job_id and f.created_at >= claim.opened_at
       order by f.created_at desc limit 1;
      if found_id is not null then return jsonb_build_object('instagram_feed_id', found_id); end if;
      return null;
    else
      -- yolo_detect writes its rows and its status in one transaction: the status alone tells.
  end case;
  return case when said_done then '{}'::jsonb end;
end $$;

-- Ends a claim with what its peer left. The caller holds the unit's row.
create function pipeline.finish_peer_claim(claim pipeline.claims, answer jsonb) returns void language plpgsql as $$
begin
  update pipeline.claims set state = 'done', result = answer, reason = null, updated_at = clock_timestamp()
   where unit_id = claim.unit_id and stage = claim.stage and generation = claim.generation;
  if claim.stage in ('ad_copy_gen_kor', 'instagram_feed_gen') then
    update pipeline.jobs set stage = claim.stage, status = 'done', reason = null, updated_at = clock_timestamp()
     where job_id = claim.unit_id;
  end if;
end $$;

-- An unmarked write to a variant while a peer performs one of its stages. A marked `done` ends the claim in the peer's
-- own transaction; a `failed` is provisional and never stands in the row, so nobody counts it; both leave no event.
create function pipeline.peer_wrote_variant() returns trigger language plpgsql as $$
declare
  claim pipeline.claims;
  answer jsonb;
begin
  select c.* into claim
    from pipeline.claims c join pipeline.runs r on r.job_variants_id = c.unit_id and r.generation = c.generation
   where c.unit_id = new.job_variants_id and c.state = 'open' and c.peer
     and (c.stage = new.current_step or (new.status = 'failed' and new.current_step is not distinct from old.current_step));
  if not found or coalesce(new.status, '') not in ('running', 'done', 'failed') then
    return new;
  end if;
  perform set_config('pipeline.writer', 'peer', true);
  if new.status = 'done' then
    answer := pipeline.peer_result(claim, true);
    if answer is not null then
      perform pipeline.finish_peer_claim(claim, answer);
      return new;
    end if;
  elsif new.status = 'running' then
    return new;
  end if;
  new.current_step := old.current_step;
  new.status := old.status;
  return new;
end $$;

create trigger pipeline_peer_trigger
  before update on public.jobs_variants
  for each row
  -- The peer's first write of a transaction marks the rest of it.
  when ((old.current_step, old.status) is distinct from (new.current_step, new.status)
        and coalesce(current_setting('pipeline.writer', true), '') in ('', 'peer'))
  execute function pipeline.peer_wrote_variant();

-- The same for a job; and a planner that stumbles marks its job failed as well, which is no word of YE's.
create function pipeline.peer_wrote_job() returns trigger language plpgsql as $$
declare
  claim pipeline.claims;
  answer jsonb;
begin
  select c.* into claim
    from pipeline.claims c join pipeline.jobs p on p.job_id = c.unit_id and p.generation = c.generation
   where c.unit_id = new.job_id and c.state = 'open' and c.peer
     and (c.stage = new.current_step or (new.status = 'failed' and new.current_step is not distinct from old.current_step));
  if found and new.status = 'done' then
    answer := pipeline.peer_result(claim, true);
    if answer is not null then
      perform set_config('pipeline.writer', 'peer', true);
      perform pipeline.finish_peer_claim(claim, answer);
    end if;
    return new;
  elsif found and new.status = 'failed' then
    perform set_config('pipeline.writer', 'peer', true);
  elsif new.status = 'failed' and new.current_step is not distinct from old.current_step
        and exists (select from pipeline.claims c where c.job_id = new.job_id and c.state = 'open' and c.peer
                     and c.stage = 'planner') then
    perform set_config('pipeline.writer', 'peer', true);
  else
    return new;
  end if;
  new.current_step := old.current_step;
  new.status := old.status;
  return new;
end $$;

create trigger pipeline_peer_trigger
  before update on public.jobs
  for each row
  when ((old.current_step, old.status) is distinct from (new.current_step, new.status)
        and coalesce(current_setting('pipeline.writer', true), '') in ('', 'peer'))
  execute function pipeline.peer_wrote_job();

-- Whether the claimed stage is done, asked before a call (was an earlier one answered to nobody?) and after it. Rows
-- that prove it are enough: the original may lose its last status write, or be killed before it. Marked by the caller.
create function pipeline.settle_peer_claim(unit uuid, claimed_stage text, in_generation integer, claim_token uuid)
returns boolean language plpgsql as $$
declare
  claim pipeline.claims;
  answer jsonb;
  is_job boolean := claimed_stage in ('ad_copy_gen_kor', 'instagram_feed_gen');
begin
  if is_job then
    perform from public.jobs where job_id = unit for no key update;
  else
    perform from public.jobs_variants where job_variants_id = unit for no key update;
  end if;
  select * into claim from pipeline.claims
   where unit_id = unit and stage = claimed_stage and generation = in_generation for update;
  if claim.state = 'done' then
    return true;
  end if;
  if not found or claim.state <> 'open' or claim.token <> claim_token then
    return false;
  end if;
  answer := pipeline.peer_result(claim, false);
  if answer is null then
    return false;
  end if;
  perform pipeline.finish_peer_claim(claim, answer);
  if is_job then
    update public.jobs set current_step = claimed_stage, status = 'done', updated_at = clock_timestamp()
     where job_id = unit;
  else
    update public.jobs_variants set current_step = claimed_stage, status = 'done', updated_at = clock_timestamp()
     where job_variants_id = unit;
  end if;
  return true;
end $$;

import { randomUUID } from 'node:crypto';
import type { ClaimAnswer, Claim, Claims, Ending, StageOrder } from '../../activities/claims.js';
import { INPUT_STEP, isVariantStage, stageAfter, stageBefore, type VariantStage } from '../../workflows/contract.js';
import {
  GRANTED_COLUMNS,
  type GrantedRow,
  RETRY_COUNT,
  releaseClaim,
  SETTLE_WAIT,
  TAKE_TOKEN,
  toClaim,
} from './claim-attempts.js';
import type { Pool } from './pool.js';

export interface VariantClaimPolicy {
  maxLostAttempts: number;
  overlayTextGraceMs: number;
  overlayTextPatienceMs: number;
  /** The stage service is the original's, which demands rows at the previous `done` and writes its own statuses. */
  stagesArePeer?: boolean;
  /** How long a picture that was begun outside is waited for. */
  picturePatienceMs: number;
}

/** What an operator edited for a retry, the newest; it stands before the job's own inputs. */
const edited = (column: 'overlay_text' | 'tone_style_id' | 'picture_format'): string =>
  `(select e.${column} from pipeline.edited_inputs e where e.job_variants_id = v.job_variants_id
     order by e.generation desc limit 1)`;

/** What the picture is to say and lead with, the newest; null for jobs that came without a brief. */
const IDEA = `(select d.idea from pipeline.ideas d where d.job_variants_id = v.job_variants_id order by d.generation desc limit 1)`;
/** What each of the job's pictures leads with, in their order: designs are dealt out among them. */
const KINDS = `(select jsonb_agg(k.idea -> 'kind' order by s.creation_order, s.job_variants_id)
  from jobs_variants s
  join lateral (select d.idea from pipeline.ideas d where d.job_variants_id = s.job_variants_id
                 order by d.generation desc limit 1) k on true
 where s.job_id = v.job_id)`;
const BRAND = `(select jsonb_strip_nulls(jsonb_build_object('colour', b.colour, 'face', b.face, 'logo_url', b.logo_url))
  from jobs j join pipeline.brands b on b.tenant_id = j.tenant_id where j.job_id = v.job_id)`;

/** Request fields beyond the ids, looked up once and pinned with the claim (contract §5.3). `v` is the variant. */
const PINNED_INPUTS: Partial<Record<VariantStage, string>> = {
  // A picture that was generated before goes back to the photo it was made of.
  img_gen: `jsonb_build_object(
    'source_asset_id', coalesce(
      (select g.src_asset_id from gen_variants n join gen_runs g using (run_id) where n.bg_asset_id = v.img_asset_id limit 1),
      v.img_asset_id),
    'variant_index', (select count(*) from jobs_variants s where s.job_id = v.job_id
       and (s.creation_order, s.job_variants_id) <= (v.creation_order, v.job_variants_id)),
    'variant_count', (select count(*) from jobs_variants s where s.job_id = v.job_id),
    'format', coalesce(${edited('picture_format')}, (select j.picture_format from pipeline.jobs j where j.job_id = v.job_id), 'square'),
    'tone_style_id', ${edited('tone_style_id')},
    'idea', ${IDEA}, 'kinds', ${KINDS}, 'brand', ${BRAND})`,
  overlay: `jsonb_build_object(
    'text', coalesce(${edited('overlay_text')}, ${IDEA} -> 'texts' ->> 'headline',
      (select t.ad_copy_kor from txt_ad_copy_generations t
        where t.job_id = v.job_id and t.generation_stage = 'ad_copy_kor' and t.status = 'done' and t.ad_copy_kor <> ''
        order by t.created_at desc limit 1),
      (select i.desc_kor from job_inputs i where i.job_id = v.job_id)),
    'proposal_id', coalesce(
      (select c.result->>'proposal_id' from pipeline.claims c
        where c.unit_id = v.job_variants_id and c.stage = 'planner' and c.state = 'done' order by c.generation desc limit 1),
      (select p.proposal_id::text from planner_proposals p
        where p.image_asset_id = v.img_asset_id order by p.created_at desc limit 1)),
    'x_align', 'center', 'y_align', 'top')
    -- Ours alone: a stage service that knows only a headline is sent one.
    || jsonb_strip_nulls(jsonb_build_object('texts', ${IDEA} -> 'texts', 'headline_scale', ${IDEA} -> 'headlineScale',
                                            'logo_url', ${BRAND} -> 'logo_url'))`,
};
const OVERLAY_OF_VARIANT = `jsonb_build_object('overlay_id',
  (select o.overlay_id from overlay_layouts o where o.job_variants_id = v.job_variants_id order by o.created_at desc limit 1))`;
for (const stage of ['vlm_judge', 'ocr_eval', 'readability_eval', 'iou_eval'] as const)
  PINNED_INPUTS[stage] = OVERLAY_OF_VARIANT;

/** Korean text for the overlay: the copy, or after the grace the shop's own description. `$6` is the grace in ms. */
const OVERLAY_TEXT_IS_THERE = `(
  ${edited('overlay_text')} is not null
  or ${IDEA} is not null
  or exists (select from txt_ad_copy_generations t
           where t.job_id = v.job_id and t.generation_stage = 'ad_copy_kor' and t.status = 'done' and t.ad_copy_kor <> '')
  or (exists (select from job_inputs i where i.job_id = v.job_id and i.desc_kor <> '')
      and exists (select from pipeline.waits w
                   where w.unit_id = v.job_variants_id and w.evidence = 'ad_copy_kor' and w.generation = $3
                     and w.since + $6 * interval '1 ms' <= clock_timestamp())))`;

/** Nobody outside is at work on the picture, or they have had their time. `$6` is that time in ms. */
const PICTURE_IS_FREE = `(
  v.status <> 'running' or (r.stage, r.status) is not distinct from ('img_gen', 'running')
  or exists (select from pipeline.waits w
              where w.unit_id = v.job_variants_id and w.evidence = 'picture' and w.generation = $3
                and w.since + $6 * interval '1 ms' <= clock_timestamp()))`;

/** What must be there beyond the row itself. */
const EVIDENCE: Partial<Record<VariantStage, string>> = { img_gen: PICTURE_IS_FREE, overlay: OVERLAY_TEXT_IS_THERE };

/** Step, status and retry_count of a row whose claim is granted. */
const claimedState = (stage: VariantStage, byPeer: boolean): string => {
  if (!byPeer) return `$2, 'running', ${RETRY_COUNT}`;
  // A peer demands the previous `done`. Its first stage demands nothing, and the row says that it was accepted.
  return stage === 'vlm_analyze' ? `$2, 'queued', ${RETRY_COUNT}` : `$5, 'done', ${RETRY_COUNT}`;
};

/** A peer's row mostly stands there already; written again, it would be announced again. */
const unlessItStandsThere = (stage: VariantStage, byPeer: boolean): string =>
  byPeer ? `and (v.current_step, v.status, v.retry_count) is distinct from (${claimedState(stage, byPeer)})` : '';

const claimStatement = (stage: VariantStage, byPeer: boolean): string => `
with target as (
  select v.job_variants_id, v.job_id, ${PINNED_INPUTS[stage] ?? `'{}'::jsonb`} as inputs
    from jobs_variants v join pipeline.runs r using (job_variants_id)
   where v.job_variants_id = $1
     and r.generation = $3
     and ((v.current_step = $2 and v.status in ('queued', 'running')) or (v.current_step = $5 and v.status = 'done'))
     and not exists (select from pipeline.claims c
                      where c.unit_id = $1 and c.stage = $2 and c.generation = $3
                        and (c.state <> 'open' or c.lost >= $7))
     and ${EVIDENCE[stage] ?? '$6::numeric is not null'}
     for no key update of v, r
), claimed as (
  insert into pipeline.claims as c (unit_id, stage, generation, job_id, token, inputs, peer)
  select job_variants_id, $2, $3, job_id, $4, inputs, ${byPeer} from target${TAKE_TOKEN}
), waited as (${SETTLE_WAIT}
), marked as (
  update jobs_variants v
     set (current_step, status, retry_count, updated_at) = (${claimedState(stage, byPeer)}, clock_timestamp())
    from claimed where v.job_variants_id = claimed.unit_id ${unlessItStandsThere(stage, byPeer)}
)
select ${GRANTED_COLUMNS} from claimed join jobs j using (job_id)`;

/** Where a variant is, and what the database knows of the stage somebody wanted to claim. */
interface Whereabouts {
  step: string;
  status: string;
  generation: number;
  claim_state: 'open' | 'done' | 'failed' | null;
  lost: number | null;
  has_description: boolean;
}

const whereabouts = async (pool: Pool, unitId: string, stage: VariantStage): Promise<Whereabouts | undefined> => {
  const { rows } = await pool.query<Whereabouts>(
    `select v.current_step as step, v.status, coalesce(r.generation, 1) as generation, c.state as claim_state, c.lost,
            exists (select from job_inputs i where i.job_id = v.job_id and i.desc_kor <> '') as has_description
       from jobs_variants v
       left join pipeline.runs r using (job_variants_id)
       left join pipeline.claims c on c.unit_id = v.job_variants_id and c.stage = $2 and c.generation = r.generation
      where v.job_variants_id = $1`,
    [unitId, stage],
  );
  return rows[0];
};

/** The stage that a row's state asks for; undefined when it asks for none. */
export const stageCalledFor = (step: string, status: string): VariantStage | undefined => {
  if (step === INPUT_STEP) return status === 'done' ? 'img_gen' : undefined;
  if (!isVariantStage(step)) return undefined;
  if (status === 'queued' || status === 'running') return step;
  return status === 'done' ? stageAfter(step) : undefined;
};

/** Writes `(stage, failed)` for an unsettled variant, without a claim of one's own; an open claim is closed with it. */
export async function failVariant(pool: Pool, order: StageOrder, stage: VariantStage, reason: string): Promise<void> {
  await pool.query(
    `with target as (
       select v.job_variants_id from jobs_variants v join pipeline.runs r using (job_variants_id)
        where v.job_variants_id = $1 and r.generation = $3 and not pipeline.is_settled(v.current_step, v.status)
          for no key update of v, r
     ), closed as (
       update pipeline.claims c set state = 'failed', reason = $4, updated_at = clock_timestamp() from target
        where c.unit_id = target.job_variants_id and c.generation = $3 and c.state = 'open'
     ), waited as (
       update pipeline.waits w set settled_at = clock_timestamp(), outcome = $4 from target
        where w.unit_id = target.job_variants_id and w.settled_at is null
     ), noted as (
       update pipeline.runs r set reason = $4, updated_at = clock_timestamp() from target
        where r.job_variants_id = target.job_variants_id
     )
     update jobs_variants v set current_step = $2, status = 'failed', updated_at = clock_timestamp()
       from target where v.job_variants_id = target.job_variants_id`,
    [order.unitId, stage, order.generation, reason],
  );
}

/** Claims on variants: `jobs_variants`, their `pipeline.runs` and `pipeline.claims`. */
export function createVariantClaims(pool: Pool, policy: VariantClaimPolicy): Claims<VariantStage> {
  /** The picture is made here in any case. */
  const isPeers = (stage: VariantStage): boolean => (policy.stagesArePeer ?? false) && stage !== 'img_gen';

  const tryClaim = async (order: StageOrder, stage: VariantStage, token: string): Promise<Claim | undefined> => {
    const { rows } = await pool.query<GrantedRow>(claimStatement(stage, isPeers(stage)), [
      order.unitId,
      stage,
      order.generation,
      token,
      stageBefore(stage) ?? INPUT_STEP,
      stage === 'img_gen' ? policy.picturePatienceMs : policy.overlayTextGraceMs,
      policy.maxLostAttempts,
    ]);
    const row = rows[0];
    return row && toClaim(order, stage, token, row);
  };

  /** The row stays at its last done; the wait is committed before the evidence is looked for once more. */
  const waitForText = async (order: StageOrder, hasDescription: boolean): Promise<ClaimAnswer<VariantStage>> => {
    const { rows } = await pool.query<{ waited_ms: number }>(
      `insert into pipeline.waits as w (unit_id, evidence, generation, job_id, stage)
       values ($1, 'ad_copy_kor', $2, $3, 'overlay')
       on conflict (unit_id, evidence, generation) do update set settled_at = null, outcome = null
       returning extract(epoch from clock_timestamp() - w.since)::float8 * 1000 as waited_ms`,
      [order.unitId, order.generation, order.jobId],
    );
    const waitedMs = rows[0]?.waited_ms ?? 0;
    const claim = await tryClaim(order, 'overlay', randomUUID());
    if (claim) return { kind: 'granted', claim };
    const limitMs = hasDescription ? policy.overlayTextGraceMs : policy.overlayTextPatienceMs;
    if (waitedMs < limitMs) return { kind: 'wait', evidence: 'ad_copy_kor', waitMs: Math.ceil(limitMs - waitedMs) };
    const reason = `no Korean text (ad_copy_kor) arrived within ${Math.round(policy.overlayTextPatienceMs / 1000)} s`;
    await claims.failUnclaimed(order, 'overlay', reason);
    return { kind: 'over', reason };
  };

  /**
   * The row was set back behind what this system recorded of it in this generation: put it back, as the bridge would.
   * A run that followed it there would do stages again whose claims are used up. Undefined when it is not behind.
   */
  const putBack = async (order: StageOrder): Promise<ClaimAnswer<VariantStage> | undefined> => {
    const { rows } = await pool.query<{ step: string; status: string }>(
      `with behind as (
         select v.job_variants_id, v.job_id, v.current_step, v.status, r.stage as recorded_step, r.status as recorded_status
           from jobs_variants v join pipeline.runs r using (job_variants_id)
          where v.job_variants_id = $1 and r.generation = $2
            and pipeline.progress(v.current_step, v.status) < pipeline.progress(r.stage, r.status)
            for no key update of v, r
       ), noted as (
         insert into pipeline.audit (actor, action, job_id, job_variants_id, before, after)
         select 'worker', 'restored', job_id, job_variants_id,
                jsonb_build_object('step', current_step, 'status', status),
                jsonb_build_object('step', recorded_step, 'status', recorded_status) from behind
       )
       update jobs_variants v
          set current_step = behind.recorded_step, status = behind.recorded_status, updated_at = clock_timestamp()
         from behind where v.job_variants_id = behind.job_variants_id
       returning v.current_step as step, v.status`,
      [order.unitId, order.generation],
    );
    const row = rows[0];
    if (!row) return undefined;
    const next = stageCalledFor(row.step, row.status);
    return next
      ? { kind: 'continue', stage: next, generation: order.generation }
      : { kind: 'over', reason: `settled at (${row.step}, ${row.status})` };
  };

  /** Whoever began the picture outside may finish it; the time for that begins anew with each beginning. */
  const waitForPicture = async (order: StageOrder): Promise<ClaimAnswer<VariantStage>> => {
    const { rows } = await pool.query<{ waited_ms: number }>(
      `insert into pipeline.waits as w (unit_id, evidence, generation, job_id, stage)
       values ($1, 'picture', $2, $3, 'img_gen')
       on conflict (unit_id, evidence, generation) do update
         set since = case when w.settled_at is null then w.since else clock_timestamp() end,
             settled_at = null, outcome = null
       returning extract(epoch from clock_timestamp() - w.since)::float8 * 1000 as waited_ms`,
      [order.unitId, order.generation, order.jobId],
    );
    const waitMs = Math.max(1, Math.ceil(policy.picturePatienceMs - (rows[0]?.waited_ms ?? 0)));
    return { kind: 'wait', evidence: 'picture', waitMs };
  };

  /** Closes claims that the row has gone past without them: a foreign hand carried it on, or ended it. */
  const closePassed = (order: StageOrder): Promise<unknown> =>
    pool.query(
      `update pipeline.claims c
          set state = case when v.status = 'failed' then 'failed' else 'done' end,
              reason = format('a foreign hand left the row at (%s, %s)', v.current_step, v.status),
              updated_at = clock_timestamp()
         from jobs_variants v
        where v.job_variants_id = $1 and c.unit_id = $1 and c.generation = $2 and c.state = 'open'
          and (v.status = 'failed' or pipeline.step_order(v.current_step) > pipeline.step_order(c.stage)
               or (v.current_step = c.stage and v.status = 'done'))`,
      [order.unitId, order.generation],
    );

  const afterRefusal = async (order: StageOrder, stage: VariantStage): Promise<ClaimAnswer<VariantStage>> => {
    await closePassed(order);
    const row = await whereabouts(pool, order.unitId, stage);
    if (!row) return { kind: 'over', reason: 'the variant no longer exists' };
    const next = stageCalledFor(row.step, row.status);
    if (row.generation !== order.generation) {
      return next
        ? { kind: 'continue', stage: next, generation: row.generation }
        : { kind: 'over', reason: `reopened and settled again at (${row.step}, ${row.status})` };
    }
    const restored = await putBack(order);
    if (restored) return restored;
    if (row.step === stage && row.status === 'done') return { kind: 'done' };
    if (row.lost !== null && row.lost >= policy.maxLostAttempts && row.claim_state === 'open') {
      const reason = `${stage} was lost with its worker ${row.lost} times`;
      await claims.failUnclaimed(order, stage, reason);
      return { kind: 'over', reason };
    }
    if (stage === 'img_gen' && next === 'img_gen' && row.status === 'running') return waitForPicture(order);
    if (stage === 'overlay' && next === 'overlay') return waitForText(order, row.has_description);
    if (next && next !== stage) return { kind: 'continue', stage: next, generation: row.generation };
    return { kind: 'over', reason: `nothing to do at (${row.step}, ${row.status})` };
  };

  const claims: Claims<VariantStage> = {
    async claim(order, stage) {
      const claim = await tryClaim(order, stage, randomUUID());
      return claim ? { kind: 'granted', claim } : afterRefusal(order, stage);
    },

    release: (claim: Claim, ending: Ending, reason: string) => releaseClaim(pool, claim, ending, reason),

    async fail(claim, reason) {
      const { rowCount } = await pool.query(
        `with locked as (
           select job_variants_id from jobs_variants where job_variants_id = $1 for no key update
         ), closed as (
           update pipeline.claims c set state = 'failed', reason = $4, updated_at = clock_timestamp()
             from locked
            where c.unit_id = locked.job_variants_id and c.token = $3 and c.state = 'open'
           returning c.unit_id
         ), noted as (
           update pipeline.runs r set reason = $4, updated_at = clock_timestamp() from closed
            where r.job_variants_id = closed.unit_id
         )
         update jobs_variants v set current_step = $2, status = 'failed', updated_at = clock_timestamp()
           from closed where v.job_variants_id = closed.unit_id`,
        [claim.unitId, claim.stage, claim.token, reason],
      );
      return rowCount === 1;
    },

    failUnclaimed: (order, stage, reason) => failVariant(pool, order, stage, reason),

    async findWork(unitId) {
      const row = await whereabouts(pool, unitId, 'img_gen');
      const stage = row && stageCalledFor(row.step, row.status);
      return stage ? { stage, generation: row.generation } : null;
    },
  };
  return claims;
}

import { randomUUID } from 'node:crypto';
import type { Claim, ClaimAnswer, Claims, StageOrder } from '../../activities/claims.js';
import { isJobStage, JOB_STAGES, type JobStage } from '../../workflows/contract.js';
import {
  GRANTED_COLUMNS,
  type GrantedRow,
  RETRY_COUNT,
  releaseClaim,
  SETTLE_WAIT,
  TAKE_TOKEN,
  toClaim,
} from './claim-attempts.js';
import { inTransaction, type Pool } from './pool.js';

/** The state a job must be in, as recorded, for a stage to begin. */
const READY_STEP: Record<JobStage, string> = { ad_copy_gen_kor: 'iou_eval', instagram_feed_gen: 'ad_copy_gen_kor' };

/** SQL: the job named by this expression has English copy to translate. */
export const englishCopyIsThere = (jobId: string): string => `exists (
  select from txt_ad_copy_generations t
   where t.job_id = ${jobId} and t.status = 'done'
     and ((t.generation_stage = 'refined_ad_copy' and t.refined_ad_copy_eng <> '')
          or (t.generation_stage = 'ad_copy_eng' and t.ad_copy_eng <> '')))`;
const ENGLISH_COPY_IS_THERE = englishCopyIsThere('$1');

// The recorded state in pipeline.jobs decides; the public row is its published copy, whatever stands there.
const claimStatement = (byPeer: boolean): string => `
with job as (
  select job_id, tenant_id from jobs where job_id = $1 for no key update
), target as (
  select p.job_id from pipeline.jobs p join job using (job_id)
   where p.generation = $3
     and ((p.stage = $2 and p.status in ('queued', 'running')) or (p.stage = $5 and p.status = 'done'))
     and not exists (select from pipeline.claims c
                      where c.unit_id = $1 and c.stage = $2 and c.generation = $3
                        and (c.state <> 'open' or c.lost >= $6))
     and ${ENGLISH_COPY_IS_THERE}
     for no key update of p
), claimed as (
  insert into pipeline.claims as c (unit_id, stage, generation, job_id, token, inputs, peer)
  select job_id, $2, $3, job_id, $4, '{}', ${byPeer} from target${TAKE_TOKEN}
), waited as (${SETTLE_WAIT}
), recorded as (
  update pipeline.jobs p set stage = $2, status = 'running', reason = null, updated_at = clock_timestamp()
    from claimed where p.job_id = claimed.unit_id
), published as (
  update jobs j
     -- A peer writes no running of its own: the row stays at the previous done, and the record alone says running.
     set ${byPeer ? `current_step = $5, status = 'done'` : `current_step = $2, status = 'running'`},
         updated_at = clock_timestamp(),
         retry_count = ${RETRY_COUNT}
    from claimed where j.job_id = claimed.unit_id
)
select ${GRANTED_COLUMNS} from claimed join job j using (job_id)`;

interface Whereabouts {
  stage: string | null;
  status: string | null;
  generation: number;
  lost: number | null;
  has_copy: boolean;
  awaits_siblings: boolean;
}

const whereabouts = async (pool: Pool, jobId: string, stage: JobStage): Promise<Whereabouts | undefined> => {
  const { rows } = await pool.query<Whereabouts>(
    `select p.stage, p.status, p.generation, c.lost, ${ENGLISH_COPY_IS_THERE} as has_copy,
            pipeline.awaits_siblings(p.job_id) as awaits_siblings
       from pipeline.jobs p
       left join pipeline.claims c
         on c.unit_id = p.job_id and c.stage = $2 and c.generation = p.generation and c.state = 'open'
      where p.job_id = $1`,
    [jobId, stage],
  );
  return rows[0];
};

/** The stage that a job's recorded state asks for; undefined when it asks for none. */
export const jobStageCalledFor = (stage: string | null, status: string | null): JobStage | undefined => {
  if (stage === 'iou_eval') return status === 'done' ? 'ad_copy_gen_kor' : undefined;
  if (!stage || !isJobStage(stage)) return undefined;
  if (status === 'queued' || status === 'running') return stage;
  return status === 'done' ? JOB_STAGES[JOB_STAGES.indexOf(stage) + 1] : undefined;
};

/** Writes `(stage, failed)` for a job that is not finished, without a claim of one's own; an open claim is closed with it. */
export async function failJob(pool: Pool, order: StageOrder, stage: JobStage, reason: string): Promise<void> {
  await pool.query(
    `with job as (
       select job_id from jobs where job_id = $1 for no key update
     ), target as (
       select p.job_id from pipeline.jobs p join job using (job_id)
        where p.generation = $3 and p.status is distinct from 'failed'
          and (p.stage, p.status) is distinct from ('instagram_feed_gen', 'done')
          for no key update of p
     ), closed as (
       update pipeline.claims c set state = 'failed', reason = $4, updated_at = clock_timestamp() from target
        where c.unit_id = target.job_id and c.generation = $3 and c.state = 'open'
     ), recorded as (
       update pipeline.jobs p set stage = $2, status = 'failed', reason = $4, updated_at = clock_timestamp()
         from target where p.job_id = target.job_id
     )
     update jobs j set current_step = $2, status = 'failed', updated_at = clock_timestamp()
       from target where j.job_id = target.job_id`,
    [order.unitId, stage, order.generation, reason],
  );
}

export interface JobClaimPolicy {
  maxLostAttempts: number;
  stagesArePeer?: boolean;
  /** How long after its last variant a job of Door B waits for another. */
  siblingsPatienceMs: number;
}

/** Claims on jobs: `pipeline.jobs`, its published copy in `jobs`, and `pipeline.claims`. */
export function createJobClaims(pool: Pool, policy: JobClaimPolicy): Claims<JobStage> {
  const tryClaim = async (order: StageOrder, stage: JobStage): Promise<Claim | undefined> => {
    const token = randomUUID();
    const { rows } = await pool.query<GrantedRow>(claimStatement(policy.stagesArePeer ?? false), [
      order.unitId,
      stage,
      order.generation,
      token,
      READY_STEP[stage],
      policy.maxLostAttempts,
    ]);
    const row = rows[0];
    return row && toClaim(order, stage, token, row);
  };

  /** A job without English copy is finished as far as it goes; the copy's arrival starts the next run. */
  const restWithoutCopy = async (order: StageOrder, stage: JobStage): Promise<ClaimAnswer<JobStage>> => {
    const reason = 'rests until English copy (ad_copy_eng) arrives';
    await pool.query(
      `with wait as (
         insert into pipeline.waits (unit_id, evidence, generation, job_id, stage) values ($1, 'ad_copy_eng', $2, $1, $3)
         on conflict (unit_id, evidence, generation) do update set settled_at = null, outcome = null)
       update pipeline.jobs set reason = $4, updated_at = clock_timestamp() where job_id = $1 and generation = $2`,
      [order.unitId, order.generation, stage, reason],
    );
    const claim = await tryClaim(order, stage);
    return claim ? { kind: 'granted', claim } : { kind: 'over', reason };
  };

  /** YE makes variants one by one and may still be at it; that it says so no more is noticed by the clock alone. */
  const waitForSiblings = async (order: StageOrder, stage: JobStage): Promise<ClaimAnswer<JobStage>> => {
    const { rows } = await pool.query<{ waited_ms: number }>(
      `insert into pipeline.waits as w (unit_id, evidence, generation, job_id, stage) values ($1, 'siblings', $2, $1, $3)
       on conflict (unit_id, evidence, generation) do update set settled_at = null, outcome = null
       returning (select extract(epoch from clock_timestamp() - coalesce(max(r.settled_at), w.since))::float8 * 1000
                    from pipeline.runs r where r.job_id = $1) as waited_ms`,
      [order.unitId, order.generation, stage],
    );
    const waitMs = Math.ceil(policy.siblingsPatienceMs - (rows[0]?.waited_ms ?? 0));
    if (waitMs > 0) return { kind: 'wait', evidence: 'siblings', waitMs };
    await closeSet(order);
    const claim = await tryClaim(order, stage);
    return claim ? { kind: 'granted', claim } : { kind: 'continue', stage, generation: order.generation };
  };

  /** Takes the variants there are for all, unless another has come or the mark is there after all. */
  const closeSet = (order: StageOrder): Promise<void> =>
    inTransaction(pool, async (db) => {
      await db.query('select from jobs where job_id = $1 for no key update', [order.unitId]);
      const reason = `no closing mark within ${Math.round(policy.siblingsPatienceMs / 1000)} s of the last variant`;
      const { rowCount } = await db.query(
        `with closed as (
           update pipeline.jobs set closed = true, updated_at = clock_timestamp()
            where job_id = $1 and pipeline.awaits_siblings($1) returning job_id
         ), noted as (
           insert into pipeline.audit (actor, action, job_id, note) select 'worker', 'closed', job_id, $2 from closed
         )
         update pipeline.waits w set settled_at = clock_timestamp(), outcome = $2
           from closed where w.unit_id = closed.job_id and w.evidence = 'siblings' and w.settled_at is null`,
        [order.unitId, reason],
      );
      if (rowCount) await db.query('select pipeline.aggregate_job($1)', [order.unitId]);
    });

  const claims: Claims<JobStage> = {
    async claim(order, stage) {
      const claim = await tryClaim(order, stage);
      if (claim) return { kind: 'granted', claim };
      const job = await whereabouts(pool, order.unitId, stage);
      if (!job) return { kind: 'over', reason: 'the job no longer exists' };
      const next = jobStageCalledFor(job.stage, job.status);
      if (job.generation !== order.generation) {
        return next
          ? { kind: 'continue', stage: next, generation: job.generation }
          : { kind: 'over', reason: `reopened; now at (${job.stage}, ${job.status})` };
      }
      if (job.stage === stage && job.status === 'done') return { kind: 'done' };
      if (job.lost !== null && job.lost >= policy.maxLostAttempts) {
        const reason = `${stage} was lost with its worker ${job.lost} times`;
        await claims.failUnclaimed(order, stage, reason);
        return { kind: 'over', reason };
      }
      if (job.awaits_siblings) return waitForSiblings(order, stage);
      if (next === stage && !job.has_copy) return restWithoutCopy(order, stage);
      if (next && next !== stage) return { kind: 'continue', stage: next, generation: job.generation };
      return { kind: 'over', reason: `nothing to do at (${job.stage}, ${job.status})` };
    },

    release: (claim, ending, reason) => releaseClaim(pool, claim, ending, reason),

    async fail(claim, reason) {
      const { rowCount } = await pool.query(
        `with job as (
           select job_id from jobs where job_id = $1 for no key update
         ), closed as (
           update pipeline.claims c set state = 'failed', reason = $4, updated_at = clock_timestamp()
             from job
            where c.unit_id = job.job_id and c.token = $3 and c.state = 'open'
           returning c.unit_id
         ), recorded as (
           update pipeline.jobs p set stage = $2, status = 'failed', reason = $4, updated_at = clock_timestamp()
             from closed where p.job_id = closed.unit_id
         )
         update jobs j set current_step = $2, status = 'failed', updated_at = clock_timestamp()
           from closed where j.job_id = closed.unit_id`,
        [claim.unitId, claim.stage, claim.token, reason],
      );
      return rowCount === 1;
    },

    failUnclaimed: (order, stage, reason) => failJob(pool, order, stage, reason),

    async findWork(unitId) {
      const job = await whereabouts(pool, unitId, 'ad_copy_gen_kor');
      const stage = job && jobStageCalledFor(job.stage, job.status);
      return stage ? { stage, generation: job.generation } : null;
    },
  };
  return claims;
}

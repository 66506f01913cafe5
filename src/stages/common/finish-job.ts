import type { JobStage } from '../../../workflows/contract.js';
import { inTransaction, type Pool, type PoolClient } from '../../db/pool.js';
import { type Authority, OPEN_CLAIM_OF_JOB } from './authority.js';
import type { Effect } from './effect.js';
import type { Lease } from './lease.js';
import { conflict } from './refusal.js';
import type { JobUnit } from './units.js';

interface Finish {
  stage: JobStage;
  unit: JobUnit;
  authority: Authority;
  lease: Lease;
  keepAnswer: boolean;
  effect: Effect;
}

/**
 * The one transaction of a job stage. Locks the job, then its recorded state; both say `done` afterwards.
 * @throws Refusal 409 when the right to write was lost meanwhile; then nothing is written.
 */
export async function finishJobStage(pool: Pool, finish: Finish): Promise<void> {
  const { stage, unit, authority, lease, keepAnswer, effect } = finish;
  await inTransaction(pool, async (client) => {
    if (authority.kind === 'claim') await client.query(`set local pipeline.writer = 'stages'`);
    const published = await lockJob(client, unit.jobId);
    if (authority.kind === 'claim') await confirmClaim(client, finish, authority.generation, published);
    else await confirmUnchanged(client, unit, published);
    await lease.confirm(client);

    await effect.write(client);
    if (authority.kind === 'claim') await recordClaimed(client, finish, authority.generation);
    else await recordOwn(client, unit.jobId, stage);
    const { rowCount } = await client.query(
      `update jobs set current_step = $2, status = 'done', updated_at = clock_timestamp() where job_id = $1`,
      [unit.jobId, stage],
    );
    if (rowCount !== 1) throw conflict('The job could not be marked done; nothing was written');
    if (keepAnswer) await lease.save(client, effect.answer);
    else await lease.forget(client);
  });
}

interface PublishedState {
  current_step: string | null;
  status: string | null;
}

async function lockJob(client: PoolClient, jobId: string): Promise<PublishedState> {
  const { rows } = await client.query<PublishedState>(
    'select current_step, status from jobs where job_id = $1 for no key update',
    [jobId],
  );
  if (!rows[0]) throw conflict('The job was removed meanwhile');
  return rows[0];
}

async function confirmClaim(
  client: PoolClient,
  { stage, unit }: Finish,
  generation: number,
  published: PublishedState,
): Promise<void> {
  const { rowCount } = await client.query(
    `select from pipeline.jobs p join pipeline.claims c on c.unit_id = p.job_id and c.generation = p.generation
      where p.job_id = $1 and p.stage = $2 and p.status = 'running'
        and c.stage = $2 and c.generation = $3 and c.state = 'open'
        for update of p, c`,
    [unit.jobId, stage, generation],
  );
  if (!rowCount)
    throw conflict(`The claim on ${stage} (generation ${generation}) is no longer open; nothing was written`);
  if (published.current_step === stage && published.status === 'running') return;
  await client.query(
    `insert into pipeline.audit (actor, action, job_id, before, after, note)
     values ('stages', 'restored', $1, $2, $3, 'a foreign write had changed the published row while the stage was at work')`,
    [
      unit.jobId,
      JSON.stringify({ step: published.current_step, status: published.status }),
      JSON.stringify({ step: stage, status: 'done' }),
    ],
  );
}

async function confirmUnchanged(client: PoolClient, unit: JobUnit, published: PublishedState): Promise<void> {
  if (published.current_step !== unit.step || published.status !== unit.status) {
    throw conflict(
      `The job changed from (${unit.step}, ${unit.status}) to (${published.current_step}, ${published.status}) meanwhile; nothing was written`,
    );
  }
  const { rowCount } = await client.query(OPEN_CLAIM_OF_JOB, [unit.jobId]);
  if (rowCount) throw conflict('The pipeline has begun to work on this job; nothing was written');
}

async function recordClaimed(client: PoolClient, { stage, unit, effect }: Finish, generation: number): Promise<void> {
  await client.query(
    `update pipeline.jobs set stage = $2, status = 'done', reason = null, updated_at = clock_timestamp() where job_id = $1`,
    [unit.jobId, stage],
  );
  await client.query(
    `update pipeline.claims set state = 'done', result = $4, reason = null, updated_at = clock_timestamp()
      where unit_id = $1 and stage = $2 and generation = $3`,
    [unit.jobId, stage, generation, JSON.stringify(effect.result ?? {})],
  );
}

/**
 * A call by hand moves the recorded state only where the job's own stages are due; while variants are still on their
 * way the recorded state stands, and the published row is put right by the next variant. Going back from a settled
 * state is a new generation, so that the stages after this one run again.
 */
async function recordOwn(client: PoolClient, jobId: string, stage: JobStage): Promise<void> {
  await client.query(
    `update pipeline.jobs
        set generation = generation
              + (status = 'failed' or (stage = 'instagram_feed_gen' and status = 'done' and $2 <> 'instagram_feed_gen'))::integer,
            stage = $2, status = 'done', reason = null, updated_at = clock_timestamp()
      where job_id = $1
        and ((stage = 'iou_eval' and status = 'done') or stage in ('ad_copy_gen_kor', 'instagram_feed_gen'))`,
    [jobId, stage],
  );
}

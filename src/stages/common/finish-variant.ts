import type { ServiceVariantStage } from '../../../workflows/contract.js';
import { inTransaction, type Pool, type PoolClient } from '../../db/pool.js';
import { type Authority, OPEN_RUN_OF_VARIANT } from './authority.js';
import type { Effect } from './effect.js';
import type { Lease } from './lease.js';
import { conflict } from './refusal.js';
import type { VariantUnit } from './units.js';

interface Finish {
  stage: ServiceVariantStage;
  unit: VariantUnit;
  authority: Authority;
  lease: Lease;
  /** Whether equal calls are to be answered again with this answer. */
  keepAnswer: boolean;
  effect: Effect;
}

/**
 * The one transaction of a variant stage: its rows, its `done`, its claim and its saved answer.
 * Locks in the order of the whole system: variant, its pipeline rows, then (by the deferred trigger) the job.
 * @throws Refusal 409 when the right to write was lost meanwhile; then nothing is written.
 */
export async function finishVariantStage(pool: Pool, finish: Finish): Promise<void> {
  const { stage, unit, authority, lease, keepAnswer, effect } = finish;
  await inTransaction(pool, async (client) => {
    if (authority.kind === 'claim') await client.query(`set local pipeline.writer = 'stages'`);
    const found = await lockVariant(client, unit.variantId);
    if (authority.kind === 'claim') await confirmClaim(client, finish, authority.generation, found);
    else await confirmUnchanged(client, unit, found);
    await lease.confirm(client);

    await effect.write(client);
    const { rowCount } = await client.query(
      `update jobs_variants
          set current_step = $2, status = 'done', updated_at = clock_timestamp(),
              overlaid_img_asset_id = coalesce($3, overlaid_img_asset_id)
        where job_variants_id = $1`,
      [unit.variantId, stage, effect.overlaidImageId ?? null],
    );
    if (rowCount !== 1) throw conflict('The job variant could not be marked done; nothing was written');
    if (authority.kind === 'claim') {
      await client.query(
        `update pipeline.claims set state = 'done', result = $4, reason = null, updated_at = clock_timestamp()
          where unit_id = $1 and stage = $2 and generation = $3`,
        [unit.variantId, stage, authority.generation, JSON.stringify(effect.result ?? {})],
      );
    }
    if (keepAnswer) await lease.save(client, effect.answer);
    else await lease.forget(client);
  });
}

interface LockedVariant {
  current_step: string | null;
  status: string | null;
  img_asset_id: string | null;
  updated_at: string;
}

async function lockVariant(client: PoolClient, variantId: string): Promise<LockedVariant> {
  const { rows } = await client.query<LockedVariant>(
    'select current_step, status, img_asset_id, updated_at from jobs_variants where job_variants_id = $1 for no key update',
    [variantId],
  );
  if (!rows[0]) throw conflict('The job variant was removed meanwhile');
  return rows[0];
}

/**
 * The claim decides, not the row: a foreign write that set the row back is overruled and recorded; one that carried it
 * further on stays.
 */
async function confirmClaim(
  client: PoolClient,
  { stage, unit }: Finish,
  generation: number,
  found: LockedVariant,
): Promise<void> {
  const { rows } = await client.query<{ is_further: boolean }>(
    `select coalesce(pipeline.step_order($4) > pipeline.step_order($2), false) as is_further
       from pipeline.runs r join pipeline.claims c on c.unit_id = r.job_variants_id and c.generation = r.generation
      where r.job_variants_id = $1 and c.stage = $2 and c.generation = $3 and c.state = 'open'
        for update of r, c`,
    [unit.variantId, stage, generation, found.current_step],
  );
  if (!rows[0])
    throw conflict(`The claim on ${stage} (generation ${generation}) is no longer open; nothing was written`);
  if (rows[0].is_further) {
    throw conflict(`The job variant has moved on to (${found.current_step}, ${found.status}); nothing was written`);
  }
  if (found.current_step === stage && found.status === 'running') return;
  await client.query(
    `insert into pipeline.audit (actor, action, job_id, job_variants_id, before, after, note)
     values ('stages', 'restored', $1, $2, $3, $4, 'a foreign write had set the row back while the stage was at work')`,
    [
      unit.jobId,
      unit.variantId,
      JSON.stringify({ step: found.current_step, status: found.status }),
      JSON.stringify({ step: stage, status: 'done' }),
    ],
  );
}

async function confirmUnchanged(client: PoolClient, unit: VariantUnit, found: LockedVariant): Promise<void> {
  if (found.current_step !== unit.step || found.status !== unit.status || found.img_asset_id !== unit.imageId) {
    throw conflict(
      `The job variant changed from (${unit.step}, ${unit.status}) to (${found.current_step}, ${found.status}) meanwhile; nothing was written`,
    );
  }
  const { rowCount } = await client.query(OPEN_RUN_OF_VARIANT, [unit.variantId]);
  if (rowCount) throw conflict('The pipeline has begun to work on this job variant; nothing was written');
}

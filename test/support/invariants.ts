import type { Client } from '@temporalio/client';
import { expect } from 'vitest';
import type { Pool } from '../../src/db/pool.js';
import { INPUT_STEP, JOB_STAGES, parseEffectKey, STATUSES, VARIANT_STAGES } from '../../workflows/contract.js';
import { everythingAgrees } from './agreement.js';
import type { History } from './history.js';
import { nothingIsLeftOver } from './left-over.js';
import type { Scene } from './scene.js';
import type { ScriptedStages } from './scripted-stages.js';

/** What there is to look at after a run. Without a ledger or a history, what these alone can tell is left out. */
export interface Evidence {
  foreign: Pool;
  client: Client;
  assetsDir: string;
  /** How many of each program there are. */
  stacks?: number;
  stages?: ScriptedStages;
  history?: History;
}

/** Calls of the stage service that a job needs: eight a variant, two for itself. */
export const idealCalls = (variants: number): number => 8 * variants + 2;

export const variantsOf = async ({ foreign }: Pick<Evidence, 'foreign'>, jobId: string): Promise<string[]> =>
  (
    await foreign.query<{ id: string }>(
      'select job_variants_id as id from jobs_variants where job_id = $1 order by creation_order',
      [jobId],
    )
  ).rows.map(({ id }) => id);

/** How often the stage service was called for a job and its variants, by its own ledger. */
export async function callsOf(scene: Scene, jobId: string): Promise<number> {
  const units = [jobId, ...(await variantsOf(scene, jobId))];
  return units.reduce((sum, unit) => sum + scene.stages.calls(unit).length, 0);
}

export const retryCountsOf = async (scene: Scene, jobId: string): Promise<{ job: number; variants: number[] }> => {
  const { rows } = await scene.foreign.query(
    `select retry_count as job, array(select v.retry_count from jobs_variants v where v.job_id = j.job_id
            order by v.creation_order) as variants from jobs j where job_id = $1`,
    [jobId],
  );
  return rows[0];
};

export interface Expected {
  /** The end of the job; its variants must be settled. */
  state?: string;
  /** Foreign hands moved rows on or back: neither the rows' versions nor the runs' endings are the pipeline's alone. */
  meddled?: boolean;
}

/** What must hold after every run, whatever happened on the way. Names are those of the fault list. */
export async function checkInvariants(
  evidence: Evidence,
  jobIds: string[],
  { state = 'instagram_feed_gen/done', meddled = false }: Expected = {},
): Promise<void> {
  for (const jobId of jobIds) {
    await everythingSettled(evidence, jobId, state);
    if (evidence.history && !meddled) await neverWentBack(evidence.history, await variantsOf(evidence, jobId));
    await jobStagesCameLast(evidence, jobId);
    await everythingAgrees(evidence, jobId, { meddled });
  }
  if (evidence.stages) await oneEffectPerKey(evidence.foreign, evidence.stages);
  await nothingIsLeftOver(evidence, jobIds);
}

/** I1: the job is where it should be, and its variants are settled. */
async function everythingSettled({ foreign }: Evidence, jobId: string, state: string): Promise<void> {
  const { rows } = await foreign.query(
    `select current_step || '/' || status as state,
            (select count(*)::int from jobs_variants v where v.job_id = j.job_id
              and not pipeline.is_settled(v.current_step, v.status)) as unsettled from jobs j where job_id = $1`,
    [jobId],
  );
  expect(rows[0], `I1: job ${jobId}`).toEqual({ state, unsettled: 0 });
}

/** I3: every answer to one key was the same, it is the one that is saved, and no key was performed twice. */
async function oneEffectPerKey(foreign: Pool, stages: ScriptedStages): Promise<void> {
  const answers = new Map<string, string>();
  for (const entry of stages.ledger()) {
    if (entry.kind !== 'answer' || !entry.key || entry.status !== 200) continue;
    const body = canonical(entry.body);
    expect(answers.get(entry.key) ?? body, `I3: two answers to ${entry.key}`).toBe(body);
    answers.set(entry.key, body);
  }
  const { rows } = await foreign.query<{ key: string; body: unknown }>(
    'select idempotency_key as key, body from pipeline.answers where saved_at is not null',
  );
  for (const { key, body } of rows) {
    if (answers.has(key)) expect(canonical(body), `I3: saved answer of ${key}`).toBe(answers.get(key));
  }
  const keys = [...answers.keys()].map(parseEffectKey).filter((key) => key !== undefined);
  const { rows: claims } = await foreign.query<{ unit_id: string; stage: string; generation: number }>(
    `select unit_id, stage, generation from pipeline.claims where state = 'done' and stage <> 'img_gen'`,
  );
  const done = new Set(claims.map((claim) => `${claim.unit_id}:${claim.stage}:${claim.generation}`));
  for (const { unitId, stage, generation } of keys) {
    expect(done.has(`${unitId}:${stage}:${generation}`), `I3: ${stage} of ${unitId} has no finished claim`).toBe(true);
  }
}

/** jsonb orders its keys and drops nothing else. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const STEPS = [INPUT_STEP, ...VARIANT_STAGES, ...JOB_STAGES] as readonly string[];
/** A number that grows along the road. */
const progress = (step: string | null, status: string | null): number =>
  STEPS.indexOf(step ?? '') * STATUSES.length + STATUSES.indexOf(status as never);

/** I4: the committed versions of each row only go forward. */
async function neverWentBack(history: History, variantIds: string[]): Promise<void> {
  for (const variantId of variantIds) {
    const versions = await history.ofVariant(variantId);
    const places = versions.map(({ step, status }) => progress(step, status));
    expect(places, `I4: ${versions.map(({ state }) => state).join(' → ')}`).toEqual([...places].sort((a, b) => a - b));
  }
}

/** I5: the job's own stages began after its last variant was settled, and each began in one generation only. */
async function jobStagesCameLast({ foreign }: Evidence, jobId: string): Promise<void> {
  const { rows } = await foreign.query<{ stage: string; claims: number; early: boolean }>(
    `select c.stage, count(*)::int as claims,
            bool_or(c.opened_at < (select max(r.settled_at) from pipeline.runs r where r.job_id = c.unit_id
                                    and r.generation = 1)) as early
       from pipeline.claims c where c.unit_id = $1 group by c.stage`,
    [jobId],
  );
  for (const { stage, claims, early } of rows) {
    expect({ stage, claims, early }, 'I5').toEqual({ stage, claims: 1, early: false });
  }
}

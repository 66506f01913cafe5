import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WorkflowNotFoundError } from '@temporalio/client';
import { expect } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import {
  INPUT_STEP,
  JOB_STAGES,
  jobWorkflowId,
  parseEffectKey,
  STATUSES,
  VARIANT_STAGES,
  variantWorkflowId,
} from '../../workflows/contract.js';
import type { Scene } from './scene.js';

/** Rows that each effect of a job leaves; a stage done twice would show here. */
export async function effectsOf(scene: Scene, jobId: string): Promise<Record<string, number>> {
  const { rows } = await scene.foreign.query(
    `select (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'analyze') as analyze,
            (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'judge') as judge,
            (select count(*)::int from overlay_layouts where job_variants_id in
              (select job_variants_id from jobs_variants where job_id = $1)) as overlays,
            (select count(*)::int from evaluations where job_id = $1 and evaluation_type = 'ocr') as ocr,
            (select count(*)::int from evaluations where job_id = $1 and evaluation_type = 'readability') as readability,
            (select count(*)::int from evaluations where job_id = $1 and evaluation_type = 'iou') as iou,
            (select count(*)::int from llm_traces where job_id = $1 and operation_type = 'eng_to_kor') as translations,
            (select count(*)::int from instagram_feeds where job_id = $1) as feeds`,
    [jobId],
  );
  return rows[0];
}

export const idealEffects = (variants: number): Record<string, number> => ({
  analyze: variants,
  judge: variants,
  overlays: variants,
  ocr: variants,
  readability: variants,
  iou: variants,
  translations: 1,
  feeds: 1,
});

/** Calls of the stage service that a job needs: eight a variant, two for itself. */
export const idealCalls = (variants: number): number => 8 * variants + 2;

export const variantsOf = async (scene: Scene, jobId: string): Promise<string[]> =>
  (
    await scene.foreign.query<{ id: string }>(
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
  /** Foreign hands set rows back: their versions are not the pipeline's progress. */
  meddled?: boolean;
}

/** What must hold after every run, whatever happened on the way. Names are those of the fault list. */
export async function checkInvariants(
  scene: Scene,
  jobIds: string[],
  { state = 'instagram_feed_gen/done', meddled = false }: Expected = {},
): Promise<void> {
  for (const jobId of jobIds) {
    await everythingEnded(scene, jobId, state);
    if (!meddled) await neverWentBack(scene, jobId);
    await jobStagesCameLast(scene, jobId);
    await filesAreThere(scene, jobId);
  }
  await oneEffectPerKey(scene);
  await nothingIsLeftOver(scene);
}

/** I1, I2: rows are settled and no workflow is open. */
async function everythingEnded(scene: Scene, jobId: string, state: string): Promise<void> {
  const { rows } = await scene.foreign.query(
    `select current_step || '/' || status as state,
            (select count(*)::int from jobs_variants v where v.job_id = j.job_id
              and not pipeline.is_settled(v.current_step, v.status)) as unsettled from jobs j where job_id = $1`,
    [jobId],
  );
  expect(rows[0], `I1: job ${jobId}`).toEqual({ state, unsettled: 0 });
  const ids = [jobWorkflowId(jobId), ...(await variantsOf(scene, jobId)).map(variantWorkflowId)];
  const open = async (): Promise<string[]> => {
    const found = await Promise.all(ids.map((id) => statusOf(scene, id)));
    return ids.filter((_, index) => found[index] === 'RUNNING');
  };
  // The row says so a moment before its workflow has told the server.
  await expect.poll(open, { message: 'I2: open workflows', timeout: 15_000 }).toEqual([]);
}

const statusOf = async (scene: Scene, workflowId: string): Promise<string> => {
  try {
    return (await scene.client.workflow.getHandle(workflowId).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none';
    throw error;
  }
};

/** I3: every answer to one key was the same, it is the one that is saved, and no key was performed twice. */
async function oneEffectPerKey(scene: Scene): Promise<void> {
  const answers = new Map<string, string>();
  for (const entry of scene.stages.ledger()) {
    if (entry.kind !== 'answer' || !entry.key || entry.status !== 200) continue;
    const body = canonical(entry.body);
    expect(answers.get(entry.key) ?? body, `I3: two answers to ${entry.key}`).toBe(body);
    answers.set(entry.key, body);
  }
  const { rows } = await scene.foreign.query<{ key: string; body: unknown }>(
    'select idempotency_key as key, body from pipeline.answers where saved_at is not null',
  );
  for (const { key, body } of rows) {
    if (answers.has(key)) expect(canonical(body), `I3: saved answer of ${key}`).toBe(answers.get(key));
  }
  const keys = [...answers.keys()].map(parseEffectKey).filter((key) => key !== undefined);
  const { rows: claims } = await scene.foreign.query<{ unit_id: string; stage: string; generation: number }>(
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
async function neverWentBack(scene: Scene, jobId: string): Promise<void> {
  for (const variantId of await variantsOf(scene, jobId)) {
    const versions = await scene.history.ofVariant(variantId);
    const places = versions.map(({ step, status }) => progress(step, status));
    expect(places, `I4: ${versions.map(({ state }) => state).join(' → ')}`).toEqual([...places].sort((a, b) => a - b));
  }
}

/** I5: the job's own stages began after its last variant was settled, and each began in one generation only. */
async function jobStagesCameLast(scene: Scene, jobId: string): Promise<void> {
  const { rows } = await scene.foreign.query<{ stage: string; claims: number; early: boolean }>(
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

/** I6: every picture of the job is a file. */
async function filesAreThere(scene: Scene, jobId: string): Promise<void> {
  const { rows } = await scene.foreign.query<{ image_url: string }>(
    `select image_url from image_assets where job_id = $1
     union select a.image_url from jobs_variants v join image_assets a on a.image_asset_id = v.img_asset_id
      where v.job_id = $1`,
    [jobId],
  );
  const assets = createAssetStore({ root: scene.assetsDir, partName: 'ye' });
  for (const { image_url } of rows)
    expect((await assets.read(image_url)).length, `I6: ${image_url}`).toBeGreaterThan(0);
}

/** I7: no event, no running row, no open claim, no wait, no half-written file. */
async function nothingIsLeftOver(scene: Scene): Promise<void> {
  const leftOver = async () =>
    (
      await scene.foreign.query(
        `select (select count(*)::int from pipeline.outbox) as events,
                (select count(*)::int from jobs_variants where status = 'running') as running,
                (select count(*)::int from pipeline.claims where state = 'open') as claims,
                (select count(*)::int from pipeline.answers where saved_at is null) as calls`,
      )
    ).rows[0];
  await expect
    .poll(leftOver, { message: 'I7', timeout: 15_000 })
    .toEqual({ events: 0, running: 0, claims: 0, calls: 0 });
  const files = existsSync(scene.assetsDir) ? readdirSync(scene.assetsDir, { recursive: true }) : [];
  expect(
    files.filter((file) => path.basename(String(file)).endsWith('.part')),
    'I7: temporary files',
  ).toEqual([]);
}

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BadInput } from '../../activities/failures.js';
import { cancelJob } from '../../src/admin/cancel-job.js';
import { cancelVariant } from '../../src/admin/cancel-variant.js';
import { deleteJob } from '../../src/admin/delete-job.js';
import { rerunJob } from '../../src/admin/rerun-job.js';
import { retryVariant } from '../../src/admin/retry-variant.js';
import { createRunControl, type RunControl } from '../../src/admin/run-control.js';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { jobWorkflowId, VARIANT_STAGES, variantWorkflowId } from '../../workflows/contract.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, setVariant, stateOf, VARIANT_STATE } from '../support/rows.js';

let road: Road;
let runs: RunControl;
const root = mkdtempSync(path.join(os.tmpdir(), 'operations-'));
beforeAll(async () => {
  road = await openRoad();
  runs = createRunControl(road.client);
});
afterAll(async () => {
  await road?.close();
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => road.startAfresh());

const order = { actor: 'test' };
const FINISHED = 'instagram_feed_gen/done';

/** A stage that stays in its middle until it is let go. */
function hold(stage: string): { reached: Promise<void>; letGo: () => void } {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    road.script(async (claim) => {
      if (claim.stage !== stage || claim.generation !== 1) return;
      resolve();
      await held;
    });
  });
  return { reached, letGo };
}

const runsOf = async (workflowId: string): Promise<string[]> => {
  const found: string[] = [];
  for await (const run of road.client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
    found.push(run.status.name);
  return found;
};

/** A job whose one variant has failed at the planner. */
const failedVariant = async (): Promise<{ jobId: string; variantId: string }> => {
  const { jobId, variantIds } = await insertJob(road.foreign);
  road.script(({ stage, unitId }) => {
    if (stage === 'planner' && unitId === variantIds[0]) throw new BadInput('no picture');
  });
  await road.until(JOB_STATE, [jobId], 'planner/failed');
  road.script(() => {});
  return { jobId, variantId: variantIds[0] as string };
};

describe('retry', () => {
  it('does the failed stage and what follows again, and the job with it', async () => {
    const { jobId, variantId } = await failedVariant();
    expect(await retryVariant(road.foreign, { variantId }, order)).toMatchObject({ outcome: 'done' });
    await road.until(JOB_STATE, [jobId], FINISHED);
    expect(road.stagesOf(variantId, 2)).toEqual(VARIANT_STAGES.slice(3));
  });

  it('given 50 times at once starts one new run', async () => {
    const { jobId, variantId } = await failedVariant();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => retryVariant(road.foreign, { variantId }, order)),
    );
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    await road.until(JOB_STATE, [jobId], FINISHED);
    await road.client.workflow.getHandle(variantWorkflowId(variantId)).result();
    expect(road.stagesOf(variantId, 2)).toEqual(VARIANT_STAGES.slice(3));
    expect(road.stagesOf(variantId, 3)).toEqual([]);
    await expect.poll(() => runsOf(variantWorkflowId(variantId))).toHaveLength(2);
  });

  it('of a finished job keeps its feed until its own stages are asked for', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    await road.until(JOB_STATE, [jobId], FINISHED);
    await retryVariant(road.foreign, { variantId, from: 'overlay' }, order);
    await road.until(VARIANT_STATE, [variantId], 'iou_eval/done');
    await road.client.workflow.getHandle(variantWorkflowId(variantId)).result();
    expect(road.stagesOf(variantId, 2)).toEqual(VARIANT_STAGES.slice(4));
    expect(await stateOf(road.foreign, 'jobs', jobId)).toBe(FINISHED);
    expect(road.stagesOf(jobId, 1)).toEqual(['ad_copy_gen_kor', 'instagram_feed_gen']);

    const { observed } = await rerunJob(road.foreign, { jobId }, order);
    await road.until(
      `${JOB_STATE} and exists (select from pipeline.claims where unit_id = $1 and generation = $2
      and stage = 'instagram_feed_gen' and state = 'done')`,
      [jobId, observed.generation],
      FINISHED,
    );
    expect(road.stagesOf(jobId, observed.generation)).toEqual(['ad_copy_gen_kor', 'instagram_feed_gen']);
  });
});

describe('cancel', () => {
  it('takes the right to write from the stage in its middle, and closes the run', async () => {
    const { variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    const held = hold('planner');
    await held.reached;
    const answer = await cancelVariant({ pool: road.foreign, runs }, { variantId }, order);
    expect(answer).toMatchObject({
      outcome: 'done',
      observed: { step: 'planner', status: 'failed', reason: 'cancelled' },
    });
    held.letGo();
    const handle = road.client.workflow.getHandle(variantWorkflowId(variantId));
    await handle.result().catch(() => {});
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    expect(await stateOf(road.foreign, 'jobs_variants', variantId)).toBe('planner/failed');
    expect(road.stagesOf(variantId, 1)).toEqual(VARIANT_STAGES.slice(0, 4));
  });

  it('does not reach what is sent back to work after it, though the cancelled run is still open', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    const held = hold('planner');
    await held.reached;
    await cancelVariant({ pool: road.foreign, runs }, { variantId }, order);
    expect(await retryVariant(road.foreign, { variantId }, order)).toMatchObject({ outcome: 'done' });
    // The event of the retry has reached the run that is being cancelled.
    await road.until(VARIANT_STATE, [variantId], 'planner/queued');
    await noEventOf(variantId);
    held.letGo();
    await road.until(JOB_STATE, [jobId], FINISHED);
    expect(road.stagesOf(variantId, 2)).toEqual(VARIANT_STAGES.slice(3));
  });

  it('and the last stage never both win, 40 times', { timeout: 120_000 }, async () => {
    const outcomes = { done: 0, refused: 0 };
    for (let turn = 0; turn < 40; turn++) {
      const { jobId, variantIds } = await insertJob(road.foreign, { step: 'readability_eval', status: 'done' });
      const [variantId] = variantIds as [string];
      const held = hold('iou_eval');
      await held.reached;
      if (turn % 2 === 0) held.letGo();
      const cancelled = cancelVariant({ pool: road.foreign, runs }, { variantId }, order);
      held.letGo();
      const { outcome, observed } = await cancelled;
      outcomes[outcome]++;
      const expected = outcome === 'done' ? 'iou_eval/failed' : 'iou_eval/done';
      expect(`${observed.step}/${observed.status}`).toBe(expected);
      await road.until(JOB_STATE, [jobId], outcome === 'done' ? 'iou_eval/failed' : FINISHED);
      expect(await stateOf(road.foreign, 'jobs_variants', variantId)).toBe(expected);
    }
    expect(outcomes.done + outcomes.refused).toBe(40);
  });

  it('of a job ends its variants and starts no copy of what was done', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { variants: 2 });
    road.script(async ({ unitId, stage }) => {
      if (unitId !== variantIds[1] || stage !== 'overlay') return;
      await road.until(VARIANT_STATE, [variantIds[0]], 'iou_eval/done');
      await cancelJob({ pool: road.foreign, runs }, { jobId }, order);
    });
    await road.until(JOB_STATE, [jobId], 'ad_copy_gen_kor/failed');
    await road.client.workflow
      .getHandle(variantWorkflowId(variantIds[1] as string))
      .result()
      .catch(() => {});
    await noEventOf(jobId);
    expect(road.stagesOf(jobId, 1)).toEqual([]);
    expect(await stateOf(road.foreign, 'jobs', jobId)).toBe('ad_copy_gen_kor/failed');
  });
});

describe('delete', () => {
  it('by force in the middle of a stage leaves no row and no open run', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    const held = hold('planner');
    await held.reached;
    const tools = { pool: road.foreign, runs, assets: createAssetStore({ root, partName: 'yh' }) };
    expect(await deleteJob(tools, { jobId }, order)).toMatchObject({ outcome: 'refused' });
    const deleted = deleteJob(tools, { jobId, force: true }, order);
    await road.until(`select count(*)::int from jobs_variants where job_id = $1 and status = 'failed'`, [jobId], 1);
    held.letGo();
    expect(await deleted).toMatchObject({ outcome: 'done' });
    for (const table of [
      'jobs',
      'jobs_variants',
      'pipeline.jobs',
      'pipeline.runs',
      'pipeline.claims',
      'pipeline.outbox',
    ])
      expect([table, (await road.foreign.query(`select from ${table} where job_id = $1`, [jobId])).rowCount]).toEqual([
        table,
        0,
      ]);
    for (const workflowId of [variantWorkflowId(variantId), jobWorkflowId(jobId)])
      await expect.poll(async () => (await runsOf(workflowId)).filter((status) => status === 'RUNNING')).toEqual([]);
  });

  it('ends a run that no worker is there to end', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { imageType: 'generated' });
    const [variantId] = variantIds as [string];
    await road.stopWorkers();
    try {
      await setVariant(road.foreign, variantId, 'img_gen', 'done');
      await road.until(VARIANT_STATE, [variantId], 'vlm_analyze/queued');
      const impatient: RunControl = { ...runs, end: (ids, { reason }) => runs.end(ids, { patienceMs: 0, reason }) };
      const tools = { pool: road.foreign, runs: impatient, assets: createAssetStore({ root, partName: 'yh' }) };
      expect(await deleteJob(tools, { jobId, force: true }, order)).toMatchObject({ outcome: 'done' });
      const { status } = await road.client.workflow.getHandle(variantWorkflowId(variantId)).describe();
      expect(status.name).toBe('TERMINATED');
    } finally {
      await road.startWorkers();
    }
  });
});

/** Nothing announces that an event is delivered. */
const noEventOf = (id: string): Promise<void> =>
  expect
    .poll(
      async () =>
        (await road.foreign.query('select from pipeline.outbox where $1 in (job_id, job_variants_id)', [id])).rowCount,
    )
    .toBe(0)
    .then(() => undefined);

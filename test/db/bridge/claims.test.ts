import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim, ClaimAnswer, StageOrder } from '../../../activities/claims.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import type { VariantStage } from '../../../workflows/contract.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';

let database: TestDatabase;
let worker: Pool;
let foreign: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  worker = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
afterAll(async () => {
  await Promise.all([worker?.end(), foreign?.end()]);
  await database?.drop();
});

const MAX_LOST = 3;
const claims = () =>
  createVariantClaims(worker, {
    maxLostAttempts: MAX_LOST,
    overlayTextGraceMs: 1_000,
    overlayTextPatienceMs: 1_000,
    picturePatienceMs: 1_000,
  });

const orderAt = async (step: string, status: string): Promise<StageOrder> => {
  const { jobId, variantIds } = await insertJob(foreign, { step, status });
  return { unitId: variantIds[0] as string, jobId, generation: 1 };
};
const granted = (answer: ClaimAnswer<VariantStage>): Claim => {
  if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
  return answer.claim;
};
const retryCount = async (order: StageOrder): Promise<number> =>
  (await worker.query('select retry_count from jobs_variants where job_variants_id = $1', [order.unitId])).rows[0]
    .retry_count;

describe('a claim', () => {
  it('is granted on what is queued there and on what is done before', async () => {
    for (const [step, status] of [
      ['planner', 'queued'],
      ['yolo_detect', 'done'],
    ] as const) {
      const order = await orderAt(step, status);
      granted(await claims().claim(order, 'planner'));
      expect(await stateOf(worker, 'jobs_variants', order.unitId)).toBe('planner/running');
    }
  });

  it.each([
    ['a row further on', 'vlm_judge', 'done', { kind: 'continue', stage: 'ocr_eval', generation: 1 }],
    ['a row behind', 'vlm_analyze', 'done', { kind: 'continue', stage: 'yolo_detect', generation: 1 }],
    ['a stage already done', 'planner', 'done', { kind: 'done' }],
    ['a failed row', 'yolo_detect', 'failed', { kind: 'over', reason: 'nothing to do at (yolo_detect, failed)' }],
    ['a finished row', 'iou_eval', 'done', { kind: 'over', reason: 'nothing to do at (iou_eval, done)' }],
  ])('is refused on %s, which says where to go', async (_, step, status, expected) => {
    const order = await orderAt(step, status);
    expect(await claims().claim(order, 'planner')).toEqual(expected);
    expect(await stateOf(worker, 'jobs_variants', order.unitId)).toBe(`${step}/${status}`);
  });

  it('is refused to a run of an earlier generation, and to one whose row is gone', async () => {
    for (const stage of ['planner', 'overlay']) {
      const order = await orderAt('planner', 'failed');
      await setVariant(foreign, order.unitId, stage, 'queued');
      expect(await claims().claim(order, 'planner')).toEqual({ kind: 'continue', stage, generation: 2 });
    }
    const order = await orderAt('planner', 'queued');
    expect(await claims().claim({ ...order, unitId: randomUUID() }, 'planner')).toEqual({
      kind: 'over',
      reason: 'the variant no longer exists',
    });
  });
});

describe('a claim that is open', () => {
  const claimStates = async ({ unitId }: StageOrder): Promise<string[]> =>
    (
      await worker.query(
        `select generation || ' ' || state as line from pipeline.claims where unit_id = $1 order by generation`,
        [unitId],
      )
    ).rows.map(({ line }) => line);

  it('stays so when its run is refused another stage, whatever has become of other rows', async () => {
    await orderAt('iou_eval', 'done');
    const order = await orderAt('yolo_detect', 'done');
    granted(await claims().claim(order, 'planner'));
    expect(await claims().claim(order, 'yolo_detect')).toMatchObject({ kind: 'continue', stage: 'planner' });
    expect(await claimStates(order)).toEqual(['1 open']);
  });

  it('is closed when a foreign hand has gone past it, in its own generation', async () => {
    const order = await orderAt('yolo_detect', 'done');
    granted(await claims().claim(order, 'planner'));
    await setVariant(foreign, order.unitId, 'planner', 'failed');
    await setVariant(foreign, order.unitId, 'planner', 'queued');
    const reopened = { ...order, generation: 2 };
    granted(await claims().claim(reopened, 'planner'));
    await setVariant(foreign, order.unitId, 'overlay', 'done');
    expect(await claims().claim(reopened, 'planner')).toMatchObject({ kind: 'continue', stage: 'vlm_judge' });
    expect(await claimStates(order)).toEqual(['1 open', '2 done']);
  });
});

describe('attempts', () => {
  it('a second one takes the claim over, and the first can neither fail nor release it', async () => {
    const order = await orderAt('yolo_detect', 'done');
    const first = granted(await claims().claim(order, 'planner'));
    const second = granted(await claims().claim(order, 'planner'));
    expect(second.openedAt).toEqual(first.openedAt);
    expect(await claims().fail(first, 'too late')).toBe(false);
    await claims().release(first, 'failed', 'too late');
    expect(await stateOf(worker, 'jobs_variants', order.unitId)).toBe('planner/running');
    expect(await retryCount(order)).toBe(1);
    const third = granted(await claims().claim(order, 'planner'));
    expect(third.failures).toBe(0);
    expect(await claims().fail(second, 'too late, too')).toBe(false);
    expect(await claims().fail(third, 'really')).toBe(true);
    expect(await stateOf(worker, 'jobs_variants', order.unitId)).toBe('planner/failed');
  });

  it.each([
    ['failed', 1],
    ['outage', 0],
    ['busy', 0],
    ['handed_over', 0],
  ] as const)('after an ending by %s the next one counts %i', async (ending, counted) => {
    const order = await orderAt('yolo_detect', 'done');
    await claims().release(granted(await claims().claim(order, 'planner')), ending, 'why');
    const next = granted(await claims().claim(order, 'planner'));
    expect(await retryCount(order)).toBe(counted);
    expect(next.failures).toBe(counted);
    expect(next.outageMs > 0).toBe(ending === 'outage');
  });

  it('count over all stages of the generation', async () => {
    const order = await orderAt('yolo_detect', 'done');
    granted(await claims().claim(order, 'planner'));
    granted(await claims().claim(order, 'planner'));
    await setVariant(worker, order.unitId, 'planner', 'done');
    granted(await claims().claim(order, 'overlay'));
    granted(await claims().claim(order, 'overlay'));
    expect(await retryCount(order)).toBe(2);
  });

  it('end when they were lost too often', async () => {
    const order = await orderAt('yolo_detect', 'done');
    for (let attempt = 0; attempt <= MAX_LOST; attempt++) granted(await claims().claim(order, 'planner'));
    const reason = `planner was lost with its worker ${MAX_LOST} times`;
    expect(await claims().claim(order, 'planner')).toEqual({ kind: 'over', reason });
    expect(await stateOf(worker, 'jobs_variants', order.unitId)).toBe('planner/failed');
  });

  it('pin what they were given: a text that comes later is not drawn by a repeat', async () => {
    const order = await orderAt('planner', 'done');
    const first = granted(await claims().claim(order, 'overlay'));
    await foreign.query(`update txt_ad_copy_generations set ad_copy_kor = '다른 문구' where job_id = $1`, [
      order.jobId,
    ]);
    expect(granted(await claims().claim(order, 'overlay')).inputs).toEqual(first.inputs);
  });
});

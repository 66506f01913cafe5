import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim, ClaimAnswer, StageOrder } from '../../../activities/claims.js';
import { createJobClaims } from '../../../src/db/job-claims.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import type { JobStage } from '../../../workflows/contract.js';
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
const claims = () => createJobClaims(worker, { maxLostAttempts: MAX_LOST, siblingsPatienceMs: 60_000 });

/** A job whose only variant is settled, then moved to where the test wants it. */
const orderAt = async (stage = 'iou_eval', status = 'done'): Promise<StageOrder> => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'iou_eval', status: 'queued' });
  await setVariant(worker, variantIds[0] as string, 'iou_eval', 'done');
  await worker.query('update pipeline.jobs set stage = $2, status = $3 where job_id = $1', [jobId, stage, status]);
  await worker.query('update jobs set current_step = $2, status = $3 where job_id = $1', [jobId, stage, status]);
  return { unitId: jobId, jobId, generation: 1 };
};
const granted = (answer: ClaimAnswer<JobStage>): Claim => {
  if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
  return answer.claim;
};
const recordedOf = async ({ jobId }: StageOrder): Promise<string> =>
  (await worker.query(`select stage || '/' || status as state from pipeline.jobs where job_id = $1`, [jobId])).rows[0]
    .state;
const published = ({ jobId }: StageOrder): Promise<string> => stateOf(worker, 'jobs', jobId);

describe('a claim on a job', () => {
  it.each([
    ['iou_eval', 'done', 'ad_copy_gen_kor'],
    ['ad_copy_gen_kor', 'queued', 'ad_copy_gen_kor'],
    ['ad_copy_gen_kor', 'running', 'ad_copy_gen_kor'],
    ['ad_copy_gen_kor', 'done', 'instagram_feed_gen'],
  ] as const)('at (%s, %s) is granted for %s, on both rows', async (stage, status, next) => {
    const order = await orderAt(stage, status);
    const bystander = await orderAt();
    granted(await claims().claim(order, next));
    expect([await recordedOf(order), await published(order)]).toEqual([`${next}/running`, `${next}/running`]);
    expect([await recordedOf(bystander), await published(bystander)]).toEqual(['iou_eval/done', 'iou_eval/done']);
  });

  it.each([
    ['iou_eval', 'running', { kind: 'over' }],
    ['ad_copy_gen_kor', 'done', { kind: 'done' }],
    ['ad_copy_gen_kor', 'failed', { kind: 'over' }],
    ['instagram_feed_gen', 'queued', { kind: 'continue', stage: 'instagram_feed_gen', generation: 1 }],
    ['instagram_feed_gen', 'done', { kind: 'over' }],
  ] as const)('at (%s, %s) is refused for the copy, and says where to go', async (stage, status, expected) => {
    const order = await orderAt(stage, status);
    expect(await claims().claim(order, 'ad_copy_gen_kor')).toMatchObject(expected);
    expect(await recordedOf(order)).toBe(`${stage}/${status}`);
  });

  it('follows what is recorded, whatever a neighbour published', async () => {
    const order = await orderAt();
    await foreign.query(`update jobs set current_step = 'instagram_feed_gen', status = 'done' where job_id = $1`, [
      order.jobId,
    ]);
    granted(await claims().claim(order, 'ad_copy_gen_kor'));
    expect(await published(order)).toBe('ad_copy_gen_kor/running');
  });

  it('is refused to a run of another generation, and to one whose job is gone', async () => {
    const order = await orderAt();
    await worker.query('update pipeline.jobs set generation = 2 where job_id = $1', [order.jobId]);
    const next = { kind: 'continue', stage: 'ad_copy_gen_kor', generation: 2 };
    expect(await claims().claim(order, 'ad_copy_gen_kor')).toEqual(next);
    expect(await claims().claim({ ...order, unitId: randomUUID() }, 'ad_copy_gen_kor')).toMatchObject({ kind: 'over' });
  });

  it('is not granted again once its stage is done in this generation', async () => {
    const order = await orderAt();
    granted(await claims().claim(order, 'ad_copy_gen_kor'));
    await worker.query(`update pipeline.claims set state = 'done' where unit_id = $1`, [order.unitId]);
    expect((await claims().claim(order, 'ad_copy_gen_kor')).kind).not.toBe('granted');
  });
});

describe('attempts at a job', () => {
  it('a second one takes the claim over, and the first can neither fail nor release it', async () => {
    const order = await orderAt();
    const first = granted(await claims().claim(order, 'ad_copy_gen_kor'));
    const second = granted(await claims().claim(order, 'ad_copy_gen_kor'));
    const bystander = await orderAt();
    granted(await claims().claim(bystander, 'ad_copy_gen_kor'));
    expect(await claims().fail(first, 'too late')).toBe(false);
    await claims().release(first, 'failed', 'too late');
    expect(granted(await claims().claim(order, 'ad_copy_gen_kor')).failures).toBe(0);
    expect(await claims().fail(second, 'too late, too')).toBe(false);
    expect(await recordedOf(order)).toBe('ad_copy_gen_kor/running');
    const third = granted(await claims().claim(order, 'ad_copy_gen_kor'));
    expect(await claims().fail(third, 'really')).toBe(true);
    expect([await recordedOf(order), await published(order)]).toEqual([
      'ad_copy_gen_kor/failed',
      'ad_copy_gen_kor/failed',
    ]);
    expect([await recordedOf(bystander), await published(bystander)]).toEqual([
      'ad_copy_gen_kor/running',
      'ad_copy_gen_kor/running',
    ]);
    expect(await claims().fail(third, 'once more')).toBe(false);
  });

  it('end when they were lost too often', async () => {
    const order = await orderAt();
    for (let attempt = 0; attempt <= MAX_LOST; attempt++) granted(await claims().claim(order, 'ad_copy_gen_kor'));
    expect(await claims().claim(order, 'ad_copy_gen_kor')).toEqual({
      kind: 'over',
      reason: `ad_copy_gen_kor was lost with its worker ${MAX_LOST} times`,
    });
    expect(await published(order)).toBe('ad_copy_gen_kor/failed');
  });
});

describe('a run of a job that ends without a claim of its own', () => {
  it('fails what is under way, and nothing else', async () => {
    const order = await orderAt();
    const bystander = await orderAt();
    for (const each of [order, bystander]) granted(await claims().claim(each, 'ad_copy_gen_kor'));
    await claims().failUnclaimed(order, 'ad_copy_gen_kor', 'cancelled');
    expect([await recordedOf(order), await published(order)]).toEqual([
      'ad_copy_gen_kor/failed',
      'ad_copy_gen_kor/failed',
    ]);
    expect([await recordedOf(bystander), await published(bystander)]).toEqual([
      'ad_copy_gen_kor/running',
      'ad_copy_gen_kor/running',
    ]);
    const { rows } = await worker.query('select unit_id, state from pipeline.claims where unit_id = any($1)', [
      [order.unitId, bystander.unitId],
    ]);
    expect(new Map(rows.map((row) => [row.unit_id, row.state]))).toEqual(
      new Map([
        [order.unitId, 'failed'],
        [bystander.unitId, 'open'],
      ]),
    );
  });

  it.each([
    ['instagram_feed_gen', 'done'],
    ['iou_eval', 'failed'],
  ])('leaves (%s, %s) as it is', async (stage, status) => {
    const order = await orderAt(stage, status);
    await claims().failUnclaimed(order, 'ad_copy_gen_kor', 'cancelled');
    expect([await recordedOf(order), await published(order)]).toEqual([`${stage}/${status}`, `${stage}/${status}`]);
  });

  it('leaves the open claim of an earlier generation to those who hold it', async () => {
    const order = await orderAt();
    granted(await claims().claim(order, 'ad_copy_gen_kor'));
    await worker.query('update pipeline.jobs set generation = 2 where job_id = $1', [order.jobId]);
    await claims().failUnclaimed({ ...order, generation: 2 }, 'ad_copy_gen_kor', 'cancelled');
    expect(await published(order)).toBe('ad_copy_gen_kor/failed');
    const { rows } = await worker.query('select generation, state from pipeline.claims where unit_id = $1', [
      order.unitId,
    ]);
    expect(rows).toEqual([{ generation: 1, state: 'open' }]);
  });

  it('leaves a later generation as it is', async () => {
    const order = await orderAt();
    await worker.query('update pipeline.jobs set generation = 2 where job_id = $1', [order.jobId]);
    await claims().failUnclaimed(order, 'ad_copy_gen_kor', 'cancelled');
    expect(await recordedOf(order)).toBe('iou_eval/done');
  });
});

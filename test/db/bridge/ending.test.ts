import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Claim, ClaimAnswer, StageOrder } from '../../../activities/claims.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import type { VariantStage } from '../../../workflows/contract.js';
import { CLAIM_POLICY } from '../../support/claim-policy.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';

/* How a variant's run ends a row, and what it must leave alone: its own past, and everybody else's. */

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

const claims = () => createVariantClaims(worker, CLAIM_POLICY);
const granted = (answer: ClaimAnswer<VariantStage>): Claim => {
  if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
  return answer.claim;
};
const state = (order: StageOrder): Promise<string> => stateOf(worker, 'jobs_variants', order.unitId);
const reasonOf = async (order: StageOrder): Promise<string | null> =>
  (await worker.query('select reason from pipeline.runs where job_variants_id = $1', [order.unitId])).rows[0].reason;
const claimStates = async (order: StageOrder): Promise<string[]> =>
  (
    await worker.query(
      `select stage || ':' || generation || ' ' || state as line from pipeline.claims where unit_id = $1 order by 1`,
      [order.unitId],
    )
  ).rows.map((row) => row.line);

/** A variant that has done yolo_detect and is at work on the planner. */
const atWork = async (): Promise<StageOrder & { claim: Claim }> => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'vlm_analyze', status: 'done' });
  const order = { unitId: variantIds[0] as string, jobId, generation: 1 };
  granted(await claims().claim(order, 'yolo_detect'));
  await worker.query(`update pipeline.claims set state = 'done' where unit_id = $1`, [order.unitId]);
  await setVariant(worker, order.unitId, 'yolo_detect', 'done');
  return { ...order, claim: granted(await claims().claim(order, 'planner')) };
};

describe('an attempt that fails its claim', () => {
  it('ends its own row once, with the reason, and nothing of its neighbour', async () => {
    const [own, neighbour] = [await atWork(), await atWork()];
    expect(await claims().fail(own.claim, 'no room')).toBe(true);
    expect([await state(own), await reasonOf(own)]).toEqual(['planner/failed', 'no room']);
    expect(await claimStates(own)).toEqual(['planner:1 failed', 'yolo_detect:1 done']);
    expect([await state(neighbour), await reasonOf(neighbour)]).toEqual(['planner/running', null]);
    expect(await claimStates(neighbour)).toEqual(['planner:1 open', 'yolo_detect:1 done']);
  });

  it('changes nothing once the claim is closed', async () => {
    const own = await atWork();
    await worker.query(`update pipeline.claims set state = 'done' where unit_id = $1`, [own.unitId]);
    await setVariant(worker, own.unitId, 'planner', 'done');
    expect(await claims().fail(own.claim, 'too late')).toBe(false);
    await claims().release(own.claim, 'failed', 'too late');
    expect(await state(own)).toBe('planner/done');
    const { rows } = await worker.query(
      `select failures from pipeline.claims where unit_id = $1 and stage = 'planner'`,
      [own.unitId],
    );
    expect(rows).toEqual([{ failures: 0 }]);
  });
});

describe('a run that ends without a claim', () => {
  it('fails what is under way, and nothing of its neighbour', async () => {
    const [own, neighbour] = [await atWork(), await atWork()];
    await claims().failUnclaimed(own, 'planner', 'cancelled');
    expect([await state(own), await reasonOf(own)]).toEqual(['planner/failed', 'cancelled']);
    expect(await claimStates(own)).toEqual(['planner:1 failed', 'yolo_detect:1 done']);
    expect([await state(neighbour), await reasonOf(neighbour)]).toEqual(['planner/running', null]);
    expect(await claimStates(neighbour)).toEqual(['planner:1 open', 'yolo_detect:1 done']);
  });

  it('leaves a settled row, and one of a later generation', async () => {
    const settled = await atWork();
    await setVariant(worker, settled.unitId, 'iou_eval', 'done');
    await claims().failUnclaimed(settled, 'planner', 'cancelled');
    expect(await state(settled)).toBe('iou_eval/done');

    const reopened = await atWork();
    await setVariant(foreign, reopened.unitId, 'planner', 'failed');
    await setVariant(foreign, reopened.unitId, 'overlay', 'queued');
    await claims().failUnclaimed(reopened, 'planner', 'cancelled');
    expect(await state(reopened)).toBe('overlay/queued');
  });

  it('leaves the open claim of an earlier generation to those who hold it', async () => {
    const own = await atWork();
    await setVariant(foreign, own.unitId, 'planner', 'failed');
    await setVariant(foreign, own.unitId, 'overlay', 'queued');
    await claims().failUnclaimed({ ...own, generation: 2 }, 'overlay', 'cancelled');
    expect(await claimStates(own)).toEqual(['planner:1 open', 'yolo_detect:1 done']);
  });

  it('ends its own waits that are open', async () => {
    const waiting = async (): Promise<StageOrder> => {
      const { jobId, variantIds } = await insertJob(foreign, {
        step: 'planner',
        status: 'done',
        adCopyKor: null,
        descKor: null,
      });
      const order = { unitId: variantIds[0] as string, jobId, generation: 1 };
      expect(await claims().claim(order, 'overlay')).toMatchObject({ kind: 'wait' });
      await worker.query(
        `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, settled_at, outcome)
         values ($1, 'ad_copy_kor', 0, $2, 'overlay', now(), 'went on')`,
        [order.unitId, order.jobId],
      );
      return order;
    };
    const [own, neighbour] = [await waiting(), await waiting()];
    await claims().failUnclaimed(own, 'overlay', 'cancelled');
    const outcomes = async (order: StageOrder): Promise<(string | null)[]> =>
      (
        await worker.query('select outcome from pipeline.waits where unit_id = $1 order by generation', [order.unitId])
      ).rows.map((row) => row.outcome);
    expect(await outcomes(own)).toEqual(['went on', 'cancelled']);
    expect(await outcomes(neighbour)).toEqual(['went on', null]);
  });
});

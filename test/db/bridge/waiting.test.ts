import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StageOrder } from '../../../activities/claims.js';
import { createJobClaims } from '../../../src/db/job-claims.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { CLAIM_POLICY } from '../../support/claim-policy.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { untilOneWaits } from '../../support/lock-waits.js';
import { insertJob, insertText, setVariant } from '../../support/rows.js';

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

/** A worker to whom something else happens right before it comes to a statement that holds this text, once. */
const whoIsLate = (text: string, meanwhile: () => Promise<unknown>): Pool => {
  let happened = false;
  const query = async (statement: string, values: unknown[]): Promise<unknown> => {
    if (statement.includes(text) && !happened) {
      happened = true;
      await meanwhile();
    }
    return worker.query(statement, values);
  };
  return { query, connect: () => worker.connect() } as unknown as Pool;
};

/**
 * Holds whoever records a wait for that unit until `meanwhile` is done: a transaction of another has the same row open,
 * and gives it up. That is the moment at which evidence is missed if it is looked for before the wait is recorded.
 */
async function whileTheWaitIsRecorded<T>(
  { unitId, jobId, generation }: StageOrder,
  evidence: string,
  record: () => Promise<T>,
  meanwhile: () => Promise<unknown>,
): Promise<T> {
  const other = await foreign.connect();
  try {
    await other.query('begin');
    await other.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage) values ($1, $2, $3, $4, 'any')`,
      [unitId, evidence, generation, jobId],
    );
    const recorded = record();
    await untilOneWaits(foreign, "query like '%pipeline.waits%'");
    await meanwhile();
    await other.query('rollback');
    return await recorded;
  } finally {
    other.release();
  }
}

it('a Korean text that comes while the wait for it is being recorded is drawn at once', async () => {
  const { jobId, variantIds } = await insertJob(foreign, {
    step: 'planner',
    status: 'done',
    adCopyKor: null,
    descKor: null,
  });
  const order = { unitId: variantIds[0] as string, jobId, generation: 1 };
  const claims = createVariantClaims(worker, CLAIM_POLICY);
  const answer = await whileTheWaitIsRecorded(
    order,
    'ad_copy_kor',
    () => claims.claim(order, 'overlay'),
    () => insertText(foreign, jobId, 'ad_copy_kor', '바로 온 문구'),
  );
  expect(answer).toMatchObject({ kind: 'granted', claim: { inputs: { text: '바로 온 문구' } } });
});

it('an English copy that comes while the job is being laid to rest takes it on at once', async () => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'iou_eval', status: 'queued', adCopyEng: null });
  await setVariant(worker, variantIds[0] as string, 'iou_eval', 'done');
  const order = { unitId: jobId, jobId, generation: 1 };
  const claims = createJobClaims(worker, { maxLostAttempts: 3, siblingsPatienceMs: 60_000 });
  const answer = await whileTheWaitIsRecorded(
    order,
    'ad_copy_eng',
    () => claims.claim(order, 'ad_copy_gen_kor'),
    () => insertText(foreign, jobId, 'ad_copy_eng', 'Come and taste'),
  );
  expect(answer).toMatchObject({ kind: 'granted' });
});

it('a job that is reopened before it is laid to rest keeps no reason of the generation before', async () => {
  const { jobId, variantIds } = await insertJob(foreign, { step: 'iou_eval', status: 'queued', adCopyEng: null });
  await setVariant(worker, variantIds[0] as string, 'iou_eval', 'done');
  const slow = whoIsLate('insert into pipeline.waits', () =>
    worker.query('update pipeline.jobs set generation = 2 where job_id = $1', [jobId]),
  );
  const claims = createJobClaims(slow, { maxLostAttempts: 3, siblingsPatienceMs: 60_000 });
  await claims.claim({ unitId: jobId, jobId, generation: 1 }, 'ad_copy_gen_kor');
  const { rows } = await worker.query('select generation, reason from pipeline.jobs where job_id = $1', [jobId]);
  expect(rows).toEqual([{ generation: 2, reason: null }]);
});

describe('a job of YE whose patience is over', () => {
  const fromYe = async (): Promise<StageOrder> => {
    const { jobId, variantIds } = await insertJob(foreign, {
      step: 'vlm_analyze',
      status: 'queued',
      imageType: 'generated',
      imageGeneration: 'external',
    });
    await setVariant(worker, variantIds[0] as string, 'iou_eval', 'done');
    return { unitId: jobId, jobId, generation: 1 };
  };
  const claims = (pool = worker) => createJobClaims(pool, { maxLostAttempts: 3, siblingsPatienceMs: 0 });

  it('settles its wait for siblings, and no other', async () => {
    const order = await fromYe();
    await worker.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, settled_at, outcome)
       values ($1, 'siblings', 0, $1, 'any', now(), 'went on'), ($1, 'ad_copy_eng', 0, $1, 'any', null, null)`,
      [order.jobId],
    );
    await worker.query('delete from txt_ad_copy_generations where job_id = $1', [order.jobId]);
    expect(await claims().claim(order, 'ad_copy_gen_kor')).toMatchObject({ kind: 'continue' });
    const { rows } = await worker.query(
      `select evidence || ' ' || generation as wait, outcome from pipeline.waits where unit_id = $1 order by 1`,
      [order.jobId],
    );
    expect(rows).toEqual([
      { wait: 'ad_copy_eng 0', outcome: null },
      { wait: 'siblings 0', outcome: 'went on' },
      { wait: 'siblings 1', outcome: 'no closing mark within 0 s of the last variant' },
    ]);
  });

  it('is not closed when another variant has come in between', async () => {
    const order = await fromYe();
    const slow = whoIsLate('insert into pipeline.waits', () =>
      foreign.query(
        `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
         select uuid_generate_v4(), job_id, img_asset_id, 2, 'vlm_analyze', 'queued' from job_inputs where job_id = $1`,
        [order.jobId],
      ),
    );
    expect(await claims(slow).claim(order, 'ad_copy_gen_kor')).toMatchObject({ kind: 'continue' });
    const { rows } = await worker.query('select closed from pipeline.jobs where job_id = $1', [order.jobId]);
    expect(rows).toEqual([{ closed: false }]);
  });
});

it('what is waited for is settled once the unit goes on, and only its own', async () => {
  const waiting = async () => {
    const { jobId, variantIds } = await insertJob(foreign, {
      step: 'planner',
      status: 'done',
      adCopyKor: null,
      descKor: null,
    });
    const order = { unitId: variantIds[0] as string, jobId, generation: 1 };
    expect(await claims.claim(order, 'overlay')).toMatchObject({ kind: 'wait', evidence: 'ad_copy_kor' });
    return order;
  };
  const claims = createVariantClaims(worker, CLAIM_POLICY);
  const [first, second] = [await waiting(), await waiting()];
  await insertText(foreign, first.jobId, 'ad_copy_kor', '이제 왔다');
  expect(await claims.claim(first, 'overlay')).toMatchObject({ kind: 'granted' });
  const { rows } = await foreign.query(
    'select unit_id, outcome from pipeline.waits where unit_id = any($1) order by settled_at nulls last',
    [[first.unitId, second.unitId]],
  );
  expect(rows).toEqual([
    { unit_id: first.unitId, outcome: 'went on' },
    { unit_id: second.unitId, outcome: null },
  ]);
});

import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVariants } from '../../../src/bridge/create-variants.js';
import { deliverJob } from '../../../src/bridge/deliver-job.js';
import { type Delivery, deliverVariant } from '../../../src/bridge/deliver-variant.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { NO_RUNS } from '../../support/no-runs.js';
import { untilOneWaits } from '../../support/lock-waits.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';

/* What happens to a row between the bridge's look at it and the bridge's own write. */

let database: TestDatabase;
let bridge: Pool;
let worker: Pool;
let foreign: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  bridge = createPool({ url: database.url, name: 'bridge', writer: 'bridge', size: 4, log });
  worker = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
afterAll(async () => {
  await Promise.all([bridge?.end(), worker?.end(), foreign?.end()]);
  await database?.drop();
});

/** `meanwhile` is what happens while Temporal is told. */
const delivery = (meanwhile: () => Promise<unknown> = async () => {}): Delivery => ({
  pool: bridge,
  starter: {
    async variant() {
      await meanwhile();
    },
    async job() {},
  },
  runs: NO_RUNS,
  log: pino({ level: 'silent' }),
  defaultGeneration: 'internal',
  variantsPerJob: 3,
});
const deliver = (variantId: string, meanwhile?: () => Promise<unknown>): Promise<unknown> =>
  deliverVariant(delivery(meanwhile), variantId);

const isOpen = async (variantId: string): Promise<boolean> =>
  (await foreign.query('select open from pipeline.runs where job_variants_id = $1', [variantId])).rows[0].open;
const state = (variantId: string): Promise<string> => stateOf(foreign, 'jobs_variants', variantId);
const insertOne = async (step?: string, status?: string): Promise<string> =>
  (await insertJob(foreign, { ...(step && { step }), ...(status && { status }) })).variantIds[0] as string;

describe('a start', () => {
  it('is recorded and published, for its own row alone', async () => {
    const [own, neighbour] = [await insertOne(), await insertOne()];
    await deliver(own);
    expect([await state(own), await isOpen(own)]).toEqual(['img_gen/queued', true]);
    expect([await state(neighbour), await isOpen(neighbour)]).toEqual(['user_img_input/done', false]);
  });

  it('publishes nothing where nothing is due', async () => {
    const own = await insertOne('planner', 'queued');
    await deliver(own);
    expect([await state(own), await isOpen(own)]).toEqual(['planner/queued', true]);
  });

  it.each([
    ['has begun', 'img_gen', 'running'],
    ['is further on', 'img_gen', 'done'],
    ['was written again by its creator', 'user_img_input', 'queued'],
  ])('does not set back a row that %s by then', async (_, step, status) => {
    const own = await insertOne();
    await deliver(own, () => setVariant(step === 'user_img_input' ? foreign : worker, own, step, status));
    expect(await state(own)).toBe(`${step}/${status}`);
  });

  it('opens no row that has settled by then', async () => {
    const own = await insertOne('iou_eval', 'queued');
    await deliver(own, () => setVariant(worker, own, 'iou_eval', 'done'));
    expect(await isOpen(own)).toBe(false);
  });

  it('opens no later generation: that has an event of its own', async () => {
    const own = await insertOne('planner', 'queued');
    await deliver(own, async () => {
      await setVariant(foreign, own, 'planner', 'failed');
      await setVariant(foreign, own, 'planner', 'queued');
    });
    expect(await isOpen(own)).toBe(false);
  });
});

describe('a restoration', () => {
  /** At work on the planner, and set back by a foreigner. */
  const setBack = async (): Promise<string> => {
    const own = await insertOne('planner', 'queued');
    await deliver(own);
    await setVariant(worker, own, 'planner', 'running');
    await setVariant(foreign, own, 'vlm_analyze', 'queued');
    return own;
  };

  /** Holds the bridge between its look and its write: `change` is committed in between. */
  const whileItRestores = async (variantId: string, change: string): Promise<void> => {
    const other = await worker.connect();
    try {
      await other.query('begin');
      await other.query('select from jobs_variants where job_variants_id = $1 for update', [variantId]);
      const restored = deliver(variantId);
      await untilOneWaits(foreign, "application_name = 'feedlyai-bridge'");
      await other.query(change, [variantId]);
      await other.query('commit');
      await restored;
    } finally {
      other.release();
    }
  };

  it('puts back its own row alone', async () => {
    const [own, neighbour] = [await setBack(), await setBack()];
    await deliver(own);
    expect([await state(own), await state(neighbour)]).toEqual(['planner/running', 'vlm_analyze/queued']);
  });

  it.each([
    [
      'the row',
      `update jobs_variants set current_step = 'overlay', status = 'done' where job_variants_id = $1`,
      'overlay/done',
    ],
    ['the generation', 'update pipeline.runs set generation = 2 where job_variants_id = $1', 'vlm_analyze/queued'],
    ['whether it is open', 'update pipeline.runs set open = false where job_variants_id = $1', 'vlm_analyze/queued'],
    [
      'the row itself',
      `with foreigner as (select set_config('pipeline.writer', '', true))
       update jobs_variants set current_step = 'yolo_detect' from foreigner where job_variants_id = $1`,
      'yolo_detect/queued',
    ],
    ['what is recorded', `update pipeline.runs set stage = 'overlay' where job_variants_id = $1`, 'vlm_analyze/queued'],
  ])('is not made when %s has changed since the look', async (_, change, expected) => {
    const own = await setBack();
    await whileItRestores(own, change);
    expect(await state(own)).toBe(expected);
  });
});

describe('a look at a job', () => {
  it.each([
    ['stays its creator’s while no variant is past its picture', 'img_gen', 'running', 'user_img_input/done'],
    ['is counted anew once one is', 'planner', 'running', 'planner/running'],
    ['is counted anew once one has failed', 'img_gen', 'failed', 'img_gen/failed'],
  ])('%s', async (_, step, status, expected) => {
    const { jobId, variantIds } = await insertJob(foreign);
    await setVariant(worker, variantIds[0] as string, step, status);
    await foreign.query(`update jobs set current_step = 'user_img_input', status = 'done' where job_id = $1`, [jobId]);
    await deliverJob(delivery(), jobId);
    expect(await stateOf(foreign, 'jobs', jobId)).toBe(expected);
  });
});

describe('variants that nobody else makes', () => {
  const made = async (jobId: string): Promise<number> =>
    (await foreign.query('select from jobs_variants where job_id = $1', [jobId])).rowCount ?? 0;

  it('are made once, by however many bridges, for their own job', async () => {
    const withoutVariants = { variants: 0, imageGeneration: 'internal' } as const;
    const [own, neighbour] = [await insertJob(foreign, withoutVariants), await insertJob(foreign, withoutVariants)];
    const counts = await Promise.all([createVariants(bridge, own.jobId, 3), createVariants(bridge, own.jobId, 3)]);
    expect(counts.sort()).toEqual([0, 3]);
    expect([await made(own.jobId), await made(neighbour.jobId)]).toEqual([3, 0]);
    const { rows } = await foreign.query('select job_id from pipeline.jobs where closed and job_id = any($1)', [
      [own.jobId, neighbour.jobId],
    ]);
    expect(rows).toEqual([{ job_id: own.jobId }]);
  });

  it('are not made for a job that was ended since the look', async () => {
    const { jobId } = await insertJob(foreign, { variants: 0, imageGeneration: 'internal' });
    await worker.query(`update pipeline.jobs set stage = 'img_gen', status = 'failed' where job_id = $1`, [jobId]);
    expect(await createVariants(bridge, jobId, 3)).toBe(0);
  });

  it('are not made beside those of somebody else', async () => {
    const { jobId } = await insertJob(foreign, { variants: 1 });
    expect(await createVariants(bridge, jobId, 3)).toBe(0);
    expect(await made(jobId)).toBe(1);
  });
});

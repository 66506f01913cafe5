import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { writeSettings } from '../../../src/db/settings.js';
import { VARIANT_STAGES } from '../../../workflows/contract.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';

let database: TestDatabase;
/** The pipeline's own hand: its writes are marked and leave no events. */
let own: Pool;
let foreign: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  own = createPool({ url: database.url, name: 'own', writer: 'worker', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
afterAll(async () => {
  await Promise.all([own?.end(), foreign?.end()]);
  await database?.drop();
});

const poolOf = (writer: 'worker' | undefined, size: number): Pool =>
  createPool({ url: database.url, name: 'many', size, log: pino({ level: 'silent' }), ...(writer && { writer }) });
const job = (jobId: string): Promise<string> => stateOf(foreign, 'jobs', jobId);
const jobEvents = async (jobId: string): Promise<number> =>
  (await foreign.query(`delete from pipeline.outbox where kind = 'job' and job_id = $1`, [jobId])).rowCount ?? 0;

describe('partial failure', () => {
  const ORDERS = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  it.each(ORDERS)('ends the same in the order %i %i %i', async (...order) => {
    const { jobId, variantIds } = await insertJob(own, { variants: 3, step: 'vlm_analyze', status: 'running' });
    const ends = [
      ['iou_eval', 'done'],
      ['iou_eval', 'done'],
      ['planner', 'failed'],
    ] as const;
    for (const [turn, index] of order.entries()) {
      const [step, status] = ends[index] as (typeof ends)[number];
      await setVariant(own, variantIds[index] as string, step, status);
      expect(await jobEvents(jobId)).toBe(turn === 2 ? 1 : 0);
    }
    expect(await job(jobId)).toBe('iou_eval/done');
  });

  it.each(ORDERS)('counts a picture that could not be made, in the order %i %i %i', async (...order) => {
    const { jobId, variantIds } = await insertJob(own, { variants: 3, step: 'img_gen', status: 'running' });
    const ends = [
      ['iou_eval', 'done'],
      ['iou_eval', 'done'],
      ['img_gen', 'failed'],
    ] as const;
    for (const index of order) {
      const [step, status] = ends[index] as (typeof ends)[number];
      await setVariant(own, variantIds[index] as string, step, status);
    }
    expect(await job(jobId)).toBe('iou_eval/done');
    expect(await jobEvents(jobId)).toBe(1);
  });

  it('fails the job at the furthest failed step when too few succeed', async () => {
    await writeSettings(own, { jobMinDoneVariants: 2 });
    try {
      const { jobId, variantIds } = await insertJob(own, { variants: 3, step: 'vlm_analyze', status: 'running' });
      const [a, b, c] = variantIds as [string, string, string];
      await setVariant(own, a, 'iou_eval', 'done');
      await setVariant(own, b, 'overlay', 'failed');
      await setVariant(own, c, 'yolo_detect', 'failed');
      expect(await job(jobId)).toBe('overlay/failed');
      expect(await jobEvents(jobId)).toBe(0);
    } finally {
      await writeSettings(own, { jobMinDoneVariants: 1 });
    }
  });

  it('counts a picture that could not be made', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 2, step: 'img_gen', status: 'running' });
    await setVariant(own, variantIds[0] as string, 'img_gen', 'failed');
    await setVariant(own, variantIds[1] as string, 'iou_eval', 'done');
    expect(await job(jobId)).toBe('iou_eval/done');
  });
});

describe('the published row', () => {
  it('shows the least advanced variant and never goes back', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 2, step: 'img_gen', status: 'done' });
    const [a, b] = variantIds as [string, string];
    const seen: string[] = [];
    for (const [variant, step] of [
      [a, 'vlm_analyze'],
      [b, 'vlm_analyze'],
      [a, 'planner'],
      [b, 'yolo_detect'],
    ] as const) {
      await setVariant(own, variant, step, 'done');
      seen.push(await job(jobId));
    }
    expect(seen).toEqual(['img_gen/running', 'vlm_analyze/running', 'vlm_analyze/running', 'yolo_detect/running']);
  });

  it('belongs to its creator until a variant is past its picture', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 1 });
    await setVariant(own, variantIds[0] as string, 'img_gen', 'done');
    expect(await job(jobId)).toBe('user_img_input/done');
  });

  it('is not lowered by touching the variants of a finished job', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 2, step: 'iou_eval', status: 'running' });
    for (const id of variantIds) await setVariant(own, id, 'iou_eval', 'done');
    await own.query(`update pipeline.jobs set stage = 'instagram_feed_gen', status = 'done' where job_id = $1`, [
      jobId,
    ]);
    await own.query(`update jobs set current_step = 'instagram_feed_gen', status = 'done' where job_id = $1`, [jobId]);
    expect(await jobEvents(jobId)).toBe(1);
    await foreign.query('update jobs_variants set selected = true, updated_at = now() where job_id = $1', [jobId]);
    expect(await job(jobId)).toBe('instagram_feed_gen/done');
    expect(await jobEvents(jobId)).toBe(0);
  });

  it('is not written when it is counted again, and wakes nobody then', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 2, step: 'iou_eval', status: 'running' });
    for (const id of variantIds) await setVariant(own, id, 'iou_eval', 'done');
    const versions = async (): Promise<unknown> =>
      (
        await own.query(
          'select j.xmin as published, p.xmin as recorded from jobs j join pipeline.jobs p using (job_id) where job_id = $1',
          [jobId],
        )
      ).rows[0];
    const before = await versions();
    expect(await jobEvents(jobId)).toBe(1);
    await own.query('select pipeline.aggregate_job($1)', [jobId]);
    expect(await versions()).toEqual(before);
    expect(await jobEvents(jobId)).toBe(0);
  });

  it('counts what commits while another transaction is still open', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 3, step: 'iou_eval', status: 'running' });
    const [first, ...others] = variantIds as [string, string, string];
    const held = await own.connect();
    try {
      await held.query('begin');
      await held.query(`update jobs_variants set status = 'done' where job_variants_id = $1`, [first]);
      for (const id of others) await setVariant(own, id, 'iou_eval', 'done');
      expect(await job(jobId)).toBe('iou_eval/running');
      await held.query('commit');
    } finally {
      held.release();
    }
    expect(await job(jobId)).toBe('iou_eval/done');
    expect(await jobEvents(jobId)).toBe(1);
  });
});

describe('many writers', () => {
  it('thirty-two of them on one job, foreign ones among them, meet no deadlock', async () => {
    const writers = 32;
    const { jobId, variantIds } = await insertJob(own, { variants: writers, step: 'img_gen', status: 'done' });
    const pools = { own: poolOf('worker', writers), foreign: poolOf(undefined, writers) };
    const deadlocks = async (): Promise<number> =>
      (await foreign.query(`select deadlocks::int from pg_stat_database where datname = current_database()`)).rows[0]
        .deadlocks;
    try {
      await Promise.all(
        variantIds.map(async (id, index) => {
          for (const stage of VARIANT_STAGES.slice(1)) {
            await setVariant(pools.own, id, stage, 'running');
            await pools.foreign.query('update jobs_variants set updated_at = now() where job_variants_id = $1', [id]);
            if (index % 4 === 0)
              await pools.foreign.query('update jobs set version = $2 where job_id = $1', [jobId, stage]);
            await setVariant(pools.own, id, stage, 'done');
          }
        }),
      );
      expect(await job(jobId)).toBe('iou_eval/done');
      expect(await jobEvents(jobId)).toBe(1);
      expect(await deadlocks()).toBe(0);
    } finally {
      await Promise.all([pools.own.end(), pools.foreign.end()]);
    }
  });
});

describe('Door B', () => {
  it('wakes the job when the last variant there is settles, and not before', async () => {
    const { jobId, variantIds } = await insertJob(foreign, { variants: 2, step: 'vlm_analyze', status: 'queued' });
    const [a, b] = variantIds as [string, string];
    await jobEvents(jobId);
    await setVariant(own, a, 'iou_eval', 'done');
    expect(await jobEvents(jobId)).toBe(0);
    await setVariant(own, b, 'planner', 'failed');
    expect(await jobEvents(jobId)).toBe(1);
    expect(await job(jobId)).toBe('iou_eval/running');
  });

  it('is complete only after YE has said that no more will come', async () => {
    const { jobId, variantIds } = await insertJob(foreign, { step: 'vlm_analyze', status: 'queued' });
    await setVariant(own, variantIds[0] as string, 'iou_eval', 'done');
    expect(await job(jobId)).toBe('iou_eval/running');
    await foreign.query(`update jobs set current_step = 'img_gen', status = 'done' where job_id = $1`, [jobId]);
    expect(await jobEvents(jobId)).toBeGreaterThan(0);
    await own.query('select pipeline.aggregate_job($1)', [jobId]);
    expect(await job(jobId)).toBe('iou_eval/done');
  });
});

describe('a job that failed at a stage of its own', () => {
  it('is reopened by the variant that is sent back to work, and stays failed without one', async () => {
    const { jobId, variantIds } = await insertJob(own, { variants: 2, step: 'iou_eval', status: 'running' });
    for (const id of variantIds) await setVariant(own, id, 'iou_eval', 'done');
    await own.query(`update pipeline.jobs set stage = 'ad_copy_gen_kor', status = 'failed' where job_id = $1`, [jobId]);
    await own.query(`update jobs set current_step = 'ad_copy_gen_kor', status = 'failed' where job_id = $1`, [jobId]);
    await foreign.query('update jobs_variants set selected = true where job_id = $1', [jobId]);
    expect(await job(jobId)).toBe('ad_copy_gen_kor/failed');

    await setVariant(foreign, variantIds[0] as string, 'iou_eval', 'queued');
    expect(await job(jobId)).toBe('iou_eval/running');
    const { rows } = await own.query('select generation from pipeline.jobs where job_id = $1', [jobId]);
    expect(rows).toEqual([{ generation: 2 }]);
    await jobEvents(jobId);
    await setVariant(own, variantIds[0] as string, 'iou_eval', 'done');
    expect(await job(jobId)).toBe('iou_eval/done');
    expect(await jobEvents(jobId)).toBe(1);
  });
});

describe('generations', () => {
  const generation = async (variantId: string): Promise<number> =>
    (await own.query('select generation from pipeline.runs where job_variants_id = $1', [variantId])).rows[0]
      .generation;

  it.each([
    ['a failed row sent back to work', 'planner', 'failed', 'planner', 'queued', 2],
    ['a finished row sent back to work', 'iou_eval', 'done', 'img_gen', 'done', 2],
    ['a step by hand on the way', 'planner', 'done', 'overlay', 'done', 1],
    ['a settled row that settles otherwise', 'planner', 'failed', 'iou_eval', 'done', 1],
  ])('%s', async (_, step, status, nextStep, nextStatus, expected) => {
    const { variantIds } = await insertJob(foreign, { step, status });
    const [variantId] = variantIds as [string];
    await setVariant(foreign, variantId, nextStep, nextStatus);
    expect(await generation(variantId)).toBe(expected);
  });

  it('begins anew with another picture, not with the same one', async () => {
    const { variantIds } = await insertJob(foreign, { step: 'img_gen', status: 'done' });
    const [variantId] = variantIds as [string];
    await setVariant(own, variantId, 'yolo_detect', 'running');
    await setVariant(foreign, variantId, 'img_gen', 'done');
    expect(await generation(variantId)).toBe(1);
    await setVariant(own, variantId, 'yolo_detect', 'running');
    const other = await insertJob(foreign);
    await foreign.query(
      `update jobs_variants set current_step = 'img_gen', status = 'done',
              img_asset_id = (select img_asset_id from job_inputs where job_id = $2) where job_variants_id = $1`,
      [variantId, other.jobId],
    );
    expect(await generation(variantId)).toBe(2);
  });
});

describe('published channels', () => {
  it('speak of updates only, with the keys of the contract', async () => {
    const heard: { channel: string; payload: Record<string, unknown> }[] = [];
    const client = await foreign.connect();
    client.on('notification', ({ channel, payload }) => heard.push({ channel, payload: JSON.parse(payload || '{}') }));
    await client.query('listen job_variant_state_changed; listen job_state_changed');
    const { jobId, variantIds } = await insertJob(foreign, { variants: 1 });
    const [variantId] = variantIds as [string];
    await setVariant(foreign, variantId, 'img_gen', 'running');
    await foreign.query(`update jobs set current_step = 'kor_to_eng' where job_id = $1`, [jobId]);
    await foreign.query('update jobs_variants set retry_count = 5 where job_variants_id = $1', [variantId]);
    await expect.poll(() => heard.length).toBe(2);
    client.removeAllListeners('notification');
    await client.query('unlisten *');
    client.release();
    expect(heard.map(({ channel, payload }) => [channel, Object.keys(payload).sort()])).toEqual([
      [
        'job_variant_state_changed',
        ['current_step', 'img_asset_id', 'job_id', 'job_variants_id', 'status', 'tenant_id', 'updated_at'],
      ],
      ['job_state_changed', ['current_step', 'job_id', 'status', 'tenant_id', 'updated_at']],
    ]);
    expect(heard[0]?.payload).toMatchObject({ current_step: 'img_gen', status: 'running', tenant_id: 'test' });
  });
});

import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, setVariant } from '../../support/rows.js';

let database: TestDatabase;
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

const generation = async (variantId: string): Promise<number> =>
  (await own.query('select generation from pipeline.runs where job_variants_id = $1', [variantId])).rows[0].generation;

const givePicture = async (variantId: string): Promise<void> => {
  const other = await insertJob(foreign);
  await foreign.query(
    `update jobs_variants set current_step = 'img_gen', status = 'done',
            img_asset_id = (select img_asset_id from job_inputs where job_id = $2) where job_variants_id = $1`,
    [variantId, other.jobId],
  );
};

it.each([
  ['iou_eval', 'done'],
  ['planner', 'failed'],
])('a row settled at (%s, %s) is sent back once when running is said before done', async (step, status) => {
  const { variantIds } = await insertJob(foreign, { step, status });
  const [variantId] = variantIds as [string];
  await setVariant(foreign, variantId, 'img_gen', 'running');
  await setVariant(foreign, variantId, 'img_gen', 'done');
  expect(await generation(variantId)).toBe(2);
});

it('another picture on the way begins anew when running is said before done', async () => {
  const { variantIds } = await insertJob(foreign, { step: 'img_gen', status: 'done' });
  const [variantId] = variantIds as [string];
  await setVariant(own, variantId, 'yolo_detect', 'running');
  await setVariant(foreign, variantId, 'img_gen', 'running');
  expect(await generation(variantId)).toBe(1);
  await givePicture(variantId);
  expect(await generation(variantId)).toBe(2);
});

it('the first picture begins nothing anew, whoever made it', async () => {
  const { variantIds } = await insertJob(foreign, { step: 'img_gen', status: 'running' });
  const [variantId] = variantIds as [string];
  await setVariant(own, variantId, 'img_gen', 'queued');
  await givePicture(variantId);
  expect(await generation(variantId)).toBe(1);
});

it('a job that has reached nothing yet keeps its generation when a variant of it is sent back to work', async () => {
  const { jobId } = await insertJob(foreign);
  await own.query('insert into pipeline.jobs (job_id) values ($1) on conflict do nothing', [jobId]);
  await own.query('select pipeline.reopen_job($1)', [jobId]);
  const { rows } = await own.query('select generation from pipeline.jobs where job_id = $1', [jobId]);
  expect(rows).toEqual([{ generation: 1 }]);
});

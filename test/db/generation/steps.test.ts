import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { publishStep } from '../../../src/generation/generation-steps.js';
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

const jobAt = async (step: string | null, status: string): Promise<string> => {
  const jobId = randomUUID();
  await worker.query('insert into jobs (job_id, current_step, status) values ($1, $2, $3)', [jobId, step, status]);
  return jobId;
};
const events = async (): Promise<number> =>
  (await worker.query('select count(*)::int as count from pipeline.outbox')).rows[0].count;

describe("YE's transitions on a job", () => {
  const ANALYSING = ['gen_vlm_analyze', 'running'] as const;
  const ANALYSED = ['gen_vlm_analyze', 'done'] as const;
  const PAINTING = ['img_gen', 'running'] as const;

  it.each([
    [null, 'queued', ANALYSING],
    ['job_created', 'done', ANALYSING],
    ['user_img_input', 'done', ANALYSING],
    // A text of JS that was written in between.
    ['ad_copy_eng', 'done', ANALYSED],
    ['gen_vlm_analyze', 'running', ANALYSED],
    ['gen_vlm_analyze', 'running', PAINTING],
    ['gen_vlm_analyze', 'done', PAINTING],
  ] as const)('go forwards from (%s, %s)', async (step, status, next) => {
    const jobId = await jobAt(step, status);
    const before = await events();
    await publishStep(worker, jobId, next);
    expect(await stateOf(worker, 'jobs', jobId)).toBe(next.join('/'));
    // Our own write: whoever needs to know, knows.
    expect(await events()).toBe(before);
  });

  it.each([
    ['gen_vlm_analyze', 'done', ANALYSING],
    ['gen_vlm_analyze', 'failed', ANALYSED],
    ['img_gen', 'running', ANALYSED],
    ['img_gen', 'done', PAINTING],
    ['img_gen', 'failed', PAINTING],
    ['vlm_analyze', 'running', PAINTING],
    ['iou_eval', 'done', ANALYSING],
    ['instagram_feed_gen', 'done', PAINTING],
    ['user_img_input', 'failed', ANALYSING],
  ] as const)('leave a job at (%s, %s) alone', async (step, status, next) => {
    const jobId = await jobAt(step, status);
    await publishStep(worker, jobId, next);
    expect(await stateOf(worker, 'jobs', jobId)).toBe(`${step}/${status}`);
  });

  it('leave a job alone that a foreigner set back although it is recorded as further on', async () => {
    const jobId = await jobAt('user_img_input', 'done');
    await worker.query(`insert into pipeline.jobs (job_id, stage, status) values ($1, 'planner', 'running')`, [jobId]);
    await publishStep(worker, jobId, PAINTING);
    expect(await stateOf(worker, 'jobs', jobId)).toBe('user_img_input/done');
  });

  it('say that all pictures are made when the last one fails or is made, in either order', async () => {
    const finish = (variantId: string) =>
      worker.query(
        `with v as (update jobs_variants set current_step = 'img_gen', status = 'done' where job_variants_id = $1 returning job_id)
         select pipeline.publish_pictures(job_id) from v`,
        [variantId],
      );
    const fail = (variantId: string) =>
      worker.query(`update jobs_variants set current_step = 'img_gen', status = 'failed' where job_variants_id = $1`, [
        variantId,
      ]);
    const prepared = (jobId: string) =>
      worker.query(
        `insert into pipeline.prepared_photos (job_id, source_asset_id, generation, run_id, lease_token, lease_until)
         select $1, img_asset_id, 1, gen_random_uuid(), gen_random_uuid(), now() from job_inputs where job_id = $1`,
        [jobId],
      );
    for (const lastFails of [true, false]) {
      const { jobId, variantIds } = await insertJob(foreign, { variants: 2 });
      const [one, other] = variantIds as [string, string];
      await prepared(jobId);
      await publishStep(worker, jobId, PAINTING);
      if (lastFails) await finish(one);
      else await fail(one);
      expect(await stateOf(worker, 'jobs', jobId)).toBe('img_gen/running');
      if (lastFails) await fail(other);
      else await finish(other);
      expect(await stateOf(worker, 'jobs', jobId)).toBe('img_gen/done');
    }
  });

  it('are not said in the name of a YE outside', async () => {
    const { jobId, variantIds } = await insertJob(foreign, { variants: 2, imageGeneration: 'external' });
    const [one, other] = variantIds as [string, string];
    await setVariant(foreign, one, 'img_gen', 'done');
    await setVariant(foreign, other, 'img_gen', 'failed');
    expect(await stateOf(worker, 'jobs', jobId)).toBe('img_gen/running');
  });

  it('do not go back to running when the first picture is judged before the last is looked at', async () => {
    const { jobId, variantIds } = await insertJob(foreign, { variants: 2 });
    for (const id of variantIds) await setVariant(worker, id, 'img_gen', 'done');
    await worker.query('select pipeline.publish_pictures($1)', [jobId]);
    expect(await stateOf(worker, 'jobs', jobId)).toBe('img_gen/done');
    await setVariant(worker, variantIds[0] as string, 'vlm_analyze', 'done');
    expect(await stateOf(worker, 'jobs', jobId)).toBe('img_gen/done');
    await setVariant(worker, variantIds[1] as string, 'vlm_analyze', 'done');
    expect(await stateOf(worker, 'jobs', jobId)).toBe('vlm_analyze/running');
  });
});

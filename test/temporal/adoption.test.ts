import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adoptSince, parseSince } from '../../src/cli/adopt.js';
import { adopt } from '../../src/db/adoption/adopt.js';
import { createPool } from '../../src/db/pool.js';
import { createOriginalDatabase } from '../support/original-database.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, setVariant, VARIANT_STATE } from '../support/rows.js';

const OLD_JOBS = 100;
let road: Road;
beforeAll(async () => {
  // A live database full of rows that got stuck: three variants per job, in states that all call for work or look so.
  const database = await createOriginalDatabase(
    '1.3.0',
    `insert into tenants (tenant_id) values ('shop');
     insert into jobs (tenant_id, current_step, status, updated_at)
     select 'shop', 'vlm_judge', 'running', now() - (n || ' hours')::interval from generate_series(1, ${OLD_JOBS}) n;
     insert into jobs_variants (job_id, creation_order, current_step, status, updated_at)
     select j.job_id, s.n, s.step, s.status, j.updated_at from jobs j,
       (values (1, 'vlm_judge', 'done'), (2, 'ocr_eval', 'queued'), (3, 'readability_eval', 'running')) s (n, step, status)`,
  );
  await adopt(database.url);
  road = await openRoad({ database, sweepInterval: 200 });
});
afterAll(() => road?.close());

const workflows = async (): Promise<number> => (await road.client.workflow.count()).count;
const oldVariants = async (): Promise<string[]> =>
  (
    await road.foreign.query(
      `select job_variants_id as id from jobs_variants where current_step = 'vlm_judge' order by updated_at desc`,
    )
  ).rows.map(({ id }) => id);
const finishJob = async (): Promise<void> => {
  const { jobId } = await insertJob(road.foreign);
  await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
};

it('goes on with new work alone, whoever touches the old', async () => {
  await finishJob();
  await road.foreign.query(
    `update jobs_variants set updated_at = now() - interval '1 hour' where job_id in (select job_id from pipeline.jobs where history)`,
  );
  // The sweep looks five times a second; these jobs take longer than one look.
  await finishJob();
  await finishJob();
  expect(await workflows()).toBe(3 * 2);
  expect((await road.foreign.query('select from pipeline.runs where history')).rowCount).toBe(3 * OLD_JOBS);
});

it('takes up an old row that somebody moves', async () => {
  const [variantId] = (await oldVariants()) as [string];
  await setVariant(road.foreign, variantId, 'ocr_eval', 'queued');
  await road.until(VARIANT_STATE, [variantId], 'iou_eval/done');
  expect(await workflows()).toBe(3 * 2 + 1);
});

it('takes up what adopt --since asks for, and no more', async () => {
  const before = await workflows();
  const { rows } = await road.foreign.query(
    `select v.job_variants_id as id from jobs_variants v join pipeline.runs r using (job_variants_id) join jobs j on j.job_id = v.job_id
      where r.history and j.updated_at >= now() - interval '10 hours 30 minutes'`,
  );
  const admin = createPool({
    url: road.databaseUrl,
    name: 'admin',
    writer: 'admin',
    size: 2,
    log: pino({ level: 'silent' }),
  });
  try {
    // The touch above made every row young; only the jobs' own times tell them apart.
    await admin.query(
      `update jobs_variants v set updated_at = j.updated_at from jobs j, pipeline.runs r
        where j.job_id = v.job_id and r.job_variants_id = v.job_variants_id and r.history`,
    );
    const rung = await adoptSince(admin, parseSince('630m'), { dryRun: false, batchSize: 10, tell: () => {} });
    expect(rung).toBe(rows.length);
  } finally {
    await admin.end();
  }
  for (const { id } of rows) await road.until(VARIANT_STATE, [id], 'iou_eval/done');
  // Their jobs rest without English copy: each looked once.
  const started = await workflows();
  expect(started - before).toBeGreaterThanOrEqual(rows.length);
  expect((await road.foreign.query('select from pipeline.runs where history')).rowCount).toBe(
    3 * OLD_JOBS - 1 - rows.length,
  );
});

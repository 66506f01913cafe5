import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSweep } from '../../../src/bridge/sweep.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { NO_RUNS } from '../../support/no-runs.js';
import { insertJob, setVariant } from '../../support/rows.js';

const HOUR = 3_600_000;
const log = pino({ level: 'silent' });
let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'bridge', writer: 'bridge', size: 4, log });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

/** A run of image generation that goes on although its only variant has its picture, from outside. */
async function forgottenRun(): Promise<string> {
  const { jobId, variantIds } = await insertJob(pool);
  await setVariant(pool, variantIds[0] as string, 'img_gen', 'done');
  const { rows } = await pool.query(`insert into gen_runs (job_id, status) values ($1, 'running') returning run_id`, [
    jobId,
  ]);
  await pool.query(
    `insert into pipeline.prepared_photos (job_id, source_asset_id, generation, run_id, lease_token, lease_until, prepared, saved_at)
     values ($1, $2, 1, $3, $2, now(), '{}', now())`,
    [jobId, randomUUID(), rows[0].run_id],
  );
  return rows[0].run_id;
}
const hasEnded = async (runId: string): Promise<boolean> =>
  (await pool.query('select from gen_runs where run_id = $1 and finished_at is not null', [runId])).rowCount === 1;
const addOldAudit = (): Promise<unknown> =>
  pool.query(`insert into pipeline.audit (actor, action, at) values ('test', 'old', now() - interval '3 h')`);
const oldAudits = async (): Promise<number> =>
  (await pool.query(`select from pipeline.audit where action = 'old'`)).rows.length;

it('ends forgotten runs of image generation each time, and does its chores now and then', async () => {
  const sweep = createSweep({
    pool,
    starter: { variant: async () => {}, job: async () => {} },
    runs: NO_RUNS,
    log,
    defaultGeneration: 'internal',
    variantsPerJob: 3,
    sweepInterval: HOUR,
    retention: {
      answers: 2 * HOUR,
      waits: 2 * HOUR,
      audit: 2 * HOUR,
      deadLetters: 2 * HOUR,
      purgeInterval: HOUR,
      orphanFileAge: HOUR,
    },
    // A folder that nobody has made holds no orphans.
    files: { root: path.join(os.tmpdir(), randomUUID()), partName: 'yh' },
  });
  const first = await forgottenRun();
  await addOldAudit();
  await sweep();
  expect(await hasEnded(first)).toBe(true);
  expect(await oldAudits()).toBe(0);

  const second = await forgottenRun();
  await addOldAudit();
  await sweep();
  expect(await hasEnded(second)).toBe(true);
  expect(await oldAudits()).toBe(1);
});

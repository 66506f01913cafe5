import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, inject, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants } from '../support/invariants.js';
import { assetsIn, type RunningStack, startGuideJob, startRunningStack } from '../support/running-stack.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

/* One of the two memories is older than the other, or empty, while jobs are on their way. */

const opened: { stop(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const each of opened.reverse()) await each.stop();
});

const startJobs = async (stack: RunningStack, count: number): Promise<string[]> => {
  const jobIds: string[] = [];
  while (jobIds.length < count) jobIds.push(await startGuideJob(stack.foreign, assetsIn(stack.dataDir)));
  return jobIds;
};
/** How many variants have the stage behind them. */
const beyond = async (stack: RunningStack, stage: string): Promise<number> =>
  (
    await stack.foreign.query(
      `select count(*)::int as n from jobs_variants where pipeline.step_order(current_step) > pipeline.step_order($1)`,
      [stage],
    )
  ).rows[0].n;
const expectIdeal = async (stack: RunningStack, jobIds: string[]): Promise<void> => {
  await stack.untilFinished(jobIds);
  for (const jobId of jobIds) expect(await effectsOf(stack, jobId)).toEqual(idealEffects(1));
  await expect.poll(() => stack.health(), { timeout: 60_000 }).toMatchObject({ code: 200 });
  // Rows or runs are from before: what each run said of them is no longer known, but nothing is left open.
  await checkInvariants(stack, jobIds, { meddled: true });
};

it("Temporal's database deleted with ten jobs on their way: each goes on from its row", async () => {
  const stack = await startRunningStack();
  opened.push(stack);
  const jobIds = await startJobs(stack, 10);
  await expect.poll(() => beyond(stack, 'yolo_detect'), { timeout: 60_000, interval: 100 }).toBeGreaterThanOrEqual(1);

  // The server holds its files open; without them its successor begins empty.
  rmSync(path.join(stack.dataDir, 'temporal'), { recursive: true });
  process.kill(stack.ready.pids.temporal as number, 'SIGKILL');
  await expectIdeal(stack, jobIds);
  const { rows } = await stack.foreign.query(
    `select count(*)::int as n from pipeline.audit where actor = 'reconcile' and action = 'started'`,
  );
  expect(rows[0].n).toBeGreaterThanOrEqual(1);
});

it('the database put back to an older copy while Temporal goes on: each job ends right, one effect each', async () => {
  const database = await createTestDatabase();
  opened.push({ stop: () => database.drop() });
  const stack = await startRunningStack(
    { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: await createNamespace('putback') },
    { databaseUrl: database.url },
  );
  opened.push(stack);
  const jobIds = await startJobs(stack, 4);
  await expect.poll(() => beyond(stack, 'img_gen'), { timeout: 60_000, interval: 100 }).toBeGreaterThanOrEqual(2);
  await closed(database, `create database ${database.name}_copy template ${database.name} strategy wal_log`);

  // Meanwhile at least one job is finished and the others are on their way: rows now fall behind workflows of every kind.
  await expect
    .poll(() => beyond(stack, 'readability_eval'), { timeout: 90_000, interval: 100 })
    .toBeGreaterThanOrEqual(1);
  await closed(
    database,
    `alter database ${database.name} rename to ${database.name}_lost`,
    `alter database ${database.name}_copy rename to ${database.name}`,
    `drop database ${database.name}_lost with (force)`,
  );
  expect(await beyond(stack, 'readability_eval')).toBe(0);
  await expectIdeal(stack, jobIds);
});

/** Runs statements while nobody is connected to the database, nor can be. */
async function closed(database: TestDatabase, ...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  try {
    const allow = (name: string, yes: boolean): Promise<unknown> =>
      admin.query(`alter database ${name} allow_connections ${yes}`);
    await allow(database.name, false);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database.name]);
    for (const statement of statements) await admin.query(statement);
    await allow(database.name, true);
  } finally {
    await admin.end();
  }
}

import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { assetsIn, type RunningStack, startGuideJob, startRunningStack } from '../support/running-stack.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

/*
 * Everything between the three processes and their database, disturbed while jobs are on their way: each must end as if
 * nothing had been, and health must show the dip and return.
 */
let database: TestDatabase;
let proxy: TcpProxy;
let stack: RunningStack;
beforeAll(async () => {
  database = await createTestDatabase();
  const direct = new URL(database.url);
  proxy = await openTcpProxy({ host: direct.hostname, port: Number(direct.port) });
  const throughProxy = new URL(direct);
  throughProxy.port = String(proxy.port);
  stack = await startRunningStack(
    { TEMPORAL_ADDRESS: temporalAddress(), TEMPORAL_NAMESPACE: await createNamespace('connections') },
    { databaseUrl: database.url, stackUrl: throughProxy.toString() },
  );
});
afterAll(async () => {
  await stack?.stop();
  await proxy?.close();
  await database?.drop();
});

const startJobs = async (count: number): Promise<string[]> => {
  const jobIds: string[] = [];
  while (jobIds.length < count) jobIds.push(await startGuideJob(stack.foreign, assetsIn(stack.dataDir)));
  return jobIds;
};
const expectIdeal = async (jobIds: string[]): Promise<void> => {
  await stack.untilFinished(jobIds);
  for (const jobId of jobIds) expect(await effectsOf(stack, jobId)).toEqual(idealEffects(1));
};
const isWell = (): Promise<void> =>
  expect
    .poll(() => stack.health(), { timeout: 60_000 })
    .toMatchObject({ code: 200, details: { outbox: { waiting: 0, dead: 0 } } })
    .then(() => undefined);
/** A variant of the job is in the hands of a stage. */
const untilAtWork = (jobId: string): Promise<void> =>
  expect
    .poll(
      async () =>
        (await stack.foreign.query(`select from jobs_variants where job_id = $1 and status = 'running'`, [jobId]))
          .rowCount,
      { timeout: 30_000 },
    )
    .toBe(1)
    .then(() => undefined);
/** Ends connections of the stack's processes; how many there were. */
const endConnections = async (name = 'feedlyai-%'): Promise<number> =>
  (
    await stack.foreign.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like $1 and application_name <> 'feedlyai-foreign'`,
      [name],
    )
  ).rowCount ?? 0;
const reconnects = async (): Promise<number> => (await stack.health()).details.listener.reconnects;

afterEach(isWell);

it('a LISTEN connection that is cut again and again comes back each time, and each time once', async () => {
  await isWell();
  const before = await reconnects();
  const jobIds: string[] = [];
  for (let cuts = 1; cuts <= 5; cuts++) {
    await expect.poll(() => endConnections('feedlyai-listener'), { timeout: 20_000 }).toBe(1);
    jobIds.push(...(await startJobs(1)));
    await expect.poll(reconnects, { timeout: 20_000 }).toBe(before + cuts);
  }
  await expectIdeal(jobIds);
});

it('a network that swallows both ways is noticed and replaced, in the middle of stages too', async () => {
  const jobIds = await startJobs(2);
  await untilAtWork(jobIds[0] as string);
  const before = await reconnects();
  proxy.fallSilent();
  await expect
    .poll(() => stack.health(), { timeout: 60_000 })
    .toMatchObject({ code: 503, details: { listener: { status: 'down' }, database: { status: 'down' } } });
  jobIds.push(...(await startJobs(1)));
  proxy.mend();
  await expectIdeal(jobIds);
  expect(await reconnects()).toBeGreaterThan(before);
});

it('every connection ended every few seconds: the jobs end all the same', async () => {
  const jobIds = await startJobs(3);
  let ended = 0;
  for (let round = 0; round < 6; round++) {
    // By the database's own clock, so that this holds whatever the test's process is doing.
    await stack.foreign.query('select pg_sleep(5)');
    ended += await endConnections();
  }
  expect(ended).toBeGreaterThanOrEqual(6);
  await expectIdeal(jobIds);
});

it('a database without a free connection is waited for, and health says so', async () => {
  const jobIds = await startJobs(2);
  await untilAtWork(jobIds[0] as string);
  const admin = new pg.Client({ connectionString: database.url, application_name: 'admin' });
  await admin.connect();
  const hoarders: pg.Client[] = [];
  try {
    // A connection that is left to the stack would do to go on with: all are ended, and what becomes free is taken.
    const starve = async () => {
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'feedlyai-%'`,
      );
      await hoard(hoarders);
      return stack.health();
    };
    await expect
      .poll(starve, { timeout: 60_000 })
      .toMatchObject({ code: 503, details: { listener: { status: 'down' }, database: { status: 'down' } } });
  } finally {
    await Promise.all([admin, ...hoarders].map((client) => client.end()));
  }
  await expectIdeal(jobIds);
});

it('a table locked for longer than a statement may wait is waited for, and costs no retry', async () => {
  const jobIds = await startJobs(2);
  await untilAtWork(jobIds[0] as string);
  /** Who stood before the lock and has gone away without it, by program. */
  const gaveUp = new Set<string>();
  let standing = new Map<string, string>();
  const watch = async (): Promise<string[]> => {
    const { rows } = await holder.query<{ name: string; statement: string }>(
      `select application_name as name, pid || ' ' || query_start as statement from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and application_name like 'feedlyai-%'`,
    );
    const now = new Map(rows.map(({ name, statement }) => [statement, name]));
    for (const [statement, name] of standing) if (!now.has(statement)) gaveUp.add(name);
    standing = now;
    return [...gaveUp].sort();
  };
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  try {
    await holder.query('begin; lock table jobs in access exclusive mode');
    // Who of them it is depends on whose hands the variants were in just then.
    await expect.poll(watch, { timeout: 90_000 }).not.toEqual([]);
  } finally {
    await holder.end();
  }
  await expectIdeal(jobIds);
  const { rows } = await stack.foreign.query(
    `select max(retry_count)::int as most from jobs_variants where job_id = any($1)`,
    [jobIds],
  );
  expect(rows).toEqual([{ most: 0 }]);
});

/** Takes every connection the server still gives. */
const hoard = async (hoarders: pg.Client[]): Promise<void> => {
  for (;;) {
    const hoarder = new pg.Client({ connectionString: database.url });
    hoarder.on('error', () => undefined);
    try {
      await hoarder.connect();
    } catch (error) {
      expect((error as { code?: string }).code).toBe('53300');
      return;
    }
    hoarders.push(hoarder);
  }
};

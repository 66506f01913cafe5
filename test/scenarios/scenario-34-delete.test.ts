import { readdirSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJob } from '../../src/admin/create-job.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { runCli } from '../support/cli.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { drawnDish } from '../support/pictures.js';
import { untilRows } from '../support/road.js';
import { JOB_STATE, VARIANT_STATE } from '../support/rows.js';
import { type StackProcess, startStackProcess } from '../support/stack-process.js';

let dataDir: string;
let stack: StackProcess;
let ready: ReadyLine;
let foreign: Pool;
beforeAll(async () => {
  dataDir = makeDataDir();
  stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn' });
  ready = await stack.ready;
  foreign = createPool({ url: ready.databaseUrl, name: 'foreign', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await foreign?.end();
  stack?.process.kill('SIGTERM');
  await stack?.exit;
  removeDataDir(dataDir);
});

const newJob = async () =>
  createJob(foreign, {
    assetsDir: ready.assetsDir,
    partName: 'yh',
    tenantId: 'scenario-34',
    photos: [await drawnDish()],
    variantsCount: 2,
    imageGeneration: 'internal',
  });

/** Rows of this system's and the contract's tables that name one of the ids in a column of their own. */
const rowsNaming = async (ids: string[]): Promise<string[]> => {
  const { rows } = await foreign.query<{ place: string; name: string }>(
    `select format('%I.%I', table_schema, table_name) as place, column_name as name
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema in ('public', 'pipeline') and table_type = 'BASE TABLE' and data_type = 'uuid'`,
  );
  const found: string[] = [];
  for (const { place, name } of rows)
    if ((await foreign.query(`select from ${place} where ${name} = any($1)`, [ids])).rowCount)
      found.push(`${place}.${name}`);
  return found;
};

/** Files below the assets folder. */
const files = (): string[] =>
  readdirSync(ready.assetsDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

const openWorkflows = async (jobId: string): Promise<string[]> => {
  const connection = await Connection.connect({ address: ready.temporalAddress });
  try {
    const client = new Client({ connection, namespace: ready.temporalNamespace });
    const open: string[] = [];
    const query = `JobId = '${jobId}' and ExecutionStatus = 'Running'`;
    for await (const run of client.workflow.list({ query })) open.push(run.workflowId);
    return open;
  } finally {
    await connection.close();
  }
};

const nothingIsLeft = async (jobId: string, variantIds: string[]): Promise<void> => {
  // An event that wakes a run whose row is gone may be on its way for a moment.
  await expect.poll(() => rowsNaming([jobId, ...variantIds]), { timeout: 20_000 }).toEqual([]);
  await expect.poll(files, { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => openWorkflows(jobId), { timeout: 20_000 }).toEqual([]);
};

it('34: a finished job is deleted with everything it left', async () => {
  const { jobId, variantIds } = await newJob();
  await untilRows(ready.databaseUrl, JOB_STATE, [jobId], 'instagram_feed_gen/done');
  const before = files().length;
  expect(before).toBeGreaterThan(2 * 4);

  const counted = JSON.parse(
    (await runCli({ DATA_DIR: dataDir }, 'jobs', 'delete', jobId, '--dry-run', '--json')).stdout,
  );
  expect(files()).toHaveLength(before);
  const { code, stdout } = await runCli({ DATA_DIR: dataDir }, 'jobs', 'delete', jobId, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'done', rows: counted.rows, files: before });
  await nothingIsLeft(jobId, variantIds);

  const again = await runCli({ DATA_DIR: dataDir }, 'jobs', 'delete', jobId);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('there is no job');
});

it('34: a running job is not deleted, or is cancelled first', async () => {
  const { jobId, variantIds } = await newJob();
  const [variantId] = variantIds as [string];
  await untilRows(ready.databaseUrl, VARIANT_STATE, [variantId], 'img_gen/running');
  // A job may be finished sooner than a command has started: its worker stands still meanwhile.
  const [worker] = ready.pids.worker as [number];
  process.kill(worker, 'SIGSTOP');
  try {
    const refused = await runCli({ DATA_DIR: dataDir }, 'jobs', 'delete', jobId);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain('refused: the job is at work');
  } finally {
    process.kill(worker, 'SIGCONT');
  }

  expect((await runCli({ DATA_DIR: dataDir }, 'jobs', 'delete', jobId, '--force')).code).toBe(0);
  await nothingIsLeft(jobId, variantIds);
});

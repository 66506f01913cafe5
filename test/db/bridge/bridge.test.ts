import { tmpdir } from 'node:os';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Bridge } from '../../../src/bridge/bridge.js';
import { loadConfig } from '../../../src/config/config.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { NO_RUNS } from '../../support/no-runs.js';
import { insertJob, stateOf } from '../../support/rows.js';

let database: TestDatabase;
let pool: Pool;
let foreign: Pool;
const log = pino({ level: 'silent' });
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'bridge', writer: 'bridge', size: 8, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
const bridges: Bridge[] = [];
afterEach(async () => {
  await Promise.all(bridges.splice(0).map((bridge) => bridge.stop()));
});
afterAll(async () => {
  await Promise.all([pool?.end(), foreign?.end()]);
  await database?.drop();
});

/** A bridge in front of a Temporal that only remembers: `refusing` the first so many starts. */
const startBridge = (started: string[], refusing = 0): Bridge => {
  let left = refusing;
  const bridge = new Bridge({
    pool,
    databaseUrl: database.url,
    starter: {
      async variant({ variantId }) {
        if (left-- > 0) throw new Error('Temporal refuses');
        started.push(variantId);
      },
      async job() {},
    },
    runs: NO_RUNS,
    retention: loadConfig({}).retention,
    files: { root: tmpdir(), partName: 'none' },
    log,
    defaultGeneration: 'internal',
    variantsPerJob: 3,
    reconnectDelay: 500,
    probeInterval: 60_000,
    sweepInterval: 60_000,
    maxAttempts: 5,
  });
  bridges.push(bridge);
  bridge.start();
  return bridge;
};

it('delivers again what was refused: an event goes only after its start', async () => {
  const started: string[] = [];
  startBridge(started, 1);
  const { variantIds } = await insertJob(foreign);
  await expect.poll(() => started, { timeout: 10_000 }).toEqual(variantIds);
  await expect.poll(() => stateOf(foreign, 'jobs_variants', variantIds[0] as string)).toBe('img_gen/queued');
});

it('finds what was written before it began', async () => {
  const { variantIds } = await insertJob(foreign, { variants: 3 });
  const started: string[] = [];
  startBridge(started);
  await expect.poll(() => [...started].sort(), { timeout: 10_000 }).toEqual([...variantIds].sort());
});

it('finds what was written while it was not listening', async () => {
  const started: string[] = [];
  const bridge = startBridge(started);
  await expect.poll(() => bridge.state.listener.connected, { timeout: 10_000 }).toBe(true);
  await expect.poll(() => bridge.state.lastDrained, { timeout: 10_000 }).not.toBeNull();
  await foreign.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'feedlyai-listener' and datname = current_database()`,
  );
  await expect.poll(() => bridge.state.listener.reconnects, { timeout: 10_000 }).toBe(1);
  const { variantIds } = await insertJob(foreign);
  await expect.poll(() => started, { timeout: 10_000 }).toEqual(variantIds);
});

it('shares the work with others: each event is one start', async () => {
  const started: string[] = [];
  for (let count = 0; count < 3; count++) startBridge(started);
  const { variantIds } = await insertJob(foreign, { variants: 20 });
  await expect.poll(() => started.length, { timeout: 10_000 }).toBe(20);
  expect([...started].sort()).toEqual([...variantIds].sort());
});

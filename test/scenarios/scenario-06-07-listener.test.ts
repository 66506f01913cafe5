import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants } from '../support/invariants.js';
import {
  assetsIn,
  foreignPool,
  type RunningStack,
  startGuideJob,
  startRunningStack,
} from '../support/running-stack.js';
import { stateOf } from '../support/rows.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

let database: TestDatabase;
let foreign: Pool;
let stack: RunningStack | undefined;
const dataDir = makeDataDir();
beforeAll(async () => {
  database = await createTestDatabase();
  foreign = foreignPool(database.url);
});
afterAll(async () => {
  await stack?.stop();
  await foreign?.end();
  await database?.drop();
  removeDataDir(dataDir);
});

it('scenario 6: five updates while nobody runs are all picked up after the start, once each', async () => {
  const jobIds: string[] = [];
  for (let count = 0; count < 5; count++) jobIds.push(await startGuideJob(foreign, assetsIn(dataDir)));
  for (const jobId of jobIds) expect(await stateOf(foreign, 'jobs', jobId)).toBe('user_img_input/done');

  const environment = {
    // What starts from here on is not the sweep's doing.
    SWEEP_INTERVAL: '10m',
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: await createNamespace('listener'),
  };
  stack = await startRunningStack(environment, { databaseUrl: database.url, dataDir });
  await stack.untilFinished(jobIds);
  for (const jobId of jobIds) expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(1));
  await checkInvariants(stack, jobIds);
});

it('scenario 7: an update after the LISTEN backend was ended is picked up, and health tells of the gap', async () => {
  const running = stack as RunningStack;
  await expect.poll(() => running.health(), { timeout: 20_000 }).toMatchObject({ code: 200 });
  const before = (await running.health()).details.listener;
  expect(before).toMatchObject({ status: 'up', reconnects: 0 });

  await foreign.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'feedlyai-listener' and datname = current_database()`);
  const jobId = await startGuideJob(foreign, assetsIn(dataDir));
  await running.untilFinished([jobId]);
  expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(1));
  await checkInvariants(running, [jobId]);

  const listener = async (): Promise<any> => (await running.health()).details.listener;
  await expect.poll(listener, { timeout: 20_000 }).toMatchObject({
    status: 'up',
    reconnects: 1,
    lastTrouble: expect.stringMatching(/terminat/),
  });
  expect(Date.parse((await listener()).lastProvenAlive)).toBeGreaterThan(Date.parse(before.lastProvenAlive));
});

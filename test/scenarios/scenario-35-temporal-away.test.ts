import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants } from '../support/invariants.js';
import { assetsIn, type RunningStack, startGuideJob, startRunningStack } from '../support/running-stack.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

let database: TestDatabase;
let proxy: TcpProxy;
let stack: RunningStack;
beforeAll(async () => {
  database = await createTestDatabase();
  const [host, port] = temporalAddress().split(':') as [string, string];
  proxy = await openTcpProxy({ host, port: Number(port) });
  stack = await startRunningStack(
    { TEMPORAL_ADDRESS: `127.0.0.1:${proxy.port}`, TEMPORAL_NAMESPACE: await createNamespace('away') },
    { databaseUrl: database.url },
  );
});
afterAll(async () => {
  await stack?.stop();
  await proxy?.close();
  await database?.drop();
});

const assetsDir = (): string => assetsIn(stack.dataDir);
const waiting = async (): Promise<{ variants: number; tried: number; attempts: number; dead: number }> =>
  (
    await stack.foreign.query(
      `select count(distinct job_variants_id)::int as variants,
              count(distinct job_variants_id) filter (where last_error is not null)::int as tried,
              coalesce(max(attempts), 0)::int as attempts, count(dead_at)::int as dead from pipeline.outbox`,
    )
  ).rows[0];

it.each([
  ['refuses every connection', 'cut'],
  ['swallows everything', 'fallSilent'],
] as const)('scenario 35: nothing is lost of what arrives while Temporal %s', async (_, away) => {
  const underWay = await startGuideJob(stack.foreign, assetsDir());
  await expect
    .poll(
      async () =>
        (await stack.foreign.query('select from pipeline.runs where job_id = $1 and open', [underWay])).rowCount,
      { timeout: 20_000 },
    )
    .toBe(1);

  const processes = stack.pids();
  proxy[away]();
  const arrived: string[] = [];
  for (let count = 0; count < 4; count++) arrived.push(await startGuideJob(stack.foreign, assetsDir()));
  await expect
    .poll(() => stack.health(), { timeout: 60_000 })
    .toMatchObject({
      code: 503,
      details: { temporal: { status: 'down' }, database: { status: 'up' }, listener: { status: 'up' } },
    });
  // Every event has been tried in vain, and gRPC has come to wait between its own attempts.
  await expect.poll(async () => (await waiting()).tried, { timeout: 60_000 }).toBe(4);
  if (away === 'cut') await proxy.whenAsked(10);
  expect(await waiting()).toMatchObject({ variants: 4, tried: 4, attempts: 0, dead: 0 });

  proxy.mend();
  await stack.untilFinished([underWay, ...arrived]);
  for (const jobId of [underWay, ...arrived]) expect(await effectsOf(stack, jobId)).toEqual(idealEffects(1));
  await expect.poll(() => stack.health(), { timeout: 60_000 }).toMatchObject({ code: 200 });
  expect(stack.pids()).toEqual(processes);
  await checkInvariants(stack, [underWay, ...arrived]);
});

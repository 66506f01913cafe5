import { afterAll, beforeAll, expect, it } from 'vitest';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { full, openScene, type Scene } from '../support/scene.js';

const POOL = 10;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ picturesAtOnce: 1, env: { DB_POOL_SIZE: String(POOL) } });
});
afterAll(() => scene?.close());

/** Looks at the server's own list of connections again and again until the work has ended; the most it saw, by pool. */
async function mostConnectionsDuring(work: Promise<unknown>): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const { rows } = await scene.foreign.query<{ name: string; count: number }>(
      // Slowly: the look must not be a load of its own.
      `select application_name as name, count(*)::int as count from pg_stat_activity, pg_sleep(0.1)
        where datname = current_database() and application_name like 'feedlyai-%' group by application_name`,
    );
    for (const { name, count } of rows) most.set(name, Math.max(most.get(name) ?? 0, count));
  }
  await over;
  return most;
}

it('scenario 25: a crowd released at once fits into the pools and one slot, and nobody fails', async () => {
  await scene.stages.play({ models: { 'vision.analyze': { delayMs: 50 }, 'detection.detect': { delayMs: 50 } } });
  const jobs = await Promise.all(Array.from({ length: full(50, 8) }, () => scene.guideJob({ variants: 3 })));
  const most = await mostConnectionsDuring(
    Promise.all([
      scene.release(...jobs.flatMap(({ variantIds }) => variantIds)),
      ...jobs.map(({ jobId }) => scene.untilJob(jobId, 'instagram_feed_gen/done')),
    ]),
  );

  most.delete('feedlyai-foreign');
  expect([...most.keys()]).toEqual(expect.arrayContaining(['feedlyai-server', 'feedlyai-worker', 'feedlyai-stages']));
  for (const [name, connections] of most) expect(connections, name).toBeLessThanOrEqual(POOL);
  const ledger = scene.stages.ledger();
  const atOnce = ledger.flatMap((entry) =>
    entry.kind === 'model' && ['vision.analyze', 'detection.detect'].includes(entry.operation)
      ? [entry.mostActive]
      : [],
  );
  expect(atOnce).toHaveLength(2 * 3 * jobs.length);
  expect(Math.max(...atOnce)).toBe(1);
  expect(ledger.filter((entry) => entry.kind === 'answer' && entry.status !== 200)).toEqual([]);
  for (const { jobId } of jobs) {
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
  }
  await checkInvariants(
    scene,
    jobs.map(({ jobId }) => jobId),
  );
});

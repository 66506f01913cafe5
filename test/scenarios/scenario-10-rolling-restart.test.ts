import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants, idealCalls } from '../support/invariants.js';
import { full, openScene, type Scene } from '../support/scene.js';

/** Calls that the one worker makes at once. */
const STAGE_SLOTS = 8;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { STAGE_SLOTS: String(STAGE_SLOTS) } });
});
afterAll(() => scene?.close());

it('scenario 10: restarting every process over and over loses nothing and doubles nothing', async () => {
  // Slow models, so that every restart meets work under way.
  await scene.stages.play({ models: { 'vision.analyze': { delayMs: 500 }, 'ocr.read': { delayMs: 500 } } });
  const jobs = await Promise.all(Array.from({ length: full(20, 6) }, () => scene.guideJob({ variants: 3 })));
  await scene.release(...jobs.flatMap(({ variantIds }) => variantIds));

  const finished = Promise.all(jobs.map(({ jobId }) => scene.untilJob(jobId, 'instagram_feed_gen/done')));
  const allDone = new AbortController();
  void finished.then(() => allDone.abort());
  let rounds = 0;
  do {
    await restartEverything();
    rounds++;
    // The rhythm of the restarts is the fault itself.
    await delay(full(10_000, 500), undefined, { signal: allDone.signal }).catch(() => undefined);
  } while (!allDone.signal.aborted && rounds < full(Number.POSITIVE_INFINITY, 2));
  await finished;

  expect(rounds).toBeGreaterThan(0);
  for (const { jobId } of jobs) expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
  // What was answered is never asked again; a restart of the stage service costs no more than the calls it met.
  const ledger = scene.stages.ledger();
  const answers = ledger.flatMap((entry) => (entry.kind === 'answer' ? [entry.status] : []));
  const unanswered = ledger.filter(({ kind }) => kind === 'call').length - answers.length;
  expect(answers.filter((status) => status === 200)).toHaveLength(jobs.length * idealCalls(3));
  expect(unanswered).toBeLessThanOrEqual(rounds * STAGE_SLOTS);
  await checkInvariants(
    scene,
    jobs.map(({ jobId }) => jobId),
  );
});

async function restartEverything(): Promise<void> {
  for (const name of ['server', 'worker'] as const) {
    const [before] = scene.pids(name) as [number];
    scene.kill(before, 'SIGTERM');
    // The supervisor's note of who runs is all that tells.
    await expect.poll(() => scene.pids(name).filter((pid) => pid !== before), { timeout: 60_000 }).toHaveLength(1);
  }
  await scene.stages.stop('SIGTERM');
  await scene.stages.start();
}

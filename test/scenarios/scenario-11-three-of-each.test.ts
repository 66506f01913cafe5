import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { full, openScene, type Scene } from '../support/scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ stacks: 3 });
});
afterAll(() => scene?.close());

it('scenario 11: three relays and three workers do no more than one of each would', async () => {
  const jobs = await Promise.all(Array.from({ length: full(10, 5) }, () => scene.guideJob({ variants: 3 })));
  await scene.release(...jobs.flatMap(({ variantIds }) => variantIds));
  for (const { jobId } of jobs) {
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
  }
  expect(scene.stages.ledger().filter((entry) => entry.kind === 'answer' && entry.status !== 200)).toEqual([]);
  await noteFigures(
    scene,
    '11: 3 relays and 3 workers',
    jobs.map(({ jobId }) => jobId),
  );
  await checkInvariants(
    scene,
    jobs.map(({ jobId }) => jobId),
  );
});

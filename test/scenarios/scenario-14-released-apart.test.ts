import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { full, openScene, type Scene } from '../support/scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.stages.play({
    models: {
      'vision.analyze': { delayMs: 1_000 },
      'vision.judge': { delayMs: 1_000 },
      'detection.detect': { delayMs: 300 },
      'ocr.read': { delayMs: 300 },
      'language.translateToKorean': { delayMs: 1_000 },
      'language.instagramFeed': { delayMs: 1_000 },
    },
  });
});
afterAll(() => scene?.close());

it.each(Array.from({ length: full(20, 2) }, (_, index) => index + 1))(
  'scenario 14: three variants released 2 s apart, repetition %i',
  async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    for (const id of variantIds) {
      await scene.release(id);
      // The rhythm in which the pictures come is the scenario itself.
      if (id !== variantIds.at(-1)) await delay(2_000);
    }
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await noteFigures(scene, '14: 3 variants released 2 s apart', [jobId]);
    await checkInvariants(scene, [jobId]);
  },
);

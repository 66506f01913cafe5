import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants, retryCountsOf } from '../support/invariants.js';
import { full, openScene, type Scene } from '../support/scene.js';
import { ALWAYS } from '../support/scripted-stages.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.close());

/** Seconds that the dependency is away, and the calls that each variant may have made by then: at 0, 1, 3, 10, 32, … s. */
const OUTAGE_S = full(120, 7);
const CALLS_BY_THEN = full(8, 3);

describe('scenario 17: what is away is waited for', () => {
  it.each([
    ['the model, while its stage service says so', 'model'],
    ['the stage service itself', 'service'],
  ] as const)('%s', async (_, away) => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    if (away === 'model') await scene.stages.play({ models: { 'vision.analyze': { die: ALWAYS } } });
    else await scene.stages.stop('SIGKILL');
    await scene.release(...variantIds);
    // An outage lasts by the clock, whatever happens meanwhile.
    await delay(OUTAGE_S * 1_000);

    const { rows } = await scene.foreign.query(
      `select stage, last_ending, reason, retries from pipeline.claims where job_id = $1 and last_ending is not null`,
      [jobId],
    );
    const reason = away === 'model' ? 'The engine process has ended' : expect.stringMatching(/cannot be reached/);
    expect(rows).toEqual(variantIds.map(() => ({ stage: 'vlm_analyze', last_ending: 'outage', reason, retries: 0 })));
    const callsBefore = variantIds.map((id) => scene.stages.calls(id).length);
    for (const calls of callsBefore) expect(calls).toBeLessThanOrEqual(CALLS_BY_THEN);

    if (away === 'model') await scene.stages.play({});
    else await scene.stages.start();
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    for (const [index, id] of variantIds.entries()) {
      expect(scene.stages.calls(id).length - (callsBefore[index] as number)).toBe(8);
    }
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await noteFigures(scene, `17: ${away} away for ${OUTAGE_S} s`, [jobId]);
    await checkInvariants(scene, [jobId]);
  });
});

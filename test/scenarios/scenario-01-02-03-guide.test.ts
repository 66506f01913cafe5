import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { insertText } from '../support/rows.js';
import { openScene, type Scene } from '../support/scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.close());

describe("the guide's job, by SQL alone", () => {
  it('scenario 1: shows each variant at vlm_analyze or later, and each ends at its last stage', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3, adCopyEng: null });
    for (const id of variantIds) {
      await scene.release(id);
      await scene.until(
        `select pipeline.step_order(current_step) > 0 from jobs_variants where job_variants_id = $1`,
        id,
      );
    }
    for (const id of variantIds) {
      await scene.untilVariant(id, 'iou_eval/done');
      expect((await scene.history.ofVariant(id)).map(({ state }) => state)).toContain('vlm_analyze/running');
    }
    await checkInvariants(scene, [jobId], { state: 'iou_eval/done' });
  });

  it('scenario 2: ends with one feed, ideal counts and no retry', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    await scene.release(...variantIds);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await checkInvariants(scene, [jobId]);

    await noteFigures(scene, '2: 3 variants released together', [jobId]);

    const states = (await scene.history.ofJob(jobId)).map(({ state }) => state);
    const changes = states.filter((state, index) => state !== states[index - 1]);
    // Fault-free: never failed, each state once, and the end as its readers wait for it.
    expect(changes.filter((state) => state.endsWith('failed'))).toEqual([]);
    expect(new Set(changes).size).toBe(changes.length);
    expect(changes.slice(-5)).toEqual([
      'iou_eval/done',
      'ad_copy_gen_kor/running',
      'ad_copy_gen_kor/done',
      'instagram_feed_gen/running',
      'instagram_feed_gen/done',
    ]);
  });

  it('scenario 3: rests without English copy, says why, and goes on when it comes', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3, adCopyEng: null });
    await scene.release(...variantIds);
    await scene.untilJob(jobId, 'iou_eval/done');
    await expect
      .poll(async () => (await scene.foreign.query('select reason from pipeline.jobs where job_id = $1', [jobId])).rows)
      .toEqual([{ reason: 'rests until English copy (ad_copy_eng) arrives' }]);
    await checkInvariants(scene, [jobId], { state: 'iou_eval/done' });

    await insertText(scene.foreign, jobId, 'ad_copy_eng', 'A warm bowl of gukbap');
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    await checkInvariants(scene, [jobId]);
  });
});

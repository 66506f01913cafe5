import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../src/stage-api/endpoints.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { playFrontEnd, playImageGeneration } from '../support/neighbours.js';
import { untilWaiting } from '../support/quiet.js';
import { insertJob, insertText } from '../support/rows.js';
import { full, openScene, type Scene } from '../support/scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { OVERLAY_TEXT_PATIENCE: '6s', IMAGE_GENERATION: 'external' } });
});
afterAll(() => scene?.close());

describe('scenario 20: no Korean text', () => {
  it('is waited for, and drawn when it comes', async () => {
    const { jobId, variantIds } = await scene.guideJob({ adCopyKor: null, descKor: null });
    await scene.release(...variantIds);
    await untilWaiting(scene.foreign, variantIds[0] as string);
    await insertText(scene.foreign, jobId, 'ad_copy_kor', '늦게 온 문구');
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(1));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(1));
    await checkInvariants(scene, [jobId]);
  });

  it('may be given by hand: the stage called directly is adopted, and the run goes on', async () => {
    const { jobId, variantIds } = await scene.guideJob({ adCopyKor: null, descKor: null });
    const variantId = variantIds[0] as string;
    await scene.release(variantId);
    await untilWaiting(scene.foreign, variantId);
    const answer = await fetch(new URL(ENDPOINTS.overlay, scene.stages.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ job_variants_id: variantId, job_id: jobId, tenant_id: 'test', text: '손으로 쓴 문구' }),
    });
    expect(answer.status).toBe(200);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(scene.stages.calls(variantId)).not.toContain('overlay');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(1));
    await checkInvariants(scene, [jobId]);
  });

  it('fails the variant with the reason when it never comes', async () => {
    const { jobId, variantIds } = await scene.guideJob({ adCopyKor: null, descKor: null });
    await scene.release(...variantIds);
    await scene.untilJob(jobId, 'overlay/failed');
    const { rows } = await scene.foreign.query('select reason from pipeline.runs where job_variants_id = $1', [
      variantIds[0],
    ]);
    expect(rows).toEqual([{ reason: 'no Korean text (ad_copy_kor) arrived within 6 s' }]);
    await checkInvariants(scene, [jobId], { state: 'overlay/failed' });
  });
});

describe('scenario 24: a front end that writes the job at any moment', () => {
  it.each(Array.from({ length: full(10, 2) }, (_, index) => 2_400 + index))('seed %i, Door A', async (seed) => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    const end = new AbortController();
    const writing = playFrontEnd(scene, jobId, seed, end.signal);
    await scene.release(...variantIds);
    await expectOneFeed(jobId, end, writing);
  });

  it.each(Array.from({ length: full(10, 1) }, (_, index) => 240 + index))('seed %i, Door B', async (seed) => {
    const { jobId } = await insertJob(scene.foreign, { variants: 0 });
    const end = new AbortController();
    const writing = playFrontEnd(scene, jobId, seed, end.signal);
    await playImageGeneration(scene, jobId, { variants: 3, apart: 700, closes: true });
    await expectOneFeed(jobId, end, writing);
  });

  async function expectOneFeed(jobId: string, end: AbortController, writing: Promise<number>): Promise<void> {
    // The front end may be the last to write for a moment: what the pipeline recorded is the end to wait for.
    await scene.until(
      `select stage = 'instagram_feed_gen' and status = 'done' from pipeline.jobs where job_id = $1`,
      jobId,
    );
    end.abort();
    expect(await writing).toBeGreaterThan(3);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await checkInvariants(scene, [jobId], { meddled: true });
  }
});

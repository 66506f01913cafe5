import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { playImageGeneration } from '../support/neighbours.js';
import { insertJob } from '../support/rows.js';
import { full, openScene, type Scene } from '../support/scene.js';

const APART_MS = full(8_000, 1_000);
/** Longer than YE takes from one variant to the next. */
const PATIENCE_S = full(12, 3);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ env: { IMAGE_GENERATION: 'external', DOOR_B_PATIENCE: `${PATIENCE_S}s` } });
});
afterAll(() => scene?.close());

const emptyJob = async (): Promise<string> => (await insertJob(scene.foreign, { variants: 0 })).jobId;

describe('Door B: variants come one by one', () => {
  it('scenario 4: looks at the picture before it detects anything on it', async () => {
    const jobId = await emptyJob();
    const [variantId] = (await playImageGeneration(scene, jobId, { variants: 1, apart: 0, closes: true })) as [string];
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(scene.stages.calls(variantId).slice(0, 2)).toEqual(['vlm_analyze', 'yolo_detect']);
    const { rows } = await scene.foreign.query(
      `select (select min(created_at) from vlm_traces where job_variants_id = $1)
            < (select min(d.created_at) from detections d join jobs_variants v on v.img_asset_id = d.image_asset_id
                where v.job_variants_id = $1) as analyzed_first`,
      [variantId],
    );
    expect(rows).toEqual([{ analyzed_first: true }]);
    await checkInvariants(scene, [jobId], { meddled: true });
  });

  it('scenario 5: makes one translation and one feed, and keeps its end whatever YE writes then', async () => {
    const jobId = await emptyJob();
    await playImageGeneration(scene, jobId, { variants: 3, apart: APART_MS, closes: true });
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    await scene.foreign.query(`update jobs set current_step = 'img_gen', status = 'done' where job_id = $1`, [jobId]);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');

    await noteFigures(scene, '5: Door B, variants 8 s apart', [jobId]);
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await checkInvariants(scene, [jobId], { meddled: true });
  });

  it('takes the variants there are when YE never says that they are all, and records it', async () => {
    const jobId = await emptyJob();
    await playImageGeneration(scene, jobId, { variants: 2, apart: 0, closes: false });
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    const { rows } = await scene.foreign.query(
      `select outcome from pipeline.waits where unit_id = $1 and evidence = 'siblings'`,
      [jobId],
    );
    expect(rows).toEqual([{ outcome: `no closing mark within ${PATIENCE_S} s of the last variant` }]);
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(2));
    await checkInvariants(scene, [jobId], { meddled: true });
  });
});

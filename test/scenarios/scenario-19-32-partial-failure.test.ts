import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants } from '../support/invariants.js';
import { setVariant } from '../support/rows.js';
import { openScene, type Scene } from '../support/scene.js';
import { ALWAYS } from '../support/scripted-stages.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.close());
afterEach(() => scene.stages.play({}));

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];
/** The variant that fails. */
const FAILING = 2;

const endOf = async (jobId: string): Promise<unknown> => {
  const { rows } = await scene.foreign.query(
    `select j.current_step, j.status, j.retry_count, p.stage, p.status as recorded, p.generation, p.reason
       from jobs j join pipeline.jobs p using (job_id) where job_id = $1`,
    [jobId],
  );
  return rows[0];
};

describe('one of three fails', () => {
  it.each(ORDERS)('scenario 19: the job ends the same when they end in the order %i %i %i', async (...order) => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    await scene.stages.play({
      stages: { iou_eval: [{ hang: 3 }, { refuse: ALWAYS, only: variantIds[FAILING] as string }] },
    });
    await scene.release(...variantIds);
    for (const id of variantIds) await scene.stages.untilCalled('iou_eval', 1, id);
    for (const index of order) {
      const id = variantIds[index] as string;
      await scene.stages.release(id);
      await scene.untilVariant(id, index === FAILING ? 'iou_eval/failed' : 'iou_eval/done');
    }
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await endOf(jobId)).toEqual({
      current_step: 'instagram_feed_gen',
      status: 'done',
      retry_count: 0,
      stage: 'instagram_feed_gen',
      recorded: 'done',
      generation: 1,
      reason: null,
    });
    expect(await effectsOf(scene, jobId)).toEqual({ ...idealEffects(3), iou: 2 });
    await checkInvariants(scene, [jobId]);
  });

  it('scenario 32: a picture that could not be made counts as failed', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    const [a, b, c] = variantIds as [string, string, string];
    await setVariant(scene.foreign, b, 'img_gen', 'failed');
    await scene.release(a, c);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(2));
    expect(scene.stages.calls(b)).toEqual([]);
    await checkInvariants(scene, [jobId]);
  });

  it('fails the job at the furthest failed step when none succeeds', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    const [a, b, c] = variantIds as [string, string, string];
    await scene.stages.play({
      stages: { planner: { refuse: 1, only: a }, yolo_detect: { refuse: 1, only: c } },
    });
    await setVariant(scene.foreign, b, 'img_gen', 'failed');
    await scene.release(a, c);
    await scene.untilJob(jobId, 'planner/failed');
    expect(await endOf(jobId)).toMatchObject({ reason: '3 of 3 variants failed' });
    await checkInvariants(scene, [jobId], { state: 'planner/failed' });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { JOB_STAGES, type Stage, VARIANT_STAGES } from '../../workflows/contract.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { openScene, type Scene } from '../support/scene.js';
import { ALWAYS, type StageLines } from '../support/scripted-stages.js';

type ServiceStage = Exclude<Stage, 'img_gen'>;
const STAGES = [...VARIANT_STAGES.slice(1), ...JOB_STAGES] as ServiceStage[];
const isJobStage = (stage: Stage): boolean => (JOB_STAGES as readonly string[]).includes(stage);

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.close());
afterEach(() => scene.stages.play({}));

describe('failures', () => {
  it('scenario 16: each of the ten stages fails once, which costs exactly one more call and one retry', async () => {
    const jobs = await Promise.all(
      STAGES.map(async (stage) => {
        const { jobId, variantIds } = await scene.guideJob();
        const variantId = variantIds[0] as string;
        return { stage, jobId, variantId, unitId: isJobStage(stage) ? jobId : variantId };
      }),
    );
    const stages: { [S in ServiceStage]?: StageLines } = {};
    for (const { stage, unitId } of jobs) stages[stage] = { fail: 1, only: unitId };
    await scene.stages.play({ stages });
    await scene.release(...jobs.map(({ variantId }) => variantId));

    for (const { stage, jobId, unitId } of jobs) {
      await scene.untilJob(jobId, 'instagram_feed_gen/done');
      expect(await effectsOf(scene, jobId), stage).toEqual(idealEffects(1));
      expect(await callsOf(scene, jobId), stage).toBe(idealCalls(1) + 1);
      expect(scene.stages.calls(unitId).filter((called) => called === stage)).toHaveLength(2);
      const retries = isJobStage(stage) ? { job: 1, variants: [0] } : { job: 0, variants: [1] };
      expect(await retryCountsOf(scene, jobId), stage).toEqual(retries);
    }
    await checkInvariants(
      scene,
      jobs.map(({ jobId }) => jobId),
    );
  });

  it('scenario 18: a stage that fails for good ends its variant there, and nothing follows', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    const failing = variantIds[1] as string;
    await scene.stages.play({ stages: { planner: { fail: ALWAYS, only: failing } } });
    await scene.release(...variantIds);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');

    expect(scene.stages.calls(failing)).toEqual(['vlm_analyze', 'yolo_detect', ...Array(4).fill('planner')]);
    const states = (await scene.history.ofVariant(failing)).map(({ state }) => state);
    expect(states.filter((state) => state.startsWith('planner'))).toEqual([
      ...Array(4).fill('planner/running'),
      'planner/failed',
    ]);
    expect(states.at(-1)).toBe('planner/failed');
    expect(await effectsOf(scene, jobId)).toEqual({ ...idealEffects(2), analyze: 3 });
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 3, 0] });
    const { rows } = await scene.foreign.query('select reason from pipeline.runs where job_variants_id = $1', [
      failing,
    ]);
    expect(rows).toEqual([{ reason: 'the scripted stage failed' }]);
    await checkInvariants(scene, [jobId]);
  });

  it("ends a job whose translation fails for good at that step, and a variant's retry reopens it", async () => {
    const { jobId, variantIds } = await scene.guideJob();
    await scene.stages.play({ stages: { ad_copy_gen_kor: { refuse: 1 } } });
    await scene.release(...variantIds);
    await scene.untilJob(jobId, 'ad_copy_gen_kor/failed');
    await checkInvariants(scene, [jobId], { state: 'ad_copy_gen_kor/failed' });

    await scene.foreign.query(
      `update jobs_variants set current_step = 'iou_eval', status = 'queued' where job_variants_id = $1`,
      [variantIds[0]],
    );
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual({ ...idealEffects(1), iou: 2 });
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stage, JOB_STAGES, VARIANT_STAGES } from '../../workflows/contract.js';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants, retryCountsOf } from '../support/invariants.js';
import { openScene, type Scene } from '../support/scene.js';
import type { StageLines, StagesScript } from '../support/scripted-stages.js';

type ServiceStage = Exclude<Stage, 'img_gen'>;
const STAGES = [...VARIANT_STAGES.slice(1), ...JOB_STAGES] as ServiceStage[];

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ stacks: 2 });
});
afterAll(() => scene?.close());

it('scenario 9: every worker killed inside each of the ten stages costs one attempt and doubles nothing', async () => {
  const jobs = await Promise.all(
    STAGES.map(async (stage) => {
      const { jobId, variantIds } = await scene.guideJob();
      const variantId = variantIds[0] as string;
      const unitId = JOB_STAGES.includes(stage as never) ? jobId : variantId;
      return { stage, jobId, variantId, unitId };
    }),
  );
  const stages: { [S in ServiceStage]?: StageLines } = {};
  for (const { stage, unitId } of jobs) stages[stage] = { hang: 1, only: unitId };
  await scene.stages.play({ stages } satisfies StagesScript);

  await scene.release(...jobs.map(({ variantId }) => variantId));
  for (const { stage, unitId } of jobs) await scene.stages.untilCalled(stage, 1, unitId);
  for (const pid of scene.pids('worker')) scene.kill(pid);
  // Other workers, or the same ones started anew, call again while the first calls still hang.
  for (const { stage, unitId } of jobs) await scene.stages.untilCalled(stage, 2, unitId);
  await scene.stages.release();

  for (const { stage, jobId } of jobs) {
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId), stage).toEqual(idealEffects(1));
    const isJobStage = JOB_STAGES.includes(stage as never);
    expect(await retryCountsOf(scene, jobId), stage).toEqual({
      job: isJobStage ? 1 : 0,
      variants: [isJobStage ? 0 : 1],
    });
  }
  await noteFigures(
    scene,
    '9: worker killed in each of the ten stages',
    jobs.map(({ jobId }) => jobId),
  );
  await checkInvariants(
    scene,
    jobs.map(({ jobId }) => jobId),
  );
});

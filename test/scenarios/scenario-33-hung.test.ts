import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { effectKey, variantWorkflowId } from '../../workflows/contract.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { checkInvariants, retryCountsOf } from '../support/invariants.js';
import { openScene, type Scene } from '../support/scene.js';

/** Longer than a service may be silent, or that would never be seen. */
const STAGE_TIMEOUT_MS = 8_000;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ stacks: 2, stageTimeoutMs: STAGE_TIMEOUT_MS, env: { STAGE_TIMEOUT: '8s' } });
});
afterAll(() => scene?.close());
afterEach(() => scene.stages.play({}));

const statusesOf = (variantId: string): number[] => {
  const key = effectKey(variantId, 'vlm_analyze', 1);
  return scene.stages.ledger().flatMap((entry) => (entry.kind === 'answer' && entry.key === key ? [entry.status] : []));
};

/** How often Temporal has had a stage of the variant attempted again, summed over its stages. */
const repeatedAttempts = async (variantId: string): Promise<number> => {
  const { events } = await scene.client.workflow.getHandle(variantWorkflowId(variantId)).fetchHistory();
  return (events ?? []).reduce(
    (sum, { activityTaskStartedEventAttributes: started }) => sum + (started ? (started.attempt ?? 1) - 1 : 0),
    0,
  );
};

describe('scenario 33: what hangs is taken over, and what wakes up late changes nothing', () => {
  it('a worker that stands still', async () => {
    const { jobId, variantIds } = await scene.guideJob();
    const variantId = variantIds[0] as string;
    const [first, second] = scene.pids('worker') as [number, number];
    await scene.stages.play({ stages: { yolo_detect: { hang: 1 } } });
    // One stands still first, so that the other has the stage; then they change places.
    scene.kill(second, 'SIGSTOP');
    try {
      await scene.release(variantId);
      await scene.stages.untilCalled('yolo_detect', 1, variantId);
    } finally {
      scene.kill(second, 'SIGCONT');
    }
    scene.kill(first, 'SIGSTOP');
    try {
      await scene.stages.untilCalled('yolo_detect', 2, variantId);
    } finally {
      scene.kill(first, 'SIGCONT');
    }
    // The first attempt wakes up while its successor is at work, and its own call is let go as well.
    await scene.stages.release();
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(1));
    // Tasks that were handed to whoever stood still may have cost more than the one attempt: Temporal counts them all.
    const retries = (await retryCountsOf(scene, jobId)).variants[0] as number;
    expect(retries).toBeGreaterThanOrEqual(1);
    expect(retries).toBeLessThanOrEqual(await repeatedAttempts(variantId));
    await checkInvariants(scene, [jobId]);
  });

  it('a model that never answers: the call is taken over, its late answer is refused', async () => {
    const { jobId, variantIds } = await scene.guideJob();
    const variantId = variantIds[0] as string;
    await scene.stages.play({ models: { 'vision.analyze': { hang: 1 } } });
    await scene.release(variantId);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    const { rows: before } = await scene.foreign.query('select * from vlm_traces where job_variants_id = $1', [
      variantId,
    ]);

    const answered = statusesOf(variantId).length;
    await scene.stages.release();
    // Nobody listens any more; the engine's late answer still ends in a refusal, which only its trace in the rows would show.
    await scene.stages.play({});
    expect(statusesOf(variantId).filter((status) => status === 200)).toHaveLength(1);
    expect(answered).toBeGreaterThanOrEqual(1);
    const { rows: after } = await scene.foreign.query('select * from vlm_traces where job_variants_id = $1', [
      variantId,
    ]);
    expect(after).toEqual(before);
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(1));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [1] });
    await checkInvariants(scene, [jobId]);
  });

  it('a stage service that stands still is an outage, not a failure', async () => {
    const { jobId, variantIds } = await scene.guideJob();
    const variantId = variantIds[0] as string;
    await scene.stages.play({ stages: { vlm_analyze: { hang: 1 } } });
    await scene.release(variantId);
    await scene.stages.untilCalled('vlm_analyze', 1, variantId);
    scene.kill(scene.stages.pid, 'SIGSTOP');
    try {
      const ending = async (): Promise<unknown> =>
        (await scene.foreign.query('select last_ending, reason from pipeline.claims where unit_id = $1', [variantId]))
          .rows[0];
      await expect
        .poll(ending, { timeout: 30_000 })
        .toMatchObject({ reason: expect.stringMatching(/no sign of life/) });
    } finally {
      scene.kill(scene.stages.pid, 'SIGCONT');
    }
    await scene.stages.release();
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(1));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0] });
    await checkInvariants(scene, [jobId]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VARIANT_STAGES, type VariantStage } from '../../workflows/contract.js';
import { untilWaiting } from '../support/quiet.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, setVariant, VARIANT_STATE } from '../support/rows.js';

let road: Road;
beforeAll(async () => {
  road = await openRoad({ picturePatienceMs: 3_000, siblingsPatienceMs: 1_000 });
});
afterAll(() => road?.close());
beforeEach(() => road.startAfresh());

const from = (stage: VariantStage): readonly string[] => VARIANT_STAGES.slice(VARIANT_STAGES.indexOf(stage));

describe('(img_gen, running) by a foreign hand', () => {
  it.each([
    ['over our own order for the picture', 'user_img_input', 'done'],
    ['from the first', 'img_gen', 'running'],
  ])('%s: their picture is waited for and taken', async (_, step, status) => {
    await road.stopWorkers();
    const { jobId, variantIds } = await insertJob(road.foreign, { step, status });
    const [variantId] = variantIds as [string];
    if (step === 'user_img_input') {
      await road.until(VARIANT_STATE, [variantId], 'img_gen/queued');
      await setVariant(road.foreign, variantId, 'img_gen', 'running');
    }
    await road.startWorkers();
    await untilWaiting(road.foreign, variantId);
    await setVariant(road.foreign, variantId, 'img_gen', 'done');
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(from('vlm_analyze'));
  });

  it('that never finishes is taken over', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { step: 'img_gen', status: 'running' });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantIds[0] as string)).toEqual([...VARIANT_STAGES]);
  });
});

describe('Door B that is never closed', () => {
  it('ends with the variants there are, and says why', async () => {
    const { jobId } = await insertJob(road.foreign, { variants: 2, step: 'vlm_analyze', status: 'queued' });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    const { rows } = await road.foreign.query(`select action, note from pipeline.audit where job_id = $1`, [jobId]);
    expect(rows).toEqual([{ action: 'closed', note: 'no closing mark within 1 s of the last variant' }]);
    expect(road.stagesOf(jobId)).toEqual(['ad_copy_gen_kor', 'instagram_feed_gen']);
  });
});

describe('states written by hand, with nobody at work', () => {
  it.each<[string, string, VariantStage]>([
    ['planner', 'done', 'overlay'],
    ['overlay', 'queued', 'overlay'],
    ['readability_eval', 'done', 'iou_eval'],
    ['vlm_analyze', 'done', 'yolo_detect'],
  ])('(%s, %s) starts at %s, in the same generation', async (step, status, expected) => {
    const { jobId, variantIds } = await insertJob(road.foreign, { step: 'user_img_input', status: 'queued' });
    const [variantId] = variantIds as [string];
    await setVariant(road.foreign, variantId, step, status);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(from(expected));
    expect(new Set(road.calls.filter((call) => call.unitId === variantId).map((call) => call.generation))).toEqual(
      new Set([1]),
    );
  });
});

describe('a foreign write forward during a run', () => {
  it('is adopted: what it skips is not performed, and no claim stays open', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    let skipped = false;
    road.script(async ({ stage }) => {
      if (stage !== 'yolo_detect' || skipped) return;
      skipped = true;
      await setVariant(road.foreign, variantId, 'overlay', 'done');
      throw new Error('the detection stumbled');
    });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(['img_gen', 'vlm_analyze', 'yolo_detect', ...from('vlm_judge')]);
    const { rows } = await road.foreign.query(
      `select stage from pipeline.claims where unit_id = $1 and state = 'open'`,
      [variantId],
    );
    expect(rows).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operation, Script } from '../../../src/stages/engines/scripted/script.js';
import { type PlacedVariant, placeVariant } from './place-variant.js';
import { type Answer, type ServiceStage, StageBench, TENANT } from './stage-bench.js';
import { bodyFor, SERVICE_STAGES } from './walk.js';

const script: Script = {};
let bench: StageBench;
beforeAll(async () => {
  bench = await StageBench.open({ script });
});
afterAll(() => bench.close());
beforeEach(() => {
  for (const name of Object.keys(script)) delete script[name as Operation];
});

/** Who does a stage's work, and which table's refusal fails its last transaction. */
const STAGES: Record<ServiceStage, { engine?: Operation; table: string }> = {
  vlm_analyze: { engine: 'vision.analyze', table: 'vlm_traces' },
  yolo_detect: { engine: 'detection.detect', table: 'yolo_runs' },
  planner: { table: 'planner_proposals' },
  overlay: { table: 'overlay_layouts' },
  vlm_judge: { engine: 'vision.judge', table: 'vlm_traces' },
  ocr_eval: { engine: 'ocr.read', table: 'evaluations' },
  readability_eval: { table: 'evaluations' },
  iou_eval: { table: 'evaluations' },
  ad_copy_gen_kor: { engine: 'language.translateToKorean', table: 'txt_ad_copy_generations' },
  instagram_feed_gen: { engine: 'language.instagramFeed', table: 'instagram_feeds' },
};
const ALL = Object.keys(STAGES) as ServiceStage[];
const isJob = (stage: ServiceStage): boolean => stage === 'ad_copy_gen_kor' || stage === 'instagram_feed_gen';

const ask = async (stage: ServiceStage, variant: PlacedVariant, change: object = {}): Promise<Answer> => {
  const body = isJob(stage)
    ? { job_id: variant.jobId, tenant_id: TENANT }
    : await bodyFor(bench, variant, stage, '한 끼');
  return bench.call(stage, { ...body, ...change });
};

const refused = async (stage: ServiceStage, variant: PlacedVariant, change: object = {}): Promise<Answer> => {
  const before = await bench.snapshot();
  const answer = await ask(stage, variant, change);
  expect(await bench.snapshot(), `${stage} left a trace`).toBe(before);
  return answer;
};

describe.each(ALL)('%s', (stage) => {
  const { table } = STAGES[stage];
  test('answers 200 by hand, with all fields of its document, and says done', async () => {
    const variant = await placeVariant(bench, stage);
    const answer = await ask(stage, variant);
    expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
    const documented = await bench.answerSchema(stage);
    expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(documented.required));
    const [row] = await bench.query(
      isJob(stage)
        ? 'select current_step, status from jobs where job_id = $1'
        : 'select current_step, status from jobs_variants where job_variants_id = $1',
      [isJob(stage) ? variant.jobId : variant.variantId],
    );
    expect(row).toEqual({ current_step: stage, status: 'done' });
  });

  test('a failing database: 500, neutral, nothing written; the same call works afterwards', async () => {
    const variant = await placeVariant(bench, stage);
    await bench.refuseInserts(table);
    const answer = await refused(stage, variant).finally(() => bench.allowInserts(table));
    expect([answer.status, answer.body.detail]).toEqual([500, expect.stringMatching(/^Internal server error/)]);
    expect((await ask(stage, variant)).status).toBe(200);
  });
});

test.each(
  ALL.flatMap((stage): [ServiceStage, Operation][] => {
    const { engine } = STAGES[stage];
    return engine ? [[stage, engine]] : [];
  }),
)('%s: an engine (%s) that fails, breaks or dies: 500, 500, 503, nothing written', async (stage, engine) => {
  const variant = await placeVariant(bench, stage);
  const lines: Record<string, number> = {};
  script[engine] = lines;
  for (const [mishap, status] of [
    ['fail', 500],
    ['break', 500],
    ['die', 503],
  ] as const) {
    lines[mishap] = 1;
    const answer = await refused(stage, variant);
    expect([mishap, answer.status]).toEqual([mishap, status]);
    expect(answer.body.detail).not.toContain('/secret');
  }
  expect((await ask(stage, variant)).status).toBe(200);
});

const without = (column: string) => (v: PlacedVariant) =>
  bench.query(`update overlay_layouts set ${column} = null where overlay_id = $1`, [v.overlayId]);
const noPicture = (v: PlacedVariant) =>
  bench.query('update jobs_variants set img_asset_id = null where job_variants_id = $1', [v.variantId]);
const pictureAt = (url: string) => (v: PlacedVariant) =>
  bench.query('update image_assets set image_url = $2 where image_asset_id = any($1)', [[v.imageId, v.renderId], url]);
const notAPicture = async (v: PlacedVariant) => {
  const { url } = await bench.assets.publish({
    tenantId: TENANT,
    kind: 'generated',
    id: randomUUID(),
    extension: 'png',
    bytes: Buffer.from('no picture'),
    date: new Date(),
  });
  await pictureAt(url)(v);
};
const noRender = async (v: PlacedVariant) => {
  await bench.query('update jobs_variants set overlaid_img_asset_id = null where job_variants_id = $1', [v.variantId]);
  await bench.query(`update overlay_layouts set layout = layout - 'render' where overlay_id = $1`, [v.overlayId]);
};
const noOverlay = async (v: PlacedVariant) => {
  await noRender(v);
  await bench.query('delete from overlay_layouts where overlay_id = $1', [v.overlayId]);
};
const noSize = (v: PlacedVariant) =>
  bench.query('update image_assets set width = null where image_asset_id = $1', [v.imageId]);
const noEnglish = (v: PlacedVariant) => bench.query('delete from txt_ad_copy_generations where job_id = $1', [v.jobId]);
const noInputs = (v: PlacedVariant) => bench.query('delete from job_inputs where job_id = $1', [v.jobId]);
const asIs = async () => {};

type Case = [ServiceStage, string, (v: PlacedVariant) => Promise<unknown>, object, number, RegExp];
const onPictures = (
  ['vlm_analyze', 'yolo_detect', 'planner', 'overlay', 'vlm_judge', 'ocr_eval', 'readability_eval'] as const
).flatMap((stage): Case[] => [
  [stage, 'a missing file', pictureAt('/assets/yh/none.png'), {}, 400, /missing/],
  [stage, 'a file that is no picture', notAPicture, {}, 400, /decode|picture|image/i],
]);
const withOverlayId = (['ocr_eval', 'readability_eval', 'iou_eval'] as const).flatMap((stage): Case[] => [
  [stage, 'an overlay id that is none', asIs, { overlay_id: 'x' }, 400, /^Invalid UUID format: overlay_id/],
  [stage, 'an unknown overlay', asIs, { overlay_id: randomUUID() }, 404, /^Overlay not found/],
]);
const CASES: Case[] = [
  ...onPictures,
  ...withOverlayId,
  ['vlm_analyze', 'no picture', noPicture, {}, 404, /^Image asset not found/],
  ['yolo_detect', 'no picture', noPicture, {}, 404, /^Image asset not found/],
  ['planner', 'no picture', noPicture, {}, 404, /^Image asset not found/],
  ['overlay', 'no picture', noPicture, {}, 404, /^Image asset not found/],
  ['overlay', 'an unknown proposal', asIs, { proposal_id: randomUUID() }, 404, /^Proposal not found/],
  ['overlay', 'a proposal id that is none', asIs, { proposal_id: 'x' }, 400, /^Invalid UUID format: proposal_id/],
  ['overlay', 'an empty text', asIs, { text: '  ' }, 400, /text is empty/],
  ['overlay', 'a character the font lacks', asIs, { text: '\u{12000}' }, 400, /glyph/],
  ['vlm_judge', 'nothing to judge', noOverlay, {}, 400, /No rendered picture/],
  ['vlm_judge', 'an unknown overlay', asIs, { overlay_id: randomUUID() }, 404, /^Overlay not found/],
  ['vlm_judge', 'an overlay id that is none', asIs, { overlay_id: 'x' }, 400, /^Invalid UUID format: overlay_id/],
  ['vlm_judge', 'no URL of the finished picture', noRender, {}, 404, /^Render URL not found/],
  ['ocr_eval', 'no URL of the finished picture', noRender, {}, 404, /^Render URL not found/],
  ['readability_eval', 'no URL of the finished picture', noRender, {}, 404, /^Render URL not found/],
  ['iou_eval', 'an overlay without a ratio', without('width_ratio'), {}, 404, /ratios not found/i],
  ['iou_eval', 'a picture without a size', noSize, {}, 404, /size not found/i],
  ['iou_eval', 'no picture', noPicture, {}, 404, /^Image asset not found/],
  ['ad_copy_gen_kor', 'no English copy', noEnglish, {}, 400, /English/],
  ['instagram_feed_gen', 'no English copy', noEnglish, {}, 400, /English/],
  ['instagram_feed_gen', 'no job inputs', noInputs, {}, 404, /^Job inputs not found/],
];

test.each(CASES)('%s refuses %s without a trace', async (stage, _what, arrange, change, status, detail) => {
  const variant = await placeVariant(bench, stage);
  await arrange(variant);
  const answer = await refused(stage, variant, change);
  expect([answer.status, answer.body.detail]).toEqual([status, expect.stringMatching(detail)]);
});

test.each(SERVICE_STAGES)('%s called twice by hand leaves what the state table says', async (stage) => {
  const variant = await placeVariant(bench, stage);
  const first = await ask(stage, variant);
  const second = await ask(stage, variant);
  // Stages that need the step before are refused once they are done; the others are performed again.
  const again = ['planner', 'overlay', 'vlm_judge'].includes(stage) ? 400 : 200;
  expect([first.status, second.status]).toEqual([200, again]);
});

test.each(ALL)('%s called twice with a client’s own key is answered again', async (stage) => {
  const variant = await placeVariant(bench, stage);
  const body = isJob(stage)
    ? { job_id: variant.jobId, tenant_id: TENANT }
    : await bodyFor(bench, variant, stage, '한 끼');
  const key = `mine-${stage}`;
  const first = await bench.call(stage, body, key);
  const before = await bench.snapshot();
  const second = await bench.call(stage, body, key);
  expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
  expect(await bench.snapshot()).toBe(before);
});

/**
 * Holds the unit's row, so that whoever performs a call waits at the door of its final transaction: calls made
 * meanwhile certainly overlap it.
 */
const whileUnitIsHeld = async <T>(stage: ServiceStage, variant: PlacedVariant, work: () => Promise<T>): Promise<T> => {
  const holder = await bench.pool.connect();
  try {
    await holder.query('begin');
    await holder.query(
      isJob(stage)
        ? 'select from jobs where job_id = $1 for no key update'
        : 'select from jobs_variants where job_variants_id = $1 for no key update',
      [isJob(stage) ? variant.jobId : variant.variantId],
    );
    return await work();
  } finally {
    await holder.query('rollback');
    holder.release();
  }
};

test.each(
  ALL.flatMap((stage) => [[stage, 'without a key', undefined] as const, [stage, 'with a key', randomUUID()] as const]),
)('scenario 23: %s called twice at the same time %s is performed once', async (stage, _how, key) => {
  const variant = await placeVariant(bench, stage);
  const body = isJob(stage)
    ? { job_id: variant.jobId, tenant_id: TENANT }
    : await bodyFor(bench, variant, stage, '한 끼');
  const { table } = STAGES[stage];
  const count = async () => (await bench.query(`select from ${table}`)).length;
  const before = await count();
  const { calls, early } = await whileUnitIsHeld(stage, variant, async () => {
    const both = [bench.call(stage, body, key), bench.call(stage, body, key)];
    return { calls: both, early: await Promise.race(both) };
  });
  expect([early.status, early.retryAfter]).toEqual([409, '1']);
  expect((await Promise.all(calls)).map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await count()).toBe(before + 1);
});

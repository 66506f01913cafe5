import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intersectionOverUnion } from '../../../src/imaging/geometry.js';
import { drawHeadline } from '../../support/draw-headline.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawDish, plainPicture } from './pictures.js';
import { StageBench, TENANT, type Variant } from './stage-bench.js';
import { bodyFor, walkVariant } from './walk.js';

let bench: StageBench;
beforeAll(async () => {
  bench = await StageBench.open();
});
afterAll(() => bench.close());

const metricsOf = async (variant: Variant, type: string): Promise<Record<string, any>> => {
  const [row] = await bench.query<{ metrics: Record<string, any> }>(
    `select metrics from evaluations where evaluation_type = $2 and metrics->>'job_variants_id' = $1 order by created_at desc limit 1`,
    [variant.variantId, type],
  );
  return row?.metrics ?? {};
};

test('two pictures, two analyses; a mirrored picture has mirrored boxes', async () => {
  const picture = await drawDish({ x: 0.36, y: 0.58, radius: 0.24 });
  const variants = [
    await bench.addVariant(picture),
    await bench.addVariant(await sharp(picture).flop().png().toBuffer()),
    await bench.addVariant(await drawDish({ x: 0.5, y: 0.5, radius: 0.15, colour: '#3f7d2a', ground: '#20242c' })),
  ];
  const analyses = await Promise.all(
    variants.map(async (variant) => (await bench.call('vlm_analyze', bench.ids(variant))).body),
  );
  expect(analyses[0].analysis).not.toBe(analyses[2].analysis);
  expect(analyses[0].relevance_score).not.toBe(analyses[2].relevance_score);
  expect(analyses[0].font_recommendation.font_color_hex).not.toBe(analyses[2].font_recommendation.font_color_hex);
  const [left, right] = await Promise.all(
    variants.slice(0, 2).map(async (variant) => (await bench.call('yolo_detect', bench.ids(variant))).body),
  );
  const [x1, y1, x2, y2] = left.boxes[0];
  expect(Math.abs(right.boxes[0][0] - (720 - x2))).toBeLessThanOrEqual(6);
  expect(Math.abs(right.boxes[0][2] - (720 - x1))).toBeLessThanOrEqual(6);
  expect(Math.abs(right.boxes[0][1] - y1) + Math.abs(right.boxes[0][3] - y2)).toBeLessThanOrEqual(6);
  // The plate that was drawn: centre 0.36, 0.58, radius 0.24 of 720 px.
  expect(
    intersectionOverUnion(
      { x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
      { x: 86, y: 245, width: 346, height: 346 },
    ),
  ).toBeGreaterThan(0.85);
});

test('detections of one job do not overwrite each other, and each variant plans around its own dish', async () => {
  const jobId = await bench.addJob();
  const corners = [
    { x: 0.5, y: 0.68 },
    { x: 0.5, y: 0.32 },
    { x: 0.5, y: 0.7 },
  ];
  const variants = await Promise.all(
    corners.map(async (at) => bench.addVariant(await drawDish({ ...at, radius: 0.24 }), { jobId })),
  );
  for (const variant of variants) await walkVariant(bench, variant, '마음까지 따뜻해지는 부대찌개');
  for (const variant of variants) {
    const [row] = await bench.query<{ image_asset_id: string; y_ratio: string }>(
      `select p.image_asset_id, o.y_ratio from overlay_layouts o join planner_proposals p using (proposal_id) where o.job_variants_id = $1`,
      [variant.variantId],
    );
    expect(row?.image_asset_id).toBe(variant.imageId);
    expect(await metricsOf(variant, 'iou')).toMatchObject({ overlap_detected: false, iou_with_food: 0 });
    expect(Number(row?.y_ratio) > 0.4).toBe(variant === variants[1]);
  }
  expect(await bench.query('select from yolo_runs where job_id = $1', [jobId])).toHaveLength(1);
  const runs = await bench.query<{ mask_url: string }>(
    'select mask_url from pipeline.detection_runs where job_variants_id = any($1)',
    [variants.map((v) => v.variantId)],
  );
  expect(new Set(runs.map(({ mask_url }) => mask_url)).size).toBe(3);
  for (const { mask_url } of runs)
    await expect(bench.assets.read(mask_url.replace(/\.png$/, '.png'))).resolves.toBeInstanceOf(Buffer);
});

test('a detection inserted by hand counts exactly, and a repeated detection does not count twice', async () => {
  const variant = await bench.addVariant(await drawDish({ x: 0.5, y: 0.66, radius: 0.26 }, 1000));
  await walkVariant(bench, variant, '든든한 부대찌개', 'readability_eval');
  const [overlay] = await bench.query<Record<string, string>>(
    'select * from overlay_layouts where job_variants_id = $1',
    [variant.variantId],
  );
  const [x, y, width, height] = ['x_ratio', 'y_ratio', 'width_ratio', 'height_ratio'].map((key) =>
    Number(overlay?.[key]),
  ) as [number, number, number, number];
  // The right half of the text's region and as much again below it: known intersection over union.
  const box = [
    Math.round((x + width / 2) * 1000),
    Math.round(y * 1000),
    Math.round((x + width) * 1000),
    Math.round((y + 2 * height) * 1000),
  ];
  const id = randomUUID();
  await bench.query(
    `insert into detections (detection_id, image_asset_id, job_id, box, label, score) values ($1, $2, $3, $4, 'plate', 0.9)`,
    [id, variant.imageId, variant.jobId, JSON.stringify(box)],
  );
  const [bx1, by1, bx2, by2] = box.map((side) => side / 1000) as [number, number, number, number];
  const shared = (Math.min(x + width, bx2) - Math.max(x, bx1)) * (Math.min(y + height, by2) - Math.max(y, by1));
  const expected = shared / (width * height + (bx2 - bx1) * (by2 - by1) - shared);

  const before = await bench.query('select from detections where job_id = $1', [variant.jobId]);
  const answer = await bench.call('iou_eval', await bodyFor(bench, variant, 'iou_eval'));
  expect(answer.status).toBe(200);
  expect(Math.abs(answer.body.iou_with_food - expected)).toBeLessThan(1e-4);
  expect(answer.body).toMatchObject({ max_iou_detection_id: id, overlap_detected: true });
  expect(await metricsOf(variant, 'iou')).toMatchObject({ detection_count: before.length, image_width: 1000 });

  await bench.call('yolo_detect', bench.ids(variant));
  await bench.call('iou_eval', await bodyFor(bench, variant, 'iou_eval'));
  expect((await metricsOf(variant, 'iou')).detection_count).toBe(before.length);
});

test('black on white is measured as black on white, white on mid grey as what it is', async () => {
  const onWhite = await bench.addVariant(await plainPicture('#ffffff'));
  await walkVariant(bench, onWhite, '든든한 부대찌개', 'planner');
  await bench.call('overlay', { ...bench.ids(onWhite), text: '든든한 부대찌개', text_color: '000000' });
  const answer = await bench.call('readability_eval', await bodyFor(bench, onWhite, 'readability_eval'));
  expect(answer.body.contrast_ratio).toBeGreaterThan(20.5);
  expect(await metricsOf(onWhite, 'readability')).toMatchObject({
    text_color_rgb: [0, 0, 0],
    wcag_aaa_compliant: true,
    readability_score: 1,
  });
});

test('a white plate on white ground, which no detector finds, is spared where the generation tells of it', async () => {
  const white = await plainPicture('#ffffff', 1000);
  const variant = await bench.addVariant(white);
  const dish = { left: 150, top: 400, width: 700, height: 550 };
  const plate = { create: { width: dish.width, height: dish.height, channels: 3 as const, background: '#000000' } };
  const mask = await sharp(white)
    .composite([{ input: await sharp(plate).png().toBuffer(), left: dish.left, top: dish.top }])
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const { imageId: maskId } = await bench.addPicture(mask, variant.jobId);
  await bench.query(
    `with run as (insert into gen_runs (job_id, tenant_id, cutout_asset_id) values ($1, $2, $3) returning run_id)
     insert into gen_variants (run_id, mask_asset_id, bg_asset_id) select run_id, $3, $4 from run`,
    [variant.jobId, TENANT, maskId, variant.imageId],
  );
  await walkVariant(bench, variant, '든든한 부대찌개', 'yolo_detect');
  const { body } = await bench.call('planner', bench.ids(variant));
  expect(body.proposals.length).toBeGreaterThan(0);
  for (const { xywh } of body.proposals as { xywh: [number, number, number, number] }[]) {
    const [x, y, width, height] = xywh.map((share) => share * 1000) as typeof xywh;
    const isClear = y + height <= dish.top || x + width <= dish.left || x >= dish.left + dish.width || y >= 950;
    expect(isClear, JSON.stringify(xywh)).toBe(true);
  }
});

/** Replaces the bytes of the finished picture, as a person with an editor would. */
const exchangePicture = async (variant: Variant, png: Buffer): Promise<void> => {
  const id = randomUUID();
  const { url } = await bench.assets.publish({
    tenantId: TENANT,
    kind: 'final',
    id,
    extension: 'png',
    bytes: png,
    date: new Date(),
  });
  await bench.query(
    'update image_assets set image_url = $2 where image_asset_id = (select overlaid_img_asset_id from jobs_variants where job_variants_id = $1)',
    [variant.variantId, url],
  );
};

test('a picture exchanged for one with other words is read and measured as what it shows', async () => {
  const picture = await drawDish({ x: 0.5, y: 0.66, radius: 0.28 });
  const variant = await bench.addVariant(picture);
  await walkVariant(bench, variant, '마음까지 든든한 부대찌개', 'overlay');
  const own = await bench.call('ocr_eval', await bodyFor(bench, variant, 'ocr_eval'));
  expect(own.body.character_match_rate).toBeGreaterThan(0.9);

  const [overlay] = await bench.query<Record<string, string>>(
    'select * from overlay_layouts where job_variants_id = $1',
    [variant.variantId],
  );
  const region = {
    x: Number(overlay?.x_ratio),
    y: Number(overlay?.y_ratio),
    width: Number(overlay?.width_ratio),
    height: Number(overlay?.height_ratio),
  };
  const other = await drawHeadline({
    text: '바삭한 감자튀김',
    picture,
    region,
    backgroundColour: '0a3d0aff',
    preferredColour: 'f5f5f5',
  });
  await exchangePicture(variant, other.png);

  const exchanged = await bench.call('ocr_eval', await bodyFor(bench, variant, 'ocr_eval'));
  expect(exchanged.body.recognized_text.replaceAll(' ', '')).toContain('감자튀김');
  expect(exchanged.body.character_match_rate).toBeLessThan(0.6);
  await bench.call('readability_eval', await bodyFor(bench, variant, 'readability_eval'));
  const [r, g, b] = (await metricsOf(variant, 'readability')).background_color_rgb;
  expect(g).toBeGreaterThan(r + 20);
  expect(g).toBeGreaterThan(b + 20);

  // Nothing legible at all: nothing read, a low score.
  await exchangePicture(variant, await plainPicture('#7f7f7f'));
  const empty = await bench.call('ocr_eval', await bodyFor(bench, variant, 'ocr_eval'));
  expect(empty.body).toMatchObject({ recognized_text: '', ocr_accuracy: 0, ocr_confidence: 0 });
});

test('what is read is compared with what was drawn: emoji that no face has are not asked for', async () => {
  const variant = await bench.addVariant(await plainPicture('#f3e7d3', 1080));
  await walkVariant(bench, variant, '🔥불맛 제육볶음🔥', 'overlay');
  const answer = await bench.call('ocr_eval', await bodyFor(bench, variant, 'ocr_eval'));
  expect(answer.body).toMatchObject({ original_text: '불맛 제육볶음 봄날식당', character_match_rate: 1 });
  expect(await metricsOf(variant, 'ocr')).toMatchObject({ ordered_text: '🔥불맛 제육볶음🔥' });
});

test('the judge sees text that lies over the dish', async () => {
  const picture = await drawDish({ x: 0.5, y: 0.5, radius: 0.4 });
  const variant = await bench.addVariant(picture);
  await walkVariant(bench, variant, '부대찌개', 'planner');
  await bench.query(
    `update planner_proposals set layout = jsonb_set(layout, '{proposals}', '[{"xywh":[0.25,0.4,0.5,0.2],"source":"rule_center","score":1,"occlusion_iou":0}]') where image_asset_id = $1`,
    [variant.imageId],
  );
  await bench.call('overlay', { ...bench.ids(variant), text: '부대찌개' });
  const answer = await bench.call('vlm_judge', bench.ids(variant));
  expect(answer.body).toMatchObject({ occlusion: true, on_brief: false });
});

test('the overlay is the same twice for one variant: same place, same bytes', async () => {
  const variant = await bench.addVariant(await drawDish({ x: 0.5, y: 0.6, radius: 0.2 }));
  await walkVariant(bench, variant, '든든한 부대찌개', 'overlay');
  await bench.moveVariant(variant.variantId, 'planner', 'done');
  await bench.query(`update pipeline.runs set open = false where job_variants_id = $1`, [variant.variantId]);
  const again = await bench.call('overlay', { ...bench.ids(variant), text: '든든한 부대찌개' });
  expect(again.status).toBe(200);
  const rows = await bench.query<{ region: string; url: string }>(
    `select x_ratio || ',' || y_ratio || ',' || width_ratio || ',' || height_ratio as region, layout->'render'->>'url' as url from overlay_layouts where job_variants_id = $1`,
    [variant.variantId],
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]?.region).toBe(rows[1]?.region);
  const [a, b] = await Promise.all(rows.map(({ url }) => bench.assets.read(url)));
  expect(a?.equals(b as Buffer)).toBe(true);
});

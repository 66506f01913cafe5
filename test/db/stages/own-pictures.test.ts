import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Box } from '../../../src/imaging/geometry.js';
import { sharp } from '../../../src/imaging/sharp.js';
import type { TextAreas } from '../../../src/typography/text-areas.js';
import { plainPicture } from './pictures.js';
import { StageBench, TENANT, type Variant } from './stage-bench.js';
import { bodyFor, walkVariant } from './walk.js';

const SIDE = 800;
const DISH: Box = { x: 0.2, y: 0.45, width: 0.6, height: 0.5 };
const AREAS: TextAreas = {
  main: { box: { x: 0.1, y: 0.06, width: 0.8, height: 0.3 }, align: 'center', vertical: 'middle' },
  foot: { box: { x: 0.1, y: 0.955, width: 0.8, height: 0.04 }, align: 'center', vertical: 'middle' },
  colours: { ink: '1a120c', quiet: '4a3a2c', accent: 'b3261e', onAccent: 'ffffff', ground: 'ffffff' },
  look: {
    headline: 'ExtraBold',
    lead: 'SemiBold',
    body: 'SemiBold',
    figures: 'ExtraBold',
    badge: 'pill',
    sticker: 'circle',
    onPhoto: false,
    lineHeight: 1.2,
    largest: 0.1,
  },
};

let bench: StageBench;
beforeAll(async () => {
  bench = await StageBench.open();
});
afterAll(() => bench.close());

/** A white picture on which no detector finds anything, with the rows that its making leaves. */
async function composedVariant({
  isCutOut,
  dishConfidence,
  window = { x: 0, y: 0, width: 1, height: 1 },
}: {
  isCutOut: boolean;
  dishConfidence: number;
  window?: Box;
}): Promise<Variant> {
  const white = await plainPicture('#ffffff', SIDE);
  const variant = await bench.addVariant(white);
  const [x, y, width, height] = [DISH.x, DISH.y, DISH.width, DISH.height].map((share) => share * SIDE) as [
    number,
    number,
    number,
    number,
  ];
  const ellipse = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}"><ellipse cx="${x + width / 2}" cy="${y + height / 2}" rx="${width / 2}" ry="${height / 2}"/></svg>`;
  const mask = await sharp(white)
    .composite([{ input: Buffer.from(ellipse) }])
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const { imageId: maskId } = await bench.addPicture(mask, variant.jobId);
  await bench.query(
    `with run as (insert into gen_runs (job_id, tenant_id, src_asset_id, cutout_asset_id)
                  values ($1, $2, $3, $4) returning run_id),
          made as (insert into gen_variants (run_id, mask_asset_id, bg_asset_id) select run_id, $5, $3 from run)
     insert into pipeline.prepared_photos (job_id, source_asset_id, generation, run_id, lease_token, lease_until, prepared, saved_at)
     select $1, $3, 1, run_id, gen_random_uuid(), now(), $6, now() from run`,
    [variant.jobId, TENANT, variant.imageId, isCutOut ? maskId : null, maskId, JSON.stringify({ dishConfidence })],
  );
  await bench.query(
    `insert into pipeline.pictures (image_asset_id, job_variants_id, design, format, text_areas, composition)
     values ($1, $2, 'hero', 'square', $3, $4)`,
    [
      variant.imageId,
      variant.variantId,
      JSON.stringify(AREAS),
      JSON.stringify({ dish: DISH, window, is_cut_out: isCutOut }),
    ],
  );
  return variant;
}

const detectionsAsked = (): number => bench.engines.ledger.started('detection.detect');

const share = async (url: string): Promise<{ channels: number | undefined; width: number; forbidden: number }> => {
  const mask = sharp(await bench.assets.read(url));
  const { channels, width } = await mask.metadata();
  const data = await mask.toColourspace('b-w').raw().toBuffer();
  return { channels, width, forbidden: data.filter((value) => value === 255).length / data.length };
};

test('a dish that was cut out and placed is detected where it was placed, by its outline, and the answer says who knew', async () => {
  const variant = await composedVariant({ isCutOut: true, dishConfidence: 0.87 });
  const asked = detectionsAsked();
  const { body } = await bench.call('yolo_detect', bench.ids(variant));
  expect(detectionsAsked()).toBe(asked);
  expect(body).toMatchObject({
    provider: 'local-composer',
    engine: 'composition',
    model: 'composition',
    labels: ['dish'],
  });
  expect(body.boxes).toEqual([[160, 360, 640, 760]]);
  expect(body.confidences).toEqual([0.87]);
  const ellipse = (Math.PI / 4) * DISH.width * DISH.height;
  expect(body.areas[0]).toBeCloseTo(ellipse, 2);
  const mask = await share(body.forbidden_mask_url);
  expect(mask).toMatchObject({ channels: 1, width: SIDE });
  expect(mask.forbidden).toBeCloseTo(ellipse, 2);
  expect(
    await bench.query('select model_name, detection_count from yolo_runs where job_id = $1', [variant.jobId]),
  ).toEqual([{ model_name: 'composition', detection_count: 1 }]);
});

test('a dish on a photo is detected as the box of it that the picture shows', async () => {
  const window = { x: 0, y: 0.5, width: 0.7, height: 0.5 };
  const variant = await composedVariant({ isCutOut: false, dishConfidence: 0.6, window });
  const { body } = await bench.call('yolo_detect', bench.ids(variant));
  expect(body.boxes).toEqual([[160, 400, 560, 760]]);
  expect((await share(body.forbidden_mask_url)).forbidden).toBeCloseTo(0.5 * 0.45, 3);
});

test('a dish that nobody had found on the photo is looked for on the picture', async () => {
  const variant = await composedVariant({ isCutOut: false, dishConfidence: 0 });
  const asked = detectionsAsked();
  const { body } = await bench.call('yolo_detect', bench.ids(variant));
  expect(detectionsAsked()).toBe(asked + 1);
  expect(body).toMatchObject({ provider: 'local-vision', engine: 'dish-segmentation', boxes: [] });
});

test('an outline whose file is gone is no reason to stop: the picture is looked at', async () => {
  const variant = await composedVariant({ isCutOut: true, dishConfidence: 0.9 });
  await bench.query(
    `update image_assets set image_url = '/assets/yh/gone.png' where image_asset_id =
       (select mask_asset_id from gen_variants where bg_asset_id = $1)`,
    [variant.imageId],
  );
  const { status, body } = await bench.call('yolo_detect', bench.ids(variant));
  expect([status, body.provider]).toEqual([200, 'local-vision']);
});

test('the plan begins with the places that the design keeps, and the analysis says where the dish is', async () => {
  const variant = await composedVariant({ isCutOut: true, dishConfidence: 0.87 });
  await walkVariant(bench, variant, '든든한 부대찌개', 'yolo_detect');
  const { body } = await bench.call('planner', await bodyFor(bench, variant, 'planner'));
  expect(body.proposals.slice(0, 2)).toMatchObject([
    { source: 'design_main', xywh: [0.1, 0.06, 0.8, 0.3], score: 1, occlusion_iou: 0, coverage: 0 },
    { source: 'design_foot', xywh: [0.1, 0.955, 0.8, 0.04] },
  ]);
  expect(body.proposals.length).toBeGreaterThan(2);
  const [trace] = await bench.query<{ request: object; response: { analysis: string } }>(
    `select request, response from vlm_traces where job_variants_id = $1 and operation_type = 'analyze'`,
    [variant.variantId],
  );
  expect(trace?.request).toMatchObject({ dish_from: 'composition' });
  expect(trace?.response.analysis).toContain('centred at 50 % from the left and 70 % from the top (confidence 0.87)');
});

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawDish } from './pictures.js';
import { StageBench } from './stage-bench.js';
import { walkVariant } from './walk.js';

let bench: StageBench;
beforeAll(async () => {
  bench = await StageBench.open();
});
afterAll(() => bench.close());

/** Food in three different corners; free space lies on the other side of each. */
const CORNERS = [
  { x: 0.28, y: 0.28, isFree: (middle: number) => middle > 0.5 },
  { x: 0.72, y: 0.74, isFree: (middle: number) => middle < 0.5 },
  { x: 0.26, y: 0.75, isFree: (middle: number) => middle < 0.5 },
];

test('scenario 26: three pictures with food in different corners, each planned and measured as its own', async () => {
  const jobId = await bench.addJob();
  const variants = [];
  for (const { x, y } of CORNERS) {
    variants.push(await bench.addVariant(await drawDish({ x, y, radius: 0.2 }), { jobId }));
  }
  for (const variant of variants) await walkVariant(bench, variant, '든든한 부대찌개', 'yolo_detect');
  // Plans only after all three detections: the job's one run row names the last of them.
  for (const variant of variants) await walkVariant(bench, variant, '든든한 부대찌개', { from: 'planner' });

  for (const [index, variant] of variants.entries()) {
    const [overlay] = await bench.query<Record<string, string>>(
      `select o.y_ratio, o.height_ratio, p.image_asset_id, p.layout->'forbidden' as forbidden
         from overlay_layouts o join planner_proposals p using (proposal_id) where o.job_variants_id = $1`,
      [variant.variantId],
    );
    const { x, y, isFree } = CORNERS[index] as (typeof CORNERS)[number];
    expect(overlay?.image_asset_id).toBe(variant.imageId);
    const forbidden = overlay?.forbidden as unknown as { x: number; y: number; width: number; height: number };
    expect(Math.abs(forbidden.x + forbidden.width / 2 - x)).toBeLessThan(0.06);
    expect(Math.abs(forbidden.y + forbidden.height / 2 - y)).toBeLessThan(0.06);
    expect(isFree(Number(overlay?.y_ratio) + Number(overlay?.height_ratio) / 2)).toBe(true);
    const [iou] = await bench.query<{ metrics: Record<string, unknown> }>(
      `select metrics from evaluations where evaluation_type = 'iou' and metrics->>'job_variants_id' = $1`,
      [variant.variantId],
    );
    expect(iou?.metrics).toMatchObject({ overlap_detected: false, iou_with_food: 0 });
    expect(iou?.metrics.detection_count).toBeGreaterThan(0);
  }
  expect(await listings()).toEqual(
    await bench.query(
      `select mask_url as "maskUrl", cardinality(detection_ids) as count from pipeline.detection_runs order by mask_url`,
    ),
  );
}, 180_000);

/** Every listing file of the detections: the mask it names and how much it lists. */
async function listings(): Promise<{ maskUrl: string; count: number }[]> {
  const files = await readdir(bench.assets.root, { recursive: true });
  const found = await Promise.all(
    files
      .filter((file) => file.endsWith('.json'))
      .map(async (file) => JSON.parse(await readFile(path.join(bench.assets.root, file), 'utf8'))),
  );
  return found
    .map(({ forbidden_mask_url, detections }) => ({ maskUrl: forbidden_mask_url, count: detections.length }))
    .sort((a, b) => (a.maskUrl < b.maskUrl ? -1 : 1));
}

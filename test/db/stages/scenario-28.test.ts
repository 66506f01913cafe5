import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawDish } from './pictures.js';
import { StageBench, type Variant } from './stage-bench.js';
import { bodyFor, walkVariant } from './walk.js';

let bench: StageBench;
let variant: Variant;
beforeAll(async () => {
  bench = await StageBench.open();
  variant = await bench.addVariant(await drawDish({ x: 0.5, y: 0.62, radius: 0.25 }, 400));
  await walkVariant(bench, variant, '든든한 부대찌개', 'planner');
});
afterAll(() => bench.close());

const overlay = async () => {
  const rows = await bench.query<{ region: string; url: string }>(
    `select concat_ws(',', x_ratio, y_ratio, width_ratio, height_ratio) as region, layout->'render'->>'url' as url
       from overlay_layouts where job_variants_id = $1`,
    [variant.variantId],
  );
  expect(rows).toHaveLength(1);
  return { ...rows[0], bytes: await bench.assets.read(rows[0]?.url ?? '') };
};

test('scenario 28: an overlay executed twice under its claim has the same place, the same bytes and one row', async () => {
  const { key } = await bench.claim('overlay', { unitId: variant.variantId, jobId: variant.jobId });
  const body = await bodyFor(bench, variant, 'overlay');
  // The first attempt draws and publishes its file, then loses everything it wrote to the database.
  await bench.refuseInserts('overlay_layouts');
  expect((await bench.call('overlay', body, key)).status).toBe(500);
  await bench.allowInserts('overlay_layouts');
  expect((await bench.call('overlay', body, key)).status).toBe(200);
  const first = await overlay();

  // A forced repetition: as if the answer, the row and the claim's end had never been written.
  await bench.reopenClaim('overlay', variant.variantId);
  expect((await bench.call('overlay', body, key)).status).toBe(200);
  const second = await overlay();
  expect(second.region).toBe(first.region);
  expect(second.url).toBe(first.url);
  expect(second.bytes.equals(first.bytes)).toBe(true);
});

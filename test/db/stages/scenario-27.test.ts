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

const overlaysAndState = async (): Promise<unknown> =>
  (
    await bench.query(
      `select current_step || '/' || status as state,
              (select count(*)::integer from overlay_layouts o where o.job_variants_id = v.job_variants_id) as overlays
         from jobs_variants v where job_variants_id = $1`,
      [variant.variantId],
    )
  )[0];

test('scenario 27: while the database refuses overlay rows nothing is done; afterwards the same call succeeds', async () => {
  const { key } = await bench.claim('overlay', { unitId: variant.variantId, jobId: variant.jobId });
  const body = await bodyFor(bench, variant, 'overlay');
  await bench.refuseInserts('overlay_layouts');
  const before = await bench.snapshot();
  for (const attempt of [1, 2, 3]) {
    const answer = await bench.call('overlay', body, key);
    expect([attempt, answer.status]).toEqual([attempt, 500]);
    expect(answer.body.detail).not.toContain('overlay_layouts');
    expect(await overlaysAndState()).toEqual({ state: 'overlay/running', overlays: 0 });
    expect(await bench.snapshot()).toBe(before);
  }
  await bench.allowInserts('overlay_layouts');
  expect((await bench.call('overlay', body, key)).status).toBe(200);
  expect(await overlaysAndState()).toEqual({ state: 'overlay/done', overlays: 1 });
});

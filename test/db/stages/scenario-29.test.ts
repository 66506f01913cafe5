import { rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainPicture } from './pictures.js';
import { placeVariant } from './place-variant.js';
import { type ServiceStage, StageBench, type Variant } from './stage-bench.js';
import { bodyFor } from './walk.js';

let bench: StageBench;
/** A good picture right outside the root: whoever opened it would answer 200. */
let bait: string;
beforeAll(async () => {
  bench = await StageBench.open();
  bait = path.join(path.dirname(bench.assets.root), `bait-${randomUUID()}.png`);
  const picture = await plainPicture('#888888', 64);
  await writeFile(bait, picture);
  await symlink(bait, path.join(bench.assets.root, 'way-out.png'));
});
afterAll(async () => {
  await rm(bait);
  await bench.close();
});

const TRAVERSALS: [string, (name: string, absolute: string) => string][] = [
  ['double slash', (_, absolute) => `/assets/${absolute}`],
  ['parent', (name) => `/assets/../${name}`],
  ['parent further in', (name) => `/assets/yh/../../${name}`],
  ['encoded dots', (name) => `/assets/%2e%2e/${name}`],
  ['encoded slash', (name) => `/assets/..%2f${name}`],
  ['encoded twice', (name) => `/assets/%252e%252e/${name}`],
  ['backslashes', (name) => `/assets/..\\${name}`],
  ['dot segments', (name) => `/assets/./.././${name}`],
  ['absolute path', (_, absolute) => absolute],
  ['file scheme', (_, absolute) => `file://${absolute}`],
  ['prefix only in looks', (name) => `/assets-of-others/${name}`],
];

const FIELDS: [ServiceStage, string, (url: string) => object][] = [
  ['vlm_analyze', 'asset_url', (url) => ({ asset_url: url })],
  ['yolo_detect', 'asset_url', (url) => ({ asset_url: url })],
  ['planner', 'asset_url', (url) => ({ asset_url: url })],
  ['planner', 'detections.forbidden_mask_url', (url) => ({ detections: { forbidden_mask_url: url } })],
  ['overlay', 'variant_asset_url', (url) => ({ variant_asset_url: url })],
  ['vlm_judge', 'render_asset_url', (url) => ({ render_asset_url: url })],
];

const refused = async (stage: ServiceStage, variant: Variant, fields: object): Promise<string> => {
  const before = await bench.snapshot();
  const answer = await bench.call(stage, { ...(await bodyFor(bench, variant, stage)), ...fields });
  expect([answer.status, await bench.snapshot()], JSON.stringify(fields)).toEqual([400, before]);
  return answer.body.detail;
};

test.each(FIELDS)('scenario 29: %s refuses every way out of the assets in %s', async (stage, _field, fields) => {
  const variant = await placeVariant(bench, stage);
  for (const [form, make] of TRAVERSALS) {
    const [there, nowhere] = [bait, `${bait}.none`].map((file) => make(path.basename(file), file));
    const detail = await refused(stage, variant, fields(there as string));
    expect(detail, form).toContain('asset_url must start with /assets/');
    expect(detail, form).not.toContain(path.basename(bait));
    // The same words whether the file exists or not.
    expect(await refused(stage, variant, fields(nowhere as string)), form).toBe(detail);
  }
});

test.each(FIELDS.filter(([stage]) => stage !== 'vlm_analyze'))(
  'scenario 29: %s follows no link out of the assets in %s',
  async (stage, _field, fields) => {
    await refused(stage, await placeVariant(bench, stage), fields('/assets/way-out.png'));
  },
);

test.each(['vlm_analyze', 'yolo_detect', 'planner', 'overlay'] as const)(
  'scenario 29: %s opens nothing outside when the picture’s own row points there',
  async (stage) => {
    const variant = await placeVariant(bench, stage);
    for (const url of [`/assets/../${path.basename(bait)}`, `/assets/${bait}`, '/assets/way-out.png']) {
      await bench.query('update image_assets set image_url = $2 where image_asset_id = $1', [variant.imageId, url]);
      await refused(stage, variant, {});
    }
  },
);

import { randomUUID } from 'node:crypto';
import { access, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AssetStore, createAssetStore } from '../../src/assets/asset-store.js';
import { sweepOrphanFiles } from '../../src/assets/orphan-files.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { insertJob } from '../support/rows.js';

const DAY = 86_400_000;
const PART = 'yh';

let database: TestDatabase;
let pool: Pool;
let root: string;
let assets: AssetStore;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'orphans', size: 2, log: pino({ level: 'silent' }) });
  root = await mkdtemp(path.join(tmpdir(), 'orphans-'));
  assets = createAssetStore({ root, partName: PART });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(root, { recursive: true, force: true });
});

const publish = async (kind: string, extension = 'png', bytes = 'x', store = assets): Promise<string> =>
  (
    await store.publish({
      tenantId: 'shop',
      kind,
      id: randomUUID(),
      extension,
      bytes: Buffer.from(bytes),
      date: new Date(),
    })
  ).url;
const makeOld = async (...urls: string[]): Promise<void> => {
  const then = new Date(Date.now() - 2 * DAY);
  for (const url of urls) await utimes(assets.pathOf(url), then, then);
};
const isThere = (url: string): Promise<boolean> =>
  access(assets.pathOf(url)).then(
    () => true,
    () => false,
  );
const sweep = (dryRun = false) => sweepOrphanFiles({ pool, root, partName: PART }, { olderThanMs: DAY, dryRun });

test('a folder that does not exist yet holds no orphans', async () => {
  expect(await sweep()).toEqual({ looked: 0, orphans: [], bytes: 0 });
});

test('old files that no row names go; named, young and foreign ones stay', async () => {
  const { jobId, variantIds } = await insertJob(pool);
  const [picture, mask, plan, lost, young] = [
    await publish('final'),
    await publish('forbidden_mask'),
    await publish('plan', 'json', '{"strategy_name":"v1"}'),
    await publish('final'),
    await publish('final'),
  ];
  const listing = (of: string): Promise<string> =>
    publish('forbidden_mask', 'json', JSON.stringify({ forbidden_mask_url: of, detections: [] }));
  const [itsListing, lostListing] = [await listing(mask), await listing(lost)];
  const foreign = await publish('final', 'png', 'x', createAssetStore({ root, partName: 'ye' }));
  const folder = path.dirname(assets.pathOf(lost));
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, '.half.part'), 'half');
  const half = `${path.posix.dirname(lost)}/.half.part`;

  const { rows } = await pool.query(`insert into image_assets (image_url) values ($1) returning image_asset_id`, [
    picture,
  ]);
  await pool.query(
    `insert into pipeline.detection_runs (job_variants_id, generation, image_asset_id, mask_url, detection_ids)
     values ($1, 1, $2, $3, '{}')`,
    [variantIds[0], rows[0].image_asset_id, mask],
  );
  await pool.query(`insert into gen_runs (job_id, plan_json_url) values ($1, $2)`, [jobId, plan]);
  await makeOld(picture, mask, plan, lost, itsListing, lostListing, foreign, half);

  const orphans = [half, lost, lostListing].sort();
  const rehearsed = await sweep(true);
  expect({ ...rehearsed, orphans: rehearsed.orphans.sort() }).toEqual({
    looked: 8,
    orphans,
    bytes: 'half'.length + 'x'.length + JSON.stringify({ forbidden_mask_url: lost, detections: [] }).length,
  });
  expect(await Promise.all(orphans.map(isThere))).toEqual([true, true, true]);

  expect((await sweep()).orphans.sort()).toEqual(orphans);
  expect(await Promise.all(orphans.map(isThere))).toEqual([false, false, false]);
  for (const url of [picture, mask, plan, young, itsListing, foreign])
    expect([url, await isThere(url)]).toEqual([url, true]);
  expect(await sweep()).toMatchObject({ looked: 5, orphans: [] });
});

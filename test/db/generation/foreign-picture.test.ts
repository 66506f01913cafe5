import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Busy } from '../../../activities/failures.js';
import { createAssetStore } from '../../../src/assets/asset-store.js';
import { settleGenRuns } from '../../../src/bridge/gen-runs.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { createLocalImageProvider } from '../../../src/generation/local-provider.js';
import { createPictureMaker } from '../../../src/generation/picture-maker.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { drawnDish } from '../../support/pictures.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';

let database: TestDatabase;
let folder: string;
let worker: Pool;
let foreign: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), 'foreign-picture-'));
  const log = pino({ level: 'silent' });
  worker = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 4, log });
  foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
});
afterAll(async () => {
  await Promise.all([worker?.end(), foreign?.end()]);
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const PATIENCE_MS = 300;
const claims = () =>
  createVariantClaims(worker, {
    maxLostAttempts: 3,
    overlayTextGraceMs: 0,
    overlayTextPatienceMs: 0,
    picturePatienceMs: PATIENCE_MS,
  });

/** A variant whose photo is a real file, and the order to work on it. */
const variantWithPhoto = async (variants = 1) => {
  const assets = createAssetStore({ root: folder, partName: 'js' });
  const { url } = await assets.publish({
    tenantId: 'test',
    kind: 'original',
    id: randomUUID(),
    extension: 'jpg',
    bytes: await drawnDish(),
    date: new Date(),
  });
  const { jobId, variantIds } = await insertJob(foreign, { imageUrl: url, variants });
  const variantId = variantIds[0] as string;
  return { assets, order: { unitId: variantId, jobId, generation: 1 }, variantId };
};

/** YE brings a picture of its own. */
const deliver = async (variantId: string): Promise<string> => {
  const id = randomUUID();
  await foreign.query(
    `insert into image_assets (image_asset_id, image_type, image_url, tenant_id) values ($1, 'generated', '/assets/x.png', 'test')`,
    [id],
  );
  await foreign.query(
    `update jobs_variants set current_step = 'img_gen', status = 'done', img_asset_id = $2 where job_variants_id = $1`,
    [variantId, id],
  );
  return id;
};
const variantsOf = async (jobId: string): Promise<string[]> =>
  (
    await foreign.query('select job_variants_id as id from jobs_variants where job_id = $1 order by creation_order', [
      jobId,
    ])
  ).rows.map(({ id }) => id);
/** Every run of the job, also its time of end: there when it is over, and only then. */
const runStates = async (jobId: string): Promise<string[]> => {
  const { rows } = await foreign.query('select status, finished_at from gen_runs where job_id = $1', [jobId]);
  for (const { status, finished_at } of rows)
    expect(finished_at !== null, status).toBe(['succeeded', 'failed'].includes(status));
  return rows.map(({ status }) => status);
};
const pictureOf = async (variantId: string): Promise<string> =>
  (await foreign.query('select img_asset_id from jobs_variants where job_variants_id = $1', [variantId])).rows[0]
    .img_asset_id;

describe('a picture made outside while our own run holds img_gen', () => {
  it('stays when it comes before ours is finished, and the run goes on with it', async () => {
    const { assets, order, variantId } = await variantWithPhoto();
    const answer = await claims().claim(order, 'img_gen');
    if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
    const real = createLocalImageProvider();
    let theirs = '';
    const maker = createPictureMaker({
      pool: worker,
      assets,
      slots: 1,
      provider: {
        ...real,
        async generate(request, signal) {
          const picture = await real.generate(request, signal);
          theirs = await deliver(variantId);
          return picture;
        },
      },
    });
    await expect(maker.make(answer.claim, new AbortController().signal)).rejects.toBeInstanceOf(Busy);
    expect(await pictureOf(variantId)).toBe(theirs);
    expect(await stateOf(foreign, 'jobs_variants', variantId)).toBe('img_gen/done');
    const { rows: recorded } = await foreign.query(
      'select from gen_variants join gen_runs using (run_id) where job_id = $1',
      [order.jobId],
    );
    expect(recorded).toHaveLength(0);
    expect(await runStates(order.jobId)).toEqual(['running']);

    expect(await claims().claim(order, 'img_gen')).toEqual({ kind: 'done' });
    const { rows } = await foreign.query('select state from pipeline.claims where unit_id = $1', [variantId]);
    expect(rows).toEqual([{ state: 'done' }]);
    // A picture of another run is none of this one's.
    await foreign.query(
      `with other as (insert into gen_runs (job_id, status) values ($1, 'succeeded') returning run_id)
       insert into gen_variants (run_id) select run_id from other`,
      [(await variantWithPhoto()).order.jobId],
    );
    await settleGenRuns(worker);
    expect(await runStates(order.jobId)).toEqual(['failed']);

    // An attempt that slept through all of it begins nothing anew.
    await expect(maker.make(answer.claim, new AbortController().signal)).rejects.toBeInstanceOf(Busy);
    expect(await runStates(order.jobId)).toEqual(['failed']);
  });

  it('is all that its sibling waited for: the run that made the other one has succeeded', async () => {
    const { assets, order, variantId } = await variantWithPhoto(2);
    const [, siblingId] = await variantsOf(order.jobId);
    const answer = await claims().claim(order, 'img_gen');
    if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
    const maker = createPictureMaker({ pool: worker, assets, slots: 1, provider: createLocalImageProvider() });
    await maker.make(answer.claim, new AbortController().signal);
    await settleGenRuns(worker);
    expect(await runStates(order.jobId)).toEqual(['running']);

    await deliver(siblingId as string);
    await settleGenRuns(worker);
    expect(await runStates(order.jobId)).toEqual(['succeeded']);
    expect(await stateOf(foreign, 'jobs_variants', variantId)).toBe('img_gen/done');
  });

  it('is waited for once begun outside, and made here when nobody finishes it', async () => {
    const { order, variantId } = await variantWithPhoto();
    await setVariant(foreign, variantId, 'img_gen', 'running');
    const first = await claims().claim(order, 'img_gen');
    expect(first).toMatchObject({ kind: 'wait', evidence: 'picture' });
    await expect.poll(async () => (await claims().claim(order, 'img_gen')).kind, { timeout: 5_000 }).toBe('granted');
    const { rows } = await foreign.query('select evidence, outcome from pipeline.waits where unit_id = $1', [
      variantId,
    ]);
    expect(rows).toEqual([{ evidence: 'picture', outcome: 'went on' }]);
  });

  it('does not mistake an attempt of our own that was lost for somebody outside', async () => {
    const { order } = await variantWithPhoto();
    expect((await claims().claim(order, 'img_gen')).kind).toBe('granted');
    expect((await claims().claim(order, 'img_gen')).kind).toBe('granted');
  });
});

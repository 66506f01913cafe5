import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestJob, insertText, type NewTestJob } from '../../src/admin/test-job.js';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { readReports } from '../../src/cli/job-report.js';
import { findWaiting } from '../../src/cli/ye.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { holderOf, openTransactions } from '../../src/diagnosis/open-transactions.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { drawnDish } from '../support/pictures.js';

let database: TestDatabase;
let pool: Pool;
const assetsDir = mkdtempSync(path.join(os.tmpdir(), 'tools-'));
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'tools', size: 4, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
  await rm(assetsDir, { recursive: true });
});

const order = async (extra: Partial<NewTestJob> = {}): Promise<NewTestJob> => ({
  assetsDir,
  partName: 'yh',
  tenantId: 'ye_pipeline_test_tenant',
  pictures: [await drawnDish()],
  kind: 'ye_pipeline_test',
  variantsCount: 3,
  step: 'user_img_input',
  texts: { descKor: '오늘의 국밥' },
  ...extra,
});

describe('a test job', () => {
  it('leaves what the guide’s tool left: variants that wait for YE, all on one generated picture', async () => {
    const job = await createTestJob(pool, await order());
    const { rows } = await pool.query(
      `select j.tenant_id, j.current_step || '/' || j.status as job, i.desc_kor, i.tone_style_id is not null as has_tone,
              array_agg(v.current_step || '/' || v.status || '/' || v.creation_order order by v.creation_order) as variants,
              count(distinct v.img_asset_id)::int as pictures, min(a.image_type) as type, min(a.image_url) as url,
              min(a.width) as width, min(a.height) as height, bool_and(a.image_asset_id = i.img_asset_id) as same
         from jobs j join job_inputs i using (job_id) join jobs_variants v using (job_id)
         join image_assets a on a.image_asset_id = v.img_asset_id
        where j.job_id = $1 group by 1, 2, 3, 4`,
      [job.jobId],
    );
    expect(rows).toEqual([
      {
        tenant_id: 'ye_pipeline_test_tenant',
        job: 'user_img_input/done',
        desc_kor: '오늘의 국밥',
        has_tone: true,
        variants: ['user_img_input/done/1', 'user_img_input/done/2', 'user_img_input/done/3'],
        pictures: 1,
        type: 'generated',
        url: expect.stringMatching(/^\/assets\/yh\/tenants\/ye_pipeline_test_tenant\/ye_pipeline_test\/.*\.jpg$/),
        width: 900,
        height: 700,
        same: true,
      },
    ]);
    const file = createAssetStore({ root: assetsDir, partName: 'yh' }).pathOf(rows[0].url);
    expect(await readFile(file)).toEqual(await drawnDish());
    expect(
      (await findWaiting(pool, { tenantId: 'ye_pipeline_test_tenant' })).map(({ variantId }) => variantId),
    ).toEqual(job.variantIds);
  });

  it('may bring a picture per variant and every text', async () => {
    const job = await createTestJob(
      pool,
      await order({
        pictures: [await drawnDish(20), await drawnDish(200)],
        variantsCount: 2,
        step: 'img_gen',
        texts: { descKor: '국밥', descEng: 'gukbap', adCopyEng: 'A bowl', adCopyKor: '한 그릇' },
      }),
    );
    const { rows } = await pool.query(
      `select (select array_agg(generation_stage order by generation_stage) from txt_ad_copy_generations
                where job_id = $1 and status = 'done') as texts,
              (select count(distinct img_asset_id)::int from jobs_variants where job_id = $1) as pictures,
              (select count(*)::int from pipeline.outbox where job_id = $1 and kind = 'variant') as events`,
      [job.jobId],
    );
    expect(rows).toEqual([{ texts: ['ad_copy_eng', 'ad_copy_kor', 'kor_to_eng'], pictures: 2, events: 2 }]);
  });

  it('is refused as a whole when a picture is none', async () => {
    const before = await pool.query('select count(*) from jobs');
    const pictures = [await drawnDish(), Buffer.from('no picture')];
    await expect(createTestJob(pool, await order({ pictures }))).rejects.toThrow('JPEG');
    expect((await pool.query('select count(*) from jobs')).rows).toEqual(before.rows);
  });
});

describe('the report', () => {
  it('shows a job that has not begun, and the newest of a tenant first', async () => {
    const older = await createTestJob(pool, await order({ tenantId: 'reported', variantsCount: 1 }));
    const newer = await createTestJob(pool, await order({ tenantId: 'reported', variantsCount: 1 }));
    await insertText(pool, newer.jobId, 'ad_copy_kor', { kor: '국밥' });
    const reports = await readReports(pool, { tenantId: 'reported', limit: 5 });
    expect(reports.map(({ jobId }) => jobId)).toEqual([newer.jobId, older.jobId]);
    expect(reports[0]?.variants).toEqual([
      {
        id: newer.variantIds[0],
        state: 'user_img_input/done',
        retryCount: 0,
        reason: null,
        region: null,
        text: null,
        proposal: null,
        metrics: {},
        judge: null,
        pictureUrl: null,
      },
    ]);
    expect(await readReports(pool, { tenantId: 'reported', limit: 1 })).toHaveLength(1);
  });
});

describe('a transaction that is not committed', () => {
  it('is found by standing behind it, with who holds it; and the row is free afterwards', async () => {
    const [variantId] = (await createTestJob(pool, await order({ variantsCount: 1 }))).variantIds as [string];
    expect(await holderOf(pool, variantId)).toBeNull();

    const holder = new pg.Client({ connectionString: database.url, application_name: 'forgetful' });
    await holder.connect();
    const { rows } = await holder.query('select pg_backend_pid() as pid');
    await holder.query('begin');
    await holder.query(`update jobs_variants set status = 'running' where job_variants_id = $1`, [variantId]);
    expect(await holderOf(pool, variantId)).toMatchObject({
      pid: rows[0].pid,
      application: 'forgetful',
      state: 'idle in transaction',
      query: expect.stringContaining('update jobs_variants'),
    });
    // Only one that has been idle for a second counts as forgotten.
    await pool.query('select pg_sleep(1)');
    expect(await openTransactions(pool)).toMatchObject([{ pid: rows[0].pid, application: 'forgetful' }]);

    await holder.query('rollback');
    expect(await holderOf(pool, variantId)).toBeNull();
    expect(await openTransactions(pool)).toEqual([]);
    await holder.end();
  });

  it('does not take a reader, or one who holds another row, for the holder', async () => {
    const [one, two] = (await createTestJob(pool, await order({ variantsCount: 2 }))).variantIds as [string, string];
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query('select from jobs_variants where job_variants_id = $1', [one]);
    await other.query(`update jobs_variants set selected = true where job_variants_id = $1`, [two]);
    expect(await holderOf(pool, one)).toBeNull();

    const another = new pg.Client({ connectionString: database.url });
    await another.connect();
    await another.query('begin');
    await another.query(`update jobs_variants set selected = true where job_variants_id = $1`, [one]);
    const pids = await Promise.all(
      [another, other].map(async (session) => (await session.query('select pg_backend_pid() as pid')).rows[0].pid),
    );
    expect([(await holderOf(pool, one))?.pid, (await holderOf(pool, two))?.pid]).toEqual(pids);
    for (const session of [other, another]) {
      await session.query('rollback');
      await session.end();
    }
  });
});

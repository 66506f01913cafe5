import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { runCli } from '../support/cli.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { drawnDish } from '../support/pictures.js';
import { untilRows } from '../support/road.js';
import { insertJob, JOB_STATE, setVariant, VARIANT_STATE } from '../support/rows.js';
import { type StackProcess, startStackProcess } from '../support/stack-process.js';

let dataDir: string;
let stack: StackProcess;
let ready: ReadyLine;
let foreign: Pool;
beforeAll(async () => {
  dataDir = makeDataDir();
  stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn' });
  ready = await stack.ready;
  foreign = createPool({ url: ready.databaseUrl, name: 'foreign', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await foreign?.end();
  stack?.process.kill('SIGTERM');
  await stack?.exit;
  removeDataDir(dataDir);
});

it('21: a missing file fails stage 1 with a reason; with the file back, a retry completes the job', async () => {
  const url = `/assets/ye/tenants/test/generated/2026/01/01/${randomUUID()}.png`;
  const { jobId, variantIds } = await insertJob(foreign, { imageType: 'generated', imageUrl: url });
  const [variantId] = variantIds as [string];
  await setVariant(foreign, variantId, 'img_gen', 'done');
  await untilRows(ready.databaseUrl, VARIANT_STATE, [variantId], 'vlm_analyze/failed');
  const { rows } = await foreign.query('select reason from pipeline.runs where job_variants_id = $1', [variantId]);
  expect(rows[0].reason).toBe('Failed to load image: the file is missing');

  // Ordered too early it fails again, with the same reason.
  expect((await runCli({ DATA_DIR: dataDir }, 'variants', 'retry', variantId)).code).toBe(0);
  await untilRows(
    ready.databaseUrl,
    `${VARIANT_STATE} and exists (select from pipeline.claims where unit_id = $1 and generation = 2 and state = 'failed')`,
    [variantId],
    'vlm_analyze/failed',
  );

  const file = createAssetStore({ root: ready.assetsDir, partName: 'ye' }).pathOf(url);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    await sharp(await drawnDish())
      .resize(1080, 1080)
      .png()
      .toBuffer(),
  );
  const { code, stdout } = await runCli({ DATA_DIR: dataDir }, 'variants', 'retry', variantId, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    outcome: 'done',
    before: { step: 'vlm_analyze', status: 'failed', generation: 2 },
    observed: { generation: 3 },
  });
  await untilRows(ready.databaseUrl, JOB_STATE, [jobId], 'instagram_feed_gen/done');

  const again = await runCli({ DATA_DIR: dataDir }, 'variants', 'retry', variantId);
  expect(again).toMatchObject({ code: 1, stderr: '' });
  expect(again.stdout).toContain('refused: the variant is finished, at (iou_eval, done)');
});

it('21: a command line that cannot be understood ends with code 2', async () => {
  for (const words of [
    ['variants', 'retry', 'no-uuid'],
    ['variants', 'retry', randomUUID(), '--from', 'nowhere'],
    ['variants', 'retyr', randomUUID()],
    ['jobs', 'delete'],
  ])
    expect([words, (await runCli({ DATA_DIR: dataDir }, ...words)).code]).toEqual([words, 2]);
  const unknown = await runCli({ DATA_DIR: dataDir }, 'variants', 'retry', randomUUID());
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain('there is no variant');
});

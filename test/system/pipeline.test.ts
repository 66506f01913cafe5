import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { packageRoot } from '../../src/config/package-root.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { freePort } from '../../src/stack/ports.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { findStack } from '../../src/stack/stack-lock.js';
import { VARIANT_STAGES, variantWorkflowId } from '../../workflows/contract.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { drawnDish, greyDistance, realPhotos } from '../support/pictures.js';
import { untilRows } from '../support/road.js';
import { insertJob, JOB_STATE, type NewJobRows, setVariant, stateOf, VARIANT_STATE } from '../support/rows.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { bareEnvironment, type StackProcess, startStackProcess } from '../support/stack-process.js';

interface DemoAnswer {
  jobId: string;
  state: string;
  seconds: number;
  variants: { id: string; state: string; retryCount: number; picture: string; workflowUrl: string }[];
  instagramCopy: string;
  hashtags: string[];
}

let dataDir: string;
let stack: StackProcess;
let ready: ReadyLine;
let foreign: Pool;
let workerMetricsPort: number;
beforeAll(async () => {
  dataDir = makeDataDir();
  // With a sweep every ten minutes whatever starts here was started by its notification.
  workerMetricsPort = await freePort();
  stack = startStackProcess(dataDir, {
    SWEEP_INTERVAL: '10m',
    LOG_LEVEL: 'warn',
    WORKER_METRICS_PORT: String(workerMetricsPort),
  });
  ready = await stack.ready;
  foreign = createPool({ url: ready.databaseUrl, name: 'foreign', size: 4, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await foreign?.end();
  stack?.process.kill('SIGTERM');
  await stack?.exit;
  removeDataDir(dataDir);
});

const until = (query: string, id: string, value: string): Promise<void> =>
  untilRows(ready.databaseUrl, query, [id], value);

/** The same where the database itself may be away for a while: nothing announces its return. */
const untilBack = (query: string, id: string, value: string): Promise<void> =>
  expect
    .poll(() => foreign.query({ text: query, values: [id], rowMode: 'array' }).then(firstValue, () => 'away'), {
      timeout: 60_000,
      interval: 200,
    })
    .toBe(value)
    .then(() => undefined);
const firstValue = ({ rows }: { rows: unknown[][] }): unknown => rows[0]?.[0];

const demo = async (...flags: string[]): Promise<DemoAnswer> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path.join(packageRoot, 'dist/src/cli/main.js'), 'demo', '--json', ...flags],
    { env: bareEnvironment({ DATA_DIR: dataDir }) },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as DemoAnswer;
};

/** A job whose pictures are made outside, as the guide's tool leaves it, on a real picture. */
const insertGuideJob = async (options: NewJobRows = {}): Promise<{ jobId: string; variantId: string }> => {
  const assets = createAssetStore({ root: ready.assetsDir, partName: 'ye' });
  const picture = await sharp(await drawnDish())
    .resize(1080, 1080)
    .png()
    .toBuffer();
  const { url } = await assets.publish({
    tenantId: 'test',
    kind: 'generated',
    id: crypto.randomUUID(),
    extension: '.png',
    bytes: picture,
    date: new Date(),
  });
  const { jobId, variantIds } = await insertJob(foreign, { imageType: 'generated', imageUrl: url, ...options });
  return { jobId, variantId: variantIds[0] as string };
};

describe('the demo', () => {
  it('makes three different advertisements and a feed, every stage once', async () => {
    const photo = path.join(mkdtempSync(path.join(os.tmpdir(), 'demo-')), 'dish.jpg');
    writeFileSync(photo, await drawnDish());
    const answer = await demo('--image-paths', photo, '--desc-kor', '얼큰한 김치찌개');

    expect(answer.state).toBe('instagram_feed_gen/done');
    expect(answer.variants.map(({ state, retryCount }) => [state, retryCount])).toEqual(
      Array.from({ length: 3 }, () => ['iou_eval/done', 0]),
    );
    expect(await effectsOf({ foreign }, answer.jobId)).toEqual(idealEffects(3));
    expect(answer.instagramCopy).toMatch(/[가-힣]/);
    expect(answer.hashtags.every((tag) => tag.startsWith('#'))).toBe(true);

    const pictures = answer.variants.map((variant) => variant.picture);
    for (const picture of pictures) {
      const { comments = [], ...shape } = await sharp(picture).metadata();
      expect(shape).toMatchObject({ format: 'png', width: 1080, height: 1080 });
      // The finished file still says how it was made.
      const texts = comments.map(({ keyword }) => keyword);
      expect(texts).toEqual(expect.arrayContaining(['Software', 'feedlyai:seed', 'feedlyai:design', 'feedlyai:type']));
    }
    const [a, b, c] = pictures as [string, string, string];
    // The same picture in other colours stays below 5 at this size.
    for (const [one, other] of [
      [a, b],
      [b, c],
      [a, c],
    ] as const)
      expect(await greyDistance(one, other)).toBeGreaterThan(12);
  });

  it('is found in Temporal by its job, one readable activity per stage', async () => {
    const { jobId, variants } = await demo('--variants-count', '1');
    const connection = await Connection.connect({ address: ready.temporalAddress });
    try {
      const client = new Client({ connection, namespace: ready.temporalNamespace });
      const found = async (): Promise<string[]> => {
        const ids: string[] = [];
        for await (const run of client.workflow.list({ query: `JobId = '${jobId}'` })) ids.push(run.workflowId);
        return ids.sort();
      };
      const variantId = variants[0]?.id as string;
      await expect.poll(found).toEqual([`job-${jobId}`, `variant-${variantId}`]);
      const { events } = await client.workflow.getHandle(variantWorkflowId(variantId)).fetchHistory();
      const activities = events?.flatMap(
        (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
      );
      expect(activities).toEqual([...VARIANT_STAGES]);
    } finally {
      await connection.close();
    }
  });

  it('does the same with real photos', async () => {
    const photos = realPhotos();
    if (photos.length === 0) return void console.warn('no real photos beside the checkout: drawn dishes only');
    const { jobId, state } = await demo('--image-paths', ...photos.slice(0, 3));
    expect(state).toBe('instagram_feed_gen/done');
    expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(3));
  });
});

describe("the guide's Door A, by SQL alone", () => {
  it.each([
    ['running, then done', ['running', 'done']],
    ['done at once', ['done']],
  ])('%s', async (_, statuses) => {
    const { jobId, variantId } = await insertGuideJob();
    for (const status of statuses) await setVariant(foreign, variantId, 'img_gen', status);
    await until(JOB_STATE, jobId, 'instagram_feed_gen/done');
    expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(1));
  });

  it('works for a job whose creator said that pictures are made outside', async () => {
    const { jobId, variantId } = await insertGuideJob({ imageType: 'original', imageGeneration: 'external' });
    await setVariant(foreign, variantId, 'img_gen', 'done');
    await until(JOB_STATE, jobId, 'instagram_feed_gen/done');
    const { rows } = await foreign.query('select count(*)::int as runs from gen_runs where job_id = $1', [jobId]);
    expect(rows[0].runs).toBe(0);
  });

  it('is heard while every worker is paused', async () => {
    const { jobId, variantId } = await insertGuideJob();
    for (const pid of ready.pids.worker) process.kill(pid, 'SIGSTOP');
    try {
      await setVariant(foreign, variantId, 'img_gen', 'done');
      await until(VARIANT_STATE, variantId, 'vlm_analyze/queued');
    } finally {
      for (const pid of ready.pids.worker) process.kill(pid, 'SIGCONT');
    }
    await until(JOB_STATE, jobId, 'instagram_feed_gen/done');
  });
});

describe('health', () => {
  it.each([
    ['/health', ['listener', 'database', 'outbox', 'neighbours', 'temporal', 'workers', 'stages']],
    ['/health/ready', ['listener', 'database', 'temporal']],
  ])('%s finds every part alive', async (where, parts) => {
    const look = async () => {
      const answer = await fetch(new URL(where, ready.serverUrl));
      return { code: answer.status, ...((await answer.json()) as { status: string; details: object }) };
    };
    // The listener proves itself every few seconds; right after the start it may not have done so yet.
    await expect.poll(look, { timeout: 15_000 }).toMatchObject({ code: 200, status: 'ok' });
    expect(Object.keys((await look()).details)).toEqual(parts);
  });

  it('/healthz has the form of the original, on server and stages', async () => {
    for (const [url, service] of [
      [ready.serverUrl, 'app-server'],
      [ready.stagesUrl, 'app-yh'],
    ] as const) {
      expect(await (await fetch(new URL('/healthz', url))).json()).toEqual({ ok: true, service });
    }
  });
});

describe('metrics', () => {
  const page = async (url: string): Promise<string> => (await fetch(new URL('/metrics', url))).text();

  it('tell of every process what dashboard and alerts ask for', async () => {
    const pages = await Promise.all(
      [ready.serverUrl, ready.stagesUrl, `http://127.0.0.1:${workerMetricsPort}`].map(page),
    );
    const shown = new Set([...pages.join('\n').matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const asked = ['alerts.yml', 'grafana-dashboard.json'].flatMap((name) => {
      const text = readFileSync(path.join(packageRoot, 'monitoring', name), 'utf8');
      return (
        text.match(/\b(?:pipeline|http|process|temporal)_[a-z_]+/g)?.map((name) => name.replace(/_bucket$/, '')) ?? []
      );
    });
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('count each attempt of a stage by how it ended', async () => {
    const attempts = async (): Promise<number> => {
      const text = await page(`http://127.0.0.1:${workerMetricsPort}`);
      const line = /^pipeline_activity_attempts_total\{activity="planner",outcome="done",service="worker"\} (\d+)$/m;
      return Number(line.exec(text)?.[1] ?? 0);
    };
    const before = await attempts();
    await demo('--variants-count', '2');
    expect(await attempts()).toBe(before + 2);
  });
});

describe('what breaks on the way', () => {
  it('goes on after the worker was killed in the middle of a stage, without doing anything twice', async () => {
    const { jobId, variantId } = await insertGuideJob();
    const inStage = until(VARIANT_STATE, variantId, 'overlay/running');
    await setVariant(foreign, variantId, 'img_gen', 'done');
    await inStage;
    for (const pid of ready.pids.worker) process.kill(pid, 'SIGKILL');
    await until(JOB_STATE, jobId, 'instagram_feed_gen/done');
    expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(1));
  });

  it('makes each picture once although the worker was killed in the middle of making them', async () => {
    const assets = createAssetStore({ root: ready.assetsDir, partName: 'js' });
    const photo = { tenantId: 'test', kind: 'original', id: crypto.randomUUID(), extension: '.jpg', date: new Date() };
    const { url } = await assets.publish({ ...photo, bytes: await drawnDish() });
    const { jobId, variantIds } = await insertJob(foreign, { variants: 3, imageUrl: url });
    await until(VARIANT_STATE, variantIds[1] as string, 'img_gen/running');
    // Not those of the ready line: a worker that was killed before has a successor.
    for (const pid of findStack(dataDir)?.ready?.pids.worker ?? []) process.kill(pid, 'SIGKILL');
    await until(JOB_STATE, jobId, 'instagram_feed_gen/done');

    expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(3));
    const { rows } = await foreign.query(
      `select (select count(*)::int from gen_runs where job_id = $1 and status = 'succeeded') as runs,
              (select count(*)::int from gen_variants join gen_runs using (run_id) where job_id = $1) as pictures,
              (select array_agg(distinct image_type || ' ' || n order by image_type || ' ' || n)
                 from (select image_type, count(*) as n from image_assets where job_id = $1
                        and image_type like 'pbg%' group by image_type) kinds) as kinds`,
      [jobId],
    );
    expect(rows[0]).toEqual({
      runs: 1,
      pictures: 3,
      kinds: ['pbg_canvas 3', 'pbg_cutout 1', 'pbg_generated 3', 'pbg_mask 3'],
    });
  });

  it.each([
    ['PostgreSQL', 'postgres'],
    ['Temporal', 'temporal'],
  ] as const)('goes on after %s was killed in the middle of a stage, without doing anything twice', async (_, part) => {
    const { jobId, variantId } = await insertGuideJob();
    const inStage = until(VARIANT_STATE, variantId, 'planner/running');
    await setVariant(foreign, variantId, 'img_gen', 'done');
    await inStage;
    process.kill(ready.pids[part] as number, 'SIGKILL');
    await untilBack(JOB_STATE, jobId, 'instagram_feed_gen/done');
    expect(await effectsOf({ foreign }, jobId)).toEqual(idealEffects(1));
  });

  it('moves nothing while the server stands still: there is no second road', async () => {
    const [server] = ready.pids.server as [number];
    process.kill(server, 'SIGSTOP');
    let jobId: string;
    let variantId: string;
    try {
      ({ jobId, variantId } = await insertGuideJob());
      await setVariant(foreign, variantId, 'img_gen', 'done');
      // Nothing is to happen, so there is nothing to await: a second is forty times what a start takes.
      await foreign.query('select pg_sleep(1)');
      expect(await stateOf(foreign, 'jobs_variants', variantId)).toBe('img_gen/done');
    } finally {
      process.kill(server, 'SIGCONT');
    }
    await until(JOB_STATE, jobId, 'instagram_feed_gen/done');
  });
});

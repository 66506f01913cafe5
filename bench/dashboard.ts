// How the dashboard bears much: 2,000 jobs of which 50 move, in a real browser. Prints what it measured; asserts nothing.
//   npm run bench:dashboard -- [jobs, default 2000] [moving, default 50] [pages, default 20]
// Keeps a trace of each round of scrolling in bench/out, to be opened in the browser's performance panel. A browser that
// draws in software takes turns with everything else on the machine, so each line says the load, and what of the time
// was the page's own work.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setInterval as every, setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { createAssetStore } from '../src/assets/asset-store.js';
import { cpuSecondsOf } from '../src/cli/picture-bench/process-figures.js';
import { createPool, type Pool } from '../src/db/pool.js';
import { DESKTOP, type Look, startBrowser, visit } from '../test/support/browser.js';
import { makeDataDir, removeDataDir } from '../test/support/data-dir.js';
import { packageRoot } from '../src/config/package-root.js';
import { drawnDish } from '../test/support/pictures.js';
import { startStackProcess } from '../test/support/stack-process.js';
import { VARIANT_STAGES } from '../workflows/contract.js';
import { readTrace } from './read-trace.js';

const [jobs = 2000, moving = 50, pages = 20] = process.argv.slice(2).map(Number);
const PICTURES = 24;
const WATCHED_MS = 20_000;
const ROUNDS = 3;
/** Of the other pages, which would draw on machines of their own: what they ask of the server is the same. */
const SLIT: Look = { ...DESKTOP, width: 1360, height: 80 };
const OUT = path.join(packageRoot, 'bench', 'out');
/** A job on the road changes its state about as often. */
const STEP_MS = 6_000;

const say = (what: string, value: unknown): void => console.log(`${what.padEnd(52)} ${value}`);
const milliseconds = (value: number): string => `${Math.round(value)} ms`;
const share = (value: number): string => `${(value * 100).toFixed(1)} %`;
const load = (): string => `load ${os.loadavg()[0]?.toFixed(1)}`;

/** Jobs as if they had come over the last weeks; finished ones, and at last those that move. */
async function fill(pool: Pool, urls: string[]): Promise<string[]> {
  await pool.query(`insert into tenants (tenant_id) values ('bench') on conflict do nothing`);
  for (const url of urls)
    await pool.query(
      `insert into image_assets (image_type, image_url, width, height, tenant_id) values ('pbg_generated', $1, 900, 700, 'bench')`,
      [url],
    );
  await pool.query(
    `with pictures as (select array_agg(image_asset_id) as ids from image_assets where tenant_id = 'bench'),
          made as (insert into jobs (job_id, tenant_id, current_step, status, created_at)
                   select uuid_generate_v4(), 'bench', case when n <= $2 then 'img_gen' else 'instagram_feed_gen' end,
                          case when n <= $2 then 'running' else 'done' end, now() - n * interval '10 minutes'
                     from generate_series(1, $1::int) n returning job_id, current_step),
          texts as (insert into job_inputs (job_id, desc_kor) select job_id, '오늘의 국밥 ' || left(job_id::text, 4) from made)
     insert into jobs_variants (job_id, img_asset_id, overlaid_img_asset_id, creation_order, current_step, status)
     select job_id, ids[1 + (random() * ($3 - 1))::int], ids[1 + (random() * ($3 - 1))::int], k,
            case when current_step = 'img_gen' then 'img_gen' else 'iou_eval' end,
            case when current_step = 'img_gen' then 'running' else 'done' end
       from made, pictures, generate_series(1, 3) k`,
    [jobs, moving, urls.length],
  );
  await pool.query('analyze');
  const { rows } = await pool.query<{ id: string }>(
    `select job_variants_id as id from jobs_variants where current_step = 'img_gen'`,
  );
  return rows.map(({ id }) => id);
}

/** Moves each variant one state further now and then, round and round, until it is told to stop. */
async function keepMoving(pool: Pool, variantIds: string[], signal: AbortSignal): Promise<void> {
  let turn = 0;
  const pause = Math.max(5, STEP_MS / variantIds.length);
  for await (const _ of every(pause, undefined, { signal })) {
    const stage = VARIANT_STAGES[Math.floor(turn / variantIds.length / 2) % (VARIANT_STAGES.length - 1)];
    await pool.query(
      'update jobs_variants set current_step = $2, status = $3, updated_at = clock_timestamp() where job_variants_id = $1',
      [variantIds[turn % variantIds.length], stage, Math.floor(turn / variantIds.length) % 2 ? 'done' : 'running'],
    );
    turn++;
  }
}

/** Scrolls by wheel to where the list ends for now, and counts what a reader would feel. */
async function scroll(page: Page): Promise<{ frames: number; slow: number; longest: number }> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    let last = performance.now();
    const look = (now: number): void => {
      seen.push(now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  for (let turn = 0; turn < 80; turn++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(30);
  }
  return page.evaluate(() => {
    const { seen } = globalThis as unknown as { seen: number[] };
    return { frames: seen.length, slow: seen.filter((gap) => gap > 50).length, longest: Math.max(...seen) };
  });
}

const dataDir = makeDataDir();
const stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn', SWEEP_INTERVAL: '10m' });
try {
  const ready = await stack.ready;
  const log = pino({ level: 'silent' });
  const pool = createPool({ url: ready.databaseUrl, name: 'bench', writer: 'worker', size: 4, log });
  const assets = createAssetStore({ root: ready.assetsDir, partName: 'yh' });
  const urls = await Promise.all(
    Array.from({ length: PICTURES }, async (_, index) => {
      const bytes = await drawnDish(index * 15);
      const file = { tenantId: 'bench', kind: 'final', id: randomUUID(), extension: 'jpg', date: new Date() };
      return (await assets.publish({ ...file, bytes })).url;
    }),
  );
  const variantIds = await fill(pool, urls);
  say('jobs, of which moving', `${jobs}, ${moving}`);

  const stop = new AbortController();
  const movement = keepMoving(pool, variantIds, stop.signal).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
  const browser = await startBrowser();
  const first = await visit(browser, ready.serverUrl);
  const asked = performance.now();
  await first.page.goto('/?tab=all');
  await first.page.locator('.card[data-job]').first().waitFor();
  say('first card after', milliseconds(performance.now() - asked));
  const paint = await first.page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  );
  say('first contentful paint after', milliseconds(paint));

  mkdirSync(OUT, { recursive: true });
  for (let round = 1; round <= ROUNDS; round++) {
    const trace = path.join(OUT, `dashboard-scroll-${round}.trace.json`);
    await browser.startTracing(first.page, { path: trace });
    const { frames, slow, longest } = await scroll(first.page);
    await browser.stopTracing();
    const page = readTrace(trace);
    say(
      `scrolling ${round}: frames, longer than 50 ms, longest`,
      `${frames}, ${slow}, ${milliseconds(longest)} (${load()})`,
    );
    say('  tasks longer than 50 ms: by the clock, by own work', `${page.long}, ${page.longWork} of ${page.tasks}`);
    say(
      '  longest task: by the clock, by own work',
      `${milliseconds(page.longest)}, ${milliseconds(page.longestWork)}`,
    );
    say('  of one core: all, style and layout, painting', [page.work, page.layout, page.paint].map(share).join(', '));
    say('  trace', path.relative(packageRoot, trace));
  }
  say('cards in the page at the end', await first.page.locator('.card').count());

  const [server] = ready.pids.server as [number];
  const watch = async (name: string): Promise<void> => {
    const [cpu, began] = [await cpuSecondsOf(server), performance.now()];
    await delay(WATCHED_MS);
    const used = ((await cpuSecondsOf(server)) - cpu) / ((performance.now() - began) / 1000);
    say(`server's CPU with ${name}, of one core`, `${share(used)} (${load()})`);
  };
  await watch('1 open page');
  const others = [];
  for (let count = 1; count < pages; count++) {
    const other = await visit(browser, ready.serverUrl, SLIT);
    await other.page.goto('/?tab=all');
    await other.page.locator('[data-connection=live]').waitFor({ state: 'attached' });
    others.push(other);
  }
  await watch(`${pages} open pages`);
  stop.abort();
  await movement;
  await browser.close();
  await pool.end();
} finally {
  stack.process.kill('SIGTERM');
  await stack.exit;
  removeDataDir(dataDir);
}

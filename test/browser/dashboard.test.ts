import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { pino } from 'pino';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { findStack } from '../../src/stack/stack-lock.js';
import {
  DESKTOP,
  type Look,
  PHONE,
  portray,
  seriousFindings,
  startBrowser,
  type Visit,
  visit,
} from '../support/browser.js';
import { runCli } from '../support/cli.js';
import { makeDataDir, removeDataDir } from '../support/data-dir.js';
import { drawnDish, realPhotos } from '../support/pictures.js';
import { insertJob, VARIANT_STATE } from '../support/rows.js';
import { type StackProcess, startStackProcess } from '../support/stack-process.js';

/** A road of three ads on a busy machine. */
const ROAD = { timeout: 90_000 };

let dataDir: string;
let stack: StackProcess;
let ready: ReadyLine;
let foreign: Pool;
let browser: Browser;
let dish: string;
/** The job that the first test makes; later ones look at it. */
let finished: string;
beforeAll(async () => {
  dataDir = makeDataDir();
  stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn' });
  ready = await stack.ready;
  foreign = createPool({ url: ready.databaseUrl, name: 'foreign', size: 2, log: pino({ level: 'silent' }) });
  browser = await startBrowser();
  // Right after the start the listener has not proven itself, and a browser writes every 503 into its console.
  await vi.waitFor(async () => expect((await fetch(ready.healthUrl)).status).toBe(200), {
    timeout: 30_000,
    interval: 500,
  });
  dish = realPhotos().find((photo) => photo.includes('pasta')) ?? path.join(path.dirname(dataDir), 'dish.jpg');
  if (dish.startsWith(path.dirname(dataDir))) writeFileSync(dish, await drawnDish());
});
afterAll(async () => {
  await browser?.close();
  await foreign?.end();
  stack?.process.kill('SIGTERM');
  await stack?.exit;
  removeDataDir(dataDir);
});

const open = async (where: string, look: Look = DESKTOP): Promise<Visit> => {
  const there = await visit(browser, ready.serverUrl, look);
  await there.page.goto(where);
  return there;
};

const live = (page: Page): Promise<void> =>
  page.locator('[data-connection=live]').waitFor({ state: 'attached', timeout: 30_000 });

/** A photo where JS would have put it; its URL. */
const publish = async (bytes: Buffer): Promise<string> => {
  const assets = createAssetStore({ root: ready.assetsDir, partName: 'js' });
  const file = { tenantId: 'test', kind: 'original', id: crypto.randomUUID(), extension: 'jpg', date: new Date() };
  return (await assets.publish({ ...file, bytes })).url;
};

const variantCard = (page: Page, variantId: string): Locator => page.locator(`[data-variant="${variantId}"]`);

const button = (where: Page | Locator, name: string | RegExp): Locator => where.getByRole('button', { name });

const one = async <T>(query: string, ...values: unknown[]): Promise<T> =>
  (await foreign.query({ text: query, values, rowMode: 'array' })).rows[0]?.[0] as T;

it('photo in, three ads out, looked at closely, copied, chosen and downloaded', async () => {
  const { page, complaints, close } = await open('/');
  await page.getByText('Nothing needs you').waitFor();
  await page.getByRole('link', { name: 'New ad' }).first().click();
  await page.locator('input[type=file]').first().setInputFiles(dish);
  await page.locator('.preview').click();
  await page.getByText('The dish is here.').waitFor();
  await page.getByLabel('What is it?').fill('오늘의 토마토 파스타');
  await page.getByText('Lifestyle Integration').click();
  await portray(page, 'create');
  await button(page, 'Make three ads').click();

  // To the end, on this page, without anybody touching it.
  await page.waitForURL(/\/jobs\//);
  finished = page.url().slice(-36);
  await expect.poll(() => page.locator('.ad.ready').count(), ROAD).toBe(3);
  await page.locator('.post-copy').waitFor(ROAD);
  await page.locator('[data-job-state="instagram_feed_gen/done"]').waitFor(ROAD);
  const hint = await one<{ x: number }>('select subject_hint from pipeline.jobs where job_id = $1', finished);
  expect(hint.x).toBeGreaterThan(0);

  // Closely: alone, against the photo, with its layers.
  await page.locator('.ad-picture').first().click();
  const viewer = page.getByRole('dialog');
  await viewer.getByText('How good is it?').waitFor();
  expect(await viewer.locator('.score').count()).toBe(4);
  await button(viewer, 'Before / after').click();
  const seam = viewer.getByRole('slider');
  await seam.focus();
  await page.keyboard.press('ArrowRight');
  expect(await seam.inputValue()).toBe('51');
  await button(viewer, 'Layers').click();
  for (const layer of ['Detections', 'Places for text']) await button(viewer, new RegExp(layer)).click();
  await expect.poll(() => viewer.locator('.box.textBox').count()).toBe(1);
  expect(await viewer.locator('.box.proposals').count()).toBeGreaterThan(0);
  expect(await viewer.locator('.tint.mask').count()).toBe(1);
  await portray(page, 'layers');
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });

  // The text to post.
  await button(page, 'Copy the whole post').click();
  await page.getByText('Copied').waitFor();
  const [text, tags] = (
    await foreign.query('select instagram_ad_copy, hashtags from instagram_feeds where job_id = $1', [finished])
  ).rows.map(Object.values)[0] as [string, string];
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${text}\n\n${tags}`);

  // The favourite; nothing is done again for it.
  const claims = 'select count(*)::int from pipeline.claims where job_id = $1';
  const before = await one(claims, finished);
  await button(page, 'Make it the favourite').nth(1).click();
  await page.locator('.favourite.chosen').waitFor();
  expect(
    await one('select array_agg(creation_order) from jobs_variants where job_id = $1 and selected', finished),
  ).toEqual([2]);
  expect(await one(claims, finished)).toBe(before);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download ZIP').click()]);
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
  expect(Object.keys(files)).toEqual([
    'advertisement-1.png',
    'advertisement-2-favourite.png',
    'advertisement-3.png',
    'post.txt',
  ]);
  await portray(page, 'job');
  expect(complaints).toEqual([]);
  await close();
});

it('a failure says why and what to do, and is retried from its stage', async () => {
  const imageUrl = await publish(await drawnDish());
  const file = createAssetStore({ root: ready.assetsDir, partName: 'js' }).pathOf(imageUrl);
  rmSync(file);
  const { jobId, variantIds } = await insertJob(foreign, { imageUrl });
  const [variantId] = variantIds as [string];

  // It comes to the first tab by itself.
  const { page, complaints, close } = await open('/');
  await page.locator(`[data-job="${jobId}"]`).waitFor(ROAD);
  await page.locator(`[data-job="${jobId}"]`).click();
  const ad = variantCard(page, variantId);
  await ad.getByText('The photo’s file is missing.').waitFor(ROAD);
  await ad.getByText(/Put the file back or upload the photo again/).waitFor();
  await portray(page, 'failed');

  writeFileSync(file, await drawnDish());
  await button(ad, 'Change and redo').click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByLabel('Begin at').inputValue()).toBe('img_gen');
  await dialog.getByLabel('Another headline').fill('다시 돌아온 국밥');
  await button(dialog, 'Do it again').click();
  // The observed result, as the server says it.
  await page
    .getByRole('status')
    .getByText(/^Done\. Now: /)
    .waitFor();
  await expect.poll(() => ad.getAttribute('data-state'), ROAD).toBe('iou_eval/done');
  await ad.getByText('다시 돌아온 국밥').waitFor(ROAD);
  await page
    .getByText(/Making the picture failed/)
    .first()
    .waitFor();
  expect(await page.getByRole('link', { name: 'Temporal' }).getAttribute('href')).toContain(variantId);
  // The file was away, and a browser says so.
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
  await close();
});

it('intake is paused, what waits is cancelled or goes on when it is resumed', async () => {
  const { page, complaints, close } = await open('/system');
  await button(page, 'Pause intake').click();
  await button(page.getByRole('dialog'), 'Pause intake').click();
  await page.locator('.banner', { hasText: 'Intake is paused.' }).waitFor();

  const imageUrl = await publish(await drawnDish(140));
  const { jobId, variantIds } = await insertJob(foreign, { variants: 2, imageUrl });
  const [first, second] = variantIds as [string, string];
  await page.goto(`/jobs/${jobId}`);
  await button(variantCard(page, first), 'Cancel').click();
  await button(page.getByRole('dialog'), 'Cancel this ad').click();
  await variantCard(page, first).getByText('It was cancelled.').waitFor();
  expect(await one(VARIANT_STATE, first)).toBe('img_gen/failed');
  expect(await one(VARIANT_STATE, second)).toBe('user_img_input/done');

  await page.getByRole('link', { name: 'System' }).first().click();
  await button(page, 'Go on').click();
  await page.getByText('New jobs start at once.').waitFor();
  await page.goto(`/jobs/${jobId}`);
  await expect.poll(() => variantCard(page, second).getAttribute('data-state'), ROAD).toBe('iou_eval/done');
  expect(await variantCard(page, first).getAttribute('data-state')).toBe('img_gen/failed');
  expect(complaints).toEqual([]);
  await close();
});

it('a row changed by SQL appears on the open board without a request of the page', async () => {
  const imageUrl = await publish(await drawnDish(200));
  const { variantIds } = await insertJob(foreign, { imageGeneration: 'external', imageType: 'generated', imageUrl });
  const [variantId] = variantIds as [string];
  const { page, requests, complaints, close } = await open('/?tab=all');
  const tile = variantCard(page, variantId);
  await tile.waitFor();
  await live(page);
  // What the page still asks for at its beginning may fall into the first turns; if it asked for each change, all would fail.
  let turn = 0;
  const askedMeanwhile = async (): Promise<string[]> => {
    requests.length = 0;
    const status = turn++ % 2 ? 'queued' : 'running';
    await foreign.query(
      `update jobs_variants set current_step = 'img_gen', status = $2, updated_at = now() where job_variants_id = $1`,
      [variantId, status],
    );
    await page.locator(`[data-variant="${variantId}"][data-state="img_gen/${status}"]`).waitFor();
    return requests.filter((path) => path.startsWith('/api/'));
  };
  await expect.poll(askedMeanwhile, { timeout: 20_000 }).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

it('the page recovers by itself when the server is killed underneath', async () => {
  const { page, close } = await open(`/jobs/${finished}`);
  await live(page);
  await page.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }));
  const [server = 0] = findStack(dataDir)?.ready?.pids.server ?? [];
  process.kill(server, 'SIGKILL');
  await page.locator('[data-connection=connecting], [data-connection=polling]').waitFor({ state: 'attached' });
  await live(page);
  await page.locator('.banner.bad').waitFor({ state: 'detached', timeout: 30_000 });
  const variantId = await one<string>(
    'select job_variants_id from jobs_variants where job_id = $1 and creation_order = 3',
    finished,
  );
  await foreign.query('update jobs_variants set selected = true, updated_at = now() where job_variants_id = $1', [
    variantId,
  ]);
  await variantCard(page, variantId).locator('.favourite.chosen').waitFor();
  expect(await page.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true);
  await foreign.query('update jobs_variants set selected = false, updated_at = now() where job_variants_id = $1', [
    variantId,
  ]);
  await close();
});

const LOOKS: [string, Look][] = [
  ['on a desktop, in English, light', DESKTOP],
  ['on a desktop, in Korean, dark', { ...DESKTOP, language: 'ko', theme: 'dark' }],
  ['on a phone, in Korean, light', PHONE],
  ['on a phone, in English, dark', { ...PHONE, language: 'en', theme: 'dark' }],
];

it.each(LOOKS)('every page can be used by everybody %s', async (_, look) => {
  const { page, complaints, close } = await open('/', look);
  const suffix = `${look.language}-${look.theme}-${look.width < 500 ? 'phone' : 'desktop'}`;
  for (const [name, where, sign] of [
    ['board', '/?tab=all', '.card[data-job]'],
    ['job', `/jobs/${finished}`, '.post-copy'],
    ['create', '/new', '.tone-example'],
    ['system', '/system', '.part .state'],
  ] as const) {
    await page.goto(where);
    await page.locator(sign).first().waitFor();
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    expect([name, await page.evaluate(() => document.documentElement.lang)]).toEqual([name, look.language]);
    expect([name, await seriousFindings(page)]).toEqual([name, []]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([name, Math.max(0, overflow)]).toEqual([name, 0]);
    if (name === 'board' || name === 'job') await portray(page, `${name}-${suffix}`);
  }
  expect(complaints).toEqual([]);
  await close();
});

it('the page comes in the language asked for, and lets nothing in from elsewhere', async () => {
  const as = (headers: Record<string, string>) => fetch(new URL('/', ready.serverUrl), { headers });
  const korean = await as({ 'accept-language': 'ko-KR,ko;q=0.9' });
  expect(await korean.text()).toContain('<html lang="ko" data-theme="auto">');
  expect(korean.headers.get('content-security-policy')).not.toContain('unsafe');
  const chosen = await as({
    'accept-language': 'ko',
    cookie: 'feedlyai_language=en; feedlyai_theme=dark; feedlyai_theme="><script>',
  });
  expect(await chosen.text()).toContain('<html lang="en" data-theme="dark">');
  expect((await fetch(new URL('/jobs/no-such-page', ready.serverUrl))).status).toBe(200);
  expect((await fetch(new URL('/no-such-page', ready.serverUrl))).status).toBe(404);
});

it('by keyboard alone: past the menu, into a job, and back', async () => {
  const { page, complaints, close } = await open('/?tab=ready');
  await page.locator('.card').first().waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
  await page.keyboard.press('Enter');
  while (!(await page.evaluate(() => document.activeElement?.matches('.card')))) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('.ad').first().waitFor();
  await page.goBack();
  await page.locator('.card').first().waitFor();
  expect(page.url()).toContain('tab=ready');
  expect(complaints).toEqual([]);
  await close();
});

it('asks for a key when there is one, and is left again by signing out', async () => {
  const { stdout } = await runCli({ DATA_DIR: dataDir }, 'keys', 'create', 'dashboard', '--scope', 'operate');
  const { page, close } = await open('/system');
  await page.getByLabel('Key').fill('fly_not-a-key');
  await button(page, 'Sign in').click();
  await page.getByText('This key opens nothing.').waitFor();
  await page.getByLabel('Key').fill(stdout.trim());
  await button(page, 'Sign in').click();
  // An order of a signed-in browser needs more than its cookie.
  await button(page, 'Pause intake').click();
  await button(page.getByRole('dialog'), 'Pause intake').click();
  await button(page, 'Go on').click();
  await page.getByText('New jobs start at once.').waitFor();
  expect(await one(`select actor from pipeline.audit where action = 'resume intake' order by audit_id desc`)).toBe(
    'key:dashboard',
  );
  await button(page, 'Sign out').click();
  await page.getByLabel('Key').waitFor();
  await runCli({ DATA_DIR: dataDir }, 'keys', 'revoke', 'dashboard');
  await close();
});

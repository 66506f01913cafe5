import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { DESKTOP, type Look, PHONE, portray, seriousFindings } from '../support/browser.js';
import { button, type Dashboard, openDashboard, SENTENCE } from '../support/dashboard.js';

let dashboard: Dashboard;
let finished: string;
beforeAll(async () => {
  dashboard = await openDashboard();
  finished = await dashboard.finishedJob();
  await fetch(new URL('/api/admin/brands/dashboard', dashboard.ready.serverUrl), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: '망원 파스타',
      handle: '@mangwon.pasta',
      colour: 'b3261e',
      hours: '매일 11:00~21:00',
    }),
  });
});
afterAll(() => dashboard?.close());

const LOOKS: [string, Look][] = [DESKTOP, PHONE].flatMap((size) =>
  (['en', 'ko'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((theme): [string, Look] => [
      `${size === PHONE ? 'phone' : 'desktop'}, ${language}, ${theme}`,
      { ...size, language, theme },
    ]),
  ),
);

/** What the READMEs show. */
const SHOWN = new Set(['board-ko-light-phone', 'job-ko-dark-desktop', 'job-ko-light-phone', 'system-en-dark-phone']);

it.each(LOOKS)('every page can be used by everybody: %s', async (_, look) => {
  const { page, complaints, close } = await dashboard.open('about:blank', look);
  const isKorean = look.language === 'ko';
  const suffix = `${look.language}-${look.theme}-${look.width < 500 ? 'phone' : 'desktop'}`;
  const examine = async (name: string, part?: string): Promise<void> => {
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    expect([name, await page.evaluate(() => document.documentElement.lang)]).toEqual([name, look.language]);
    expect([name, await seriousFindings(page, part)]).toEqual([name, []]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect([name, Math.max(0, overflow)]).toEqual([name, 0]);
    if (SHOWN.has(`${name}-${suffix}`)) await portray(page, `${name}-${suffix}`);
  };
  for (const [name, where, sign] of [
    ['board', '/?tab=all', '.card[data-job]'],
    ['create', '/new', '.tone-example'],
    ['brand', '/brand', '.brand-sample'],
    ['system', '/system', '.part .state'],
    ['job', `/jobs/${finished}`, '.post-copy'],
  ] as const) {
    await page.goto(where);
    await page.locator(sign).first().waitFor();
    await examine(name);
  }
  await page.locator('.ad-picture').first().click();
  const viewer = page.getByRole('dialog');
  await button(viewer, isKorean ? '자리 보기' : 'Places').click();
  await viewer.locator('.box.textBox').waitFor();
  await examine('viewer', 'dialog');
  await page.keyboard.press('Escape');
  await button(page.locator('.ad').first(), isKorean ? '바꿔서 다시' : 'Change and redo').click();
  await page.locator('.editor').waitFor();
  await examine('editor', 'dialog');
  await page.goto('/new');
  await page.getByLabel(isKorean ? '어떤 말을 전하고 싶으세요?' : 'What do you want to say?').fill(SENTENCE);
  await page.locator('.idea-headline').first().waitFor();
  await examine('understood');
  expect(complaints).toEqual([]);
  await close();
});

it('nothing moves by itself while a page comes', async () => {
  const { page, close } = await dashboard.open('about:blank');
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const [where, sign] of [
    ['/?tab=all', '.card[data-job] img'],
    ['/new', '.tone input'],
    ['/system', '.part .state'],
    [`/jobs/${finished}`, '.post-copy'],
  ] as const) {
    await page.goto(where);
    await page.locator(sign).first().waitFor();
    await page.waitForFunction(() => [...document.images].every((image) => image.complete));
    const moved = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
    // "Good" ends at 0.1.
    expect([where, moved.reduce((sum, value) => sum + value, 0) < 0.1]).toEqual([where, true]);
  }
  await close();
});

it('the page comes in the language asked for, and lets nothing in from elsewhere', async () => {
  const as = (headers: Record<string, string>) => fetch(new URL('/', dashboard.ready.serverUrl), { headers });
  const korean = await as({ 'accept-language': 'ko-KR,ko;q=0.9' });
  expect(await korean.text()).toContain('<html lang="ko" data-theme="auto">');
  expect(korean.headers.get('content-security-policy')?.split(';').sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' blob:",
    "script-src 'self'",
    "style-src 'self'",
  ]);
  const chosen = await as({
    'accept-language': 'ko',
    cookie: 'feedlyai_language=en; feedlyai_theme=dark; feedlyai_theme="><script>',
  });
  expect(await chosen.text()).toContain('<html lang="en" data-theme="dark">');
  expect((await fetch(new URL('/jobs/no-such-page', dashboard.ready.serverUrl))).status).toBe(200);
  expect((await fetch(new URL('/no-such-page', dashboard.ready.serverUrl))).status).toBe(404);
});

it('all code and styles of the page weigh at most 150 kB as they travel', () => {
  const folder = path.join(packageRoot, 'dist', 'web');
  const files = readdirSync(path.join(folder, 'app')).filter((name) => /\.(js|css)$/.test(name));
  const weights = files.map((name) => gzipSync(readFileSync(path.join(folder, 'app', name))).length);
  expect(weights.length).toBeGreaterThanOrEqual(2);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(150_000);
});

it('by keyboard alone: past the menu, into a job, and back', async () => {
  const { page, complaints, close } = await dashboard.open('/?tab=ready');
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

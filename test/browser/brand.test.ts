import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';
import { PHONE, seriousFindings } from '../support/browser.js';
import { button, type Dashboard, openDashboard, SENTENCE } from '../support/dashboard.js';
import { role } from '../support/owner.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

/** A sign on a see-through ground. */
async function drawLogo(): Promise<string> {
  const file = path.join(path.dirname(dashboard.dataDir), 'logo.png');
  const circle = '<svg width="300" height="300"><circle cx="150" cy="150" r="120" fill="#b3261e"/></svg>';
  writeFileSync(file, await sharp(Buffer.from(circle)).png().toBuffer());
  return file;
}

it('a shop signs in, says who it is, finds that in its next advertisement, and sees nothing of other shops', async () => {
  const others = await dashboard.finishedJob();
  const env = { DATA_DIR: dashboard.dataDir };
  const { stdout } = await runCli(env, 'keys', 'create', 'mija', '--tenant', 'mija_kitchen', '--scope', 'operate');
  const { page, complaints, close } = await dashboard.open('/brand', PHONE);
  await page.getByLabel('키', { exact: true }).fill(stdout.trim());
  await button(page, '로그인').click();

  await page.getByLabel('가게 이름').fill('미자네 부엌');
  await page.getByLabel('인스타그램 계정').fill('@mija.kitchen');
  await page.getByLabel('전화번호').fill('02-123-4567');
  await page.getByLabel('가게 색').fill('#ffe08a');
  await page.getByText('글씨로 쓰기에는 연한 색이에요').waitFor();
  await button(page, '저장').click();
  await page.getByText('저장했습니다.').waitFor();
  await page.locator('.brand-page input[type=file]').setInputFiles(await drawLogo());
  await page.locator('.logo img').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.reload();
  await expect.poll(() => page.getByLabel('가게 이름').inputValue()).toBe('미자네 부엌');
  await page.locator('.logo img').waitFor();

  // Nobody else's advertisements, not as samples either.
  await page.goto('/new');
  await page.locator('img.tone-example').first().waitFor();
  const samples = await page
    .locator('img.tone-example')
    .evaluateAll((images) => images.map((image) => image.getAttribute('src')));
  expect(samples.length).toBeGreaterThan(0);
  expect(samples.filter((src) => !src?.startsWith('/tones/'))).toEqual([]);
  await page.getByLabel('어떤 말을 전하고 싶으세요?').fill(SENTENCE);
  await expect.poll(() => role(page, 'shop').inputValue()).toBe('미자네 부엌');
  expect(await role(page, 'handle').inputValue()).toBe('@mija.kitchen');
  expect(await page.getByRole('link', { name: '시스템' }).count()).toBe(0);
  await page.goto(`/jobs/${others}`);
  await page.getByText('없는 작업입니다').waitFor();

  await page.goto('/new');
  await button(page, '로그아웃').click();
  await runCli(env, 'keys', 'revoke', 'mija');
  // Nobody is there before the key and after it, this shop had no brand, and the other shop's job is not there for it.
  const expected = [
    /status of 401 \(Unauthorized\) \/api\/admin\/session$/,
    /status of 404 \(Not Found\) \/api\/admin\/(jobs|brands)\//,
  ];
  expect(complaints.filter((line) => !expected.some((one) => one.test(line)))).toEqual([]);
  await close();
});

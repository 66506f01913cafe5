import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PHONE } from '../support/browser.js';
import { button, type Dashboard, openDashboard } from '../support/dashboard.js';
import { plain } from '../unit/imaging/pictures.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

/** A file beside the others of this test. */
const named = (name: string): string => path.join(path.dirname(dashboard.dataDir), name);

it('a telephone offers its camera, and what a photo lacks is said in the form, with what to do', async () => {
  const { page, complaints, close } = await dashboard.open('/new', PHONE);
  const camera = page.getByLabel('사진 찍기');
  expect(await camera.getAttribute('capture')).toBe('environment');
  expect(await camera.getAttribute('accept')).toContain('image/*');
  expect(await page.locator('.chooser.camera label').isVisible()).toBe(true);

  // Nothing is to be seen on it: said before anything is made, and by the press, too.
  writeFileSync(named('black.png'), await plain('#000000', 600, 400));
  await camera.setInputFiles(named('black.png'));
  const advice = page.locator('.photo-advice');
  await advice.getByText('사진이 거의 검습니다. 더 밝은 곳에서 다시 찍어 주세요.').waitFor();
  await button(page, '광고 세 장 만들기').click();
  await page.getByRole('alert').getByText('사진이 거의 검습니다.').waitFor();

  // What can be used all the same has a remedy beside it.
  writeFileSync(named('grey.png'), await plain('#8a7a6a', 320, 240));
  await page.getByLabel('다른 사진').setInputFiles(named('grey.png'));
  await expect.poll(() => advice.innerText()).toMatch(/\S/);

  // A file of another kind is not even sent, whatever it is called.
  writeFileSync(named('menu.jpg'), '%PDF-1.7');
  await page.getByLabel('다른 사진').setInputFiles(named('menu.jpg'));
  await page.getByRole('status').getByText('읽을 수 있는 사진이 아닙니다.').waitFor();
  const refused = /status of 415 \(Unsupported Media Type\) \/api\/admin\/(photos\/advice|jobs)$/;
  expect(complaints.filter((line) => !refused.test(line))).toEqual([]);
  await close();
});

it('a photo without an ending is taken for what it is, and its dish is framed', async () => {
  const { page, complaints, close } = await dashboard.open('/new', PHONE);
  copyFileSync(dashboard.dish, named('4F2A9C1E'));
  await page.locator('input[type=file]').first().setInputFiles(named('4F2A9C1E'));
  await page.locator('.preview .found').waitFor();
  await page.getByText('음식이 여기쯤 있는 것 같아요.').waitFor();
  // Whoever knows better says so.
  await page.locator('.preview').click();
  await page.locator('.preview .pin').waitFor();
  expect(await page.locator('.preview .found').count()).toBe(0);
  expect(complaints).toEqual([]);
  await close();
});

it('a photo that this browser cannot show is taken all the same, and looked at', async () => {
  const { page, complaints, close } = await dashboard.open('/new', PHONE);
  const heic = path.join(import.meta.dirname, '../support/pictures/turned-p3.heic');
  await page.locator('input[type=file]').first().setInputFiles(heic);
  await page.locator('.unseen', { hasText: 'turned-p3.heic' }).getByText('광고에는 그대로 쓰입니다.').waitFor();
  // What it lacks, the server sees.
  await page.locator('.photo-advice').getByText(/작/).waitFor();
  expect(complaints.filter((line) => !/415 \(Unsupported Media Type\)/.test(line))).toEqual([]);
  await close();
});

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PHONE, portray } from '../support/browser.js';
import { button, type Dashboard, openDashboard, ROAD } from '../support/dashboard.js';
import { plain } from '../unit/imaging/pictures.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

it('photo in, three ads out, looked at closely, copied, chosen and downloaded', async () => {
  const { page, complaints, close } = await dashboard.open('/?tab=all');
  await page.getByRole('link', { name: 'New ad' }).first().click();
  await page.locator('input[type=file]').first().setInputFiles(dashboard.dish);
  await page.locator('.preview').click();
  await page.getByText('The dish is here.').waitFor();
  await page.getByLabel('What is it?').fill('오늘의 토마토 파스타');
  await page.getByText('Lifestyle Integration').click();
  await portray(page, 'create');
  await button(page, 'Make three ads').click();

  // To the end, on this page, without anybody touching it.
  await page.waitForURL(/\/jobs\//);
  const jobId = page.url().slice(-36);
  await expect.poll(() => page.locator('.ad.ready').count(), ROAD).toBe(3);
  await page.locator('.post-copy').waitFor(ROAD);
  await page.locator('[data-job-state="instagram_feed_gen/done"]').waitFor(ROAD);
  const hint = await dashboard.one<{ x: number }>('select subject_hint from pipeline.jobs where job_id = $1', jobId);
  expect(hint.x).toBeGreaterThan(0);

  await lookClosely(page);

  // The text to post.
  await button(page, 'Copy the whole post').click();
  await page.getByText('Copied').waitFor();
  const [text, tags] = (
    await dashboard.foreign.query('select instagram_ad_copy, hashtags from instagram_feeds where job_id = $1', [jobId])
  ).rows.map(Object.values)[0] as [string, string];
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${text}\n\n${tags}`);

  // The favourite; nothing is done again for it.
  const claims = 'select count(*)::int from pipeline.claims where job_id = $1';
  const before = await dashboard.one(claims, jobId);
  await button(page, 'Make it the favourite').nth(1).click();
  await page.locator('.favourite.chosen').waitFor();
  expect(
    await dashboard.one('select array_agg(creation_order) from jobs_variants where job_id = $1 and selected', jobId),
  ).toEqual([2]);
  expect(await dashboard.one(claims, jobId)).toBe(before);

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

/** An ad alone, against the photo, with its layers. */
async function lookClosely(page: Page): Promise<void> {
  await page.locator('.ad-picture').first().click();
  const viewer = page.getByRole('dialog');
  await viewer.getByText('How good is it?').waitFor();
  expect(await viewer.locator('.score .figure').count()).toBe(4);
  await button(viewer, 'Before / after').click();
  const seam = viewer.getByRole('slider');
  await seam.focus();
  await page.keyboard.press('ArrowRight');
  expect(await seam.inputValue()).toBe('51');
  await button(viewer, 'Layers').click();
  await button(viewer, /Detections/).click();
  await expect.poll(() => viewer.locator('.box.textBox').count()).toBe(1);
  expect(await viewer.locator('.box.detections').count()).toBeGreaterThan(0);
  expect(await viewer.locator('.tint.mask').count()).toBe(1);
  await portray(page, 'layers');
  await button(viewer, /Places for text/).click();
  // Of many places that lie over each other, those that can be told apart.
  const drawn = await viewer.locator('.box.proposals').count();
  expect([drawn > 0, drawn <= 5]).toEqual([true, true]);
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
}

it('a photo dropped on the page becomes a story, shown in its own shape', async () => {
  // Meanwhile: another format, by the API.
  const portrait = dashboard.create({ pictureFormat: 'portrait', variantsCount: '1' });
  const { page, complaints, close } = await dashboard.open('/new');
  await dropOn(page, readFileSync(dashboard.dish));
  await page.locator('.preview img').waitFor();
  await page.getByText('More choices').click();
  await page.locator('.format', { hasText: 'Story' }).click();
  await button(page, 'Make three ads').click();
  await page.waitForURL(/\/jobs\//);
  await expectShape(page, 9 / 16);
  // Nobody waits for the rest of it.
  await button(page, 'Cancel all').click();
  await button(page.getByRole('dialog'), 'Cancel the job').click();
  await page.getByRole('status').getByText(/^Done/).waitFor();

  await page.goto(`/jobs/${await portrait}`);
  await expectShape(page, 4 / 5);
  expect(complaints).toEqual([]);
  await close();
});

/** As a hand does it, from a folder. */
async function dropOn(page: Page, photo: Buffer): Promise<void> {
  const dropped = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'dish.jpg', { type: 'image/jpeg' }));
    return transfer;
  }, photo.toString('base64'));
  const place = page.locator('.drop');
  await place.dispatchEvent('dragover', { dataTransfer: dropped });
  await page.locator('.drop.over').waitFor();
  await place.dispatchEvent('drop', { dataTransfer: dropped });
}

/** The first ad that is ready has this width by height, and so has its place on the page. */
async function expectShape(page: Page, shape: number): Promise<void> {
  const picture = page.locator('.ad.ready .ad-picture img').first();
  await picture.waitFor(ROAD);
  const [shown, made] = await picture.evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return [image.clientWidth / image.clientHeight, image.naturalWidth / image.naturalHeight];
  });
  expect(shown).toBeCloseTo(shape, 1);
  expect(made).toBeCloseTo(shape, 1);
}

it('a telephone offers its camera, and a photo on which nothing is to be seen is refused at once', async () => {
  const { page, complaints, close } = await dashboard.open('/new', PHONE);
  const camera = page.getByLabel('사진 찍기');
  expect(await camera.getAttribute('capture')).toBe('environment');
  expect(await camera.getAttribute('accept')).toBe('image/jpeg,image/png,image/webp');
  expect(await page.locator('.chooser.camera label').isVisible()).toBe(true);

  const black = path.join(path.dirname(dashboard.dataDir), 'black.png');
  writeFileSync(black, await plain('#000000', 600, 400));
  await camera.setInputFiles(black);
  await button(page, '광고 세 장 만들기').click();
  await page.getByRole('alert').getByText('사진이 거의 검습니다. 더 밝은 곳에서 다시 찍어 주세요.').waitFor();
  // The refusal, as a browser says it.
  expect(complaints).toEqual([
    'Failed to load resource: the server responded with a status of 415 (Unsupported Media Type) /api/admin/jobs',
  ]);
  await close();
});

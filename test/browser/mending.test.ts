import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { DESKTOP, portray } from '../support/browser.js';
import { button, type Dashboard, openDashboard, ROAD, variantCard } from '../support/dashboard.js';
import { drawnDish } from '../support/pictures.js';
import { insertJob, VARIANT_STATE } from '../support/rows.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

it('a failure says why and what to do, and is retried from its stage', async () => {
  const imageUrl = await dashboard.publish(await drawnDish());
  const file = createAssetStore({ root: dashboard.ready.assetsDir, partName: 'js' }).pathOf(imageUrl);
  rmSync(file);
  const { jobId, variantIds } = await insertJob(dashboard.foreign, { imageUrl });
  const [variantId] = variantIds as [string];

  // It comes to the first tab by itself.
  const { page, complaints, close } = await dashboard.open('/');
  await page.locator(`[data-job="${jobId}"]`).waitFor(ROAD);
  await page.locator(`[data-job="${jobId}"]`).click();
  const ad = variantCard(page, variantId);
  await ad.getByText('The photo’s file is missing.').waitFor(ROAD);
  await ad.getByText(/Put the file back or upload the photo again/).waitFor();
  expect(await ad.getByText('Not there yet').count()).toBe(0);
  expect(await ad.getByRole('link', { name: 'Temporal' }).getAttribute('href')).toContain(variantId);
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
  // The file was away, and a browser says so.
  const isMissing = new RegExp(`status of 404 \\(Not Found\\) /thumbnails/\\d+${imageUrl}$`);
  expect(complaints.filter((line) => !isMissing.test(line))).toEqual([]);
  await close();
});

it('an order that cannot be carried out says why, in the reader’s language', async () => {
  const jobId = await dashboard.finishedJob();
  const { page, complaints, close } = await dashboard.open(`/jobs/${jobId}`, { ...DESKTOP, language: 'ko' });
  await button(page.locator('.ad').first(), '바꿔서 다시').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('새 분위기').selectOption({ index: 1 });
  await dialog.getByLabel('시작 단계').selectOption('overlay');
  await button(dialog, '다시 하기').click();
  await page.getByRole('status').getByText('처리하지 않았습니다: 분위기를 바꾸면 사진을 새로 만듭니다.').waitFor();
  // Refused, as a browser says it.
  expect(complaints).toEqual([
    expect.stringMatching(/status of 409 \(Conflict\) \/api\/admin\/variants\/[0-9a-f-]+\/retry$/),
  ]);
  await close();
});

it('intake is paused, what waits is cancelled or goes on when it is resumed', async () => {
  const { page, complaints, close } = await dashboard.open('/system');
  await button(page, 'Pause intake').click();
  await button(page.getByRole('dialog'), 'Pause intake').click();
  await page.locator('.banner', { hasText: 'Intake is paused.' }).waitFor();

  const imageUrl = await dashboard.publish(await drawnDish(140));
  const { jobId, variantIds } = await insertJob(dashboard.foreign, { variants: 2, imageUrl });
  const [first, second] = variantIds as [string, string];
  await page.goto(`/jobs/${jobId}`);
  await button(variantCard(page, first), 'Cancel').click();
  await button(page.getByRole('dialog'), 'Cancel this ad').click();
  await variantCard(page, first).getByText('It was cancelled.').waitFor();
  expect(await dashboard.one(VARIANT_STATE, first)).toBe('img_gen/failed');
  expect(await dashboard.one(VARIANT_STATE, second)).toBe('user_img_input/done');

  await page.getByRole('link', { name: 'System' }).first().click();
  await button(page, 'Go on').click();
  await page.getByText('New jobs start at once.').first().waitFor();
  await page.goto(`/jobs/${jobId}`);
  await expect.poll(() => variantCard(page, second).getAttribute('data-state'), ROAD).toBe('iou_eval/done');
  expect(await variantCard(page, first).getAttribute('data-state')).toBe('img_gen/failed');
  expect(complaints).toEqual([]);
  await close();
});

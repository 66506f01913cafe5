import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { DESKTOP, portray } from '../support/browser.js';
import { button, type Dashboard, openDashboard, ROAD, SENTENCE, variantCard } from '../support/dashboard.js';
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
  await ad.getByText(/Upload it again below/).waitFor();
  expect(await ad.getByText('Not there yet').count()).toBe(0);
  await page.getByText('For operators').click();
  expect(await page.locator('.ids a', { hasText: variantId }).getAttribute('href')).toContain(variantId);
  await portray(page, 'failed');

  writeFileSync(file, await drawnDish());
  await button(ad, 'Change and redo').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Headline', { exact: true }).fill('다시 돌아온\n국밥');
  await button(dialog, 'Make the change').click();
  // The observed result, as the server says it.
  await page
    .getByRole('status')
    .getByText(/^Done\. Now: /)
    .waitFor();
  await expect.poll(() => ad.getAttribute('data-state'), ROAD).toBe('iou_eval/done');
  await ad.getByText(/다시 돌아온\s국밥/).waitFor(ROAD);
  await page.getByRole('heading', { name: 'Timeline' }).click();
  await page
    .getByText(/Making the picture failed/)
    .first()
    .waitFor();
  // The file was away, and a browser says so.
  const isMissing = new RegExp(`status of 404 \\(Not Found\\) /thumbnails/\\d+${imageUrl}$`);
  expect(complaints.filter((line) => !isMissing.test(line))).toEqual([]);
  await close();
});

it('what the judge found is said in an owner’s words, with the button that mends it', async () => {
  const jobId = await dashboard.finishedJob();
  const [first, second] = await dashboard.one<string[]>(
    'select array_agg(job_variants_id::text order by creation_order) from jobs_variants where job_id = $1',
    jobId,
  );
  // As the judge writes them.
  const find = (variantId: string | undefined, findings: object[]) =>
    dashboard.foreign.query(
      `update vlm_traces set response = response || jsonb_build_object('findings', $2::jsonb)
        where job_variants_id = $1 and operation_type = 'judge'`,
      [variantId, JSON.stringify(findings)],
    );
  await find(first, [{ code: 'text-over-food', measured: 0.2, limit: 0.02, slot: 'headline', mend: 'another design' }]);
  await find(second, []);
  // A post that forgets the price is found whenever the job is shown.
  await fetch(new URL(`/api/admin/jobs/${jobId}/post`, dashboard.ready.serverUrl), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: '오늘도 문을 엽니다.', hashtags: '#파스타' }),
  });
  const { page, complaints, close } = await dashboard.open(`/jobs/${jobId}`, { ...DESKTOP, language: 'ko' });
  const found = variantCard(page, first as string).locator('.finding');
  await button(found.filter({ hasText: '글자가 음식을 가리고 있어요.' }), '디자인 바꾸기').click();
  const editor = page.getByRole('dialog');
  await editor.getByRole('heading', { name: '광고 1 고치기' }).waitFor();
  await button(editor, '그대로 두기').click();
  const priceless = found.filter({ hasText: '게시글에 가격이 빠져 있어요.' });
  await button(priceless, '게시글 고치기').click();
  await page.getByLabel('게시글 내용').fill(`오늘도 문을 엽니다. ${SENTENCE}`);
  await button(page.locator('.post-panel'), '저장').click();
  await priceless.waitFor({ state: 'detached' });
  expect(
    await variantCard(page, second as string)
      .locator('.finding', { hasText: '글자가 음식을 가리고 있어요.' })
      .count(),
  ).toBe(0);
  await find(first, []);
  expect(complaints).toEqual([]);
  await close();
});

it('an order that cannot be carried out says why, in the reader’s language', async () => {
  const jobId = await dashboard.finishedJob();
  const { page, complaints, close } = await dashboard.open(`/jobs/${jobId}`, { ...DESKTOP, language: 'ko' });
  const post = page.locator('.post-panel');
  await button(post, '고치기').click();
  await post.getByLabel('해시태그').fill('#하나 #둘 #셋 #넷 #다섯 #여섯');
  await post.getByText('6개예요. 인스타그램에는 5개까지 올릴 수 있어요.').waitFor();
  await button(post, '저장').click();
  await page.getByRole('status').getByText('해시태그는 다섯 개까지 올릴 수 있습니다. 몇 개를 지워 주세요.').waitFor();
  // What was written is still there.
  expect(await post.getByLabel('해시태그').inputValue()).toContain('#여섯');
  // Refused, as a browser says it.
  expect(complaints).toEqual([
    expect.stringMatching(/status of 400 \(Bad Request\) \/api\/admin\/jobs\/[0-9a-f-]+\/post$/),
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

import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESKTOP, PHONE, portray } from '../support/browser.js';
import { button, type Dashboard, openDashboard, ROAD, SENTENCE } from '../support/dashboard.js';
import { ad, changePicture, expectFinished, role, stagesOfNewest } from '../support/owner.js';

let dashboard: Dashboard;
beforeAll(async () => {
  dashboard = await openDashboard();
});
afterAll(() => dashboard?.close());

it('on a phone, in Korean: understood before anything is made, made, changed on the picture, and its post', async () => {
  const { page, complaints, close } = await dashboard.open('/new', PHONE);
  await page.locator('input[type=file]').first().setInputFiles(dashboard.dish);
  await page.locator('.preview img').waitFor();
  await page.getByLabel('어떤 말을 전하고 싶으세요?').fill(SENTENCE);

  // The roles before anything is made, each to be changed.
  await page.getByRole('heading', { name: '이렇게 이해했어요' }).waitFor();
  expect(await role(page, 'price').inputValue()).toBe('12,900원');
  expect(await role(page, 'dish').inputValue()).toContain('파스타');
  await button(page, '위치').click();
  await role(page, 'place').fill('망원동');
  await page.locator('.whereabouts', { hasText: '게시글' }).first().waitFor();
  // Three ideas, and one of them in other words.
  const headlines = page.locator('.idea-headline');
  await expect.poll(() => headlines.count()).toBe(3);
  await headlines.nth(1).fill('점심엔\n토마토 파스타');
  // The post, too.
  const text = page.getByLabel('게시글 내용');
  await expect.poll(() => text.inputValue()).toContain('망원동');
  expect(await text.inputValue()).toContain('12,900원');
  await text.fill(`${await text.inputValue()}\n오늘도 기다릴게요.`);
  await portray(page, 'create-ko-light-phone');
  await button(page, '광고 세 장 만들기').click();

  // The post is there at once, and the pictures come by themselves.
  await page.locator('.post-copy', { hasText: '오늘도 기다릴게요.' }).waitFor();
  const jobId = await expectFinished(page, 3);
  await ad(page, 2).getByText('토마토 파스타').waitFor();
  expect(await page.locator('.said [data-role=place]').innerText()).toContain('망원동');

  await changeOnPicture(page);
  await editPost(page, jobId);
  expect(complaints).toEqual([]);
  await close();
});

/** Another headline, in two lines, written where it stands; the picture below it is not made again. */
async function changeOnPicture(page: Page): Promise<void> {
  const card = ad(page, 1);
  await changePicture(page, card, { change: '바꿔서 다시', run: '이대로 바꾸기' }, async (editor) => {
    await editor.locator('.spot[data-slot=headline]').click();
    const here = editor.locator('.spot-text');
    // The present text is its value.
    expect(await here.inputValue()).toContain('파스타');
    await here.fill('집에서도\n토마토 파스타');
    await editor.getByText('글만 다시 넣습니다.').waitFor();
    await editor.getByLabel('큰 글씨 크기').press('ArrowRight');
  });
  await card.getByText('집에서도').waitFor();
  const variantId = (await card.getAttribute('data-variant')) ?? '';
  expect(await stagesOfNewest(dashboard, variantId)).not.toContain('img_gen');
}

async function editPost(page: Page, jobId: string): Promise<void> {
  const post = page.locator('.post-panel');
  await button(post, '고치기').click();
  await post.getByLabel('게시글 내용').fill('새로 쓴 게시글입니다.');
  await post.getByLabel('해시태그').fill('#파스타 #망원동');
  await button(post, '저장').click();
  await page.locator('.post-copy', { hasText: '새로 쓴 게시글입니다.' }).waitFor();
  await button(post, '게시글 전체 복사').click();
  await page.getByText('복사했습니다').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('새로 쓴 게시글입니다.\n\n#파스타 #망원동');
  expect(
    await dashboard.one('select instagram_ad_copy from instagram_feeds where job_id = $1 order by pk desc', jobId),
  ).toBe('새로 쓴 게시글입니다.');
}

it('on a desktop, in English: a photo and one press are enough; looked at closely, chosen and downloaded', async () => {
  const { page, complaints, close } = await dashboard.open('/?tab=all');
  await page.getByRole('link', { name: 'New ad' }).first().click();
  await page.locator('input[type=file]').first().setInputFiles(dashboard.dish);
  await page.locator('.preview').click();
  await page.getByText('The dish is here.').waitFor();
  await page.getByText('Lifestyle Integration').click();
  await portray(page, 'create');
  await button(page, 'Make three ads').click();

  const jobId = await expectFinished(page, 3);
  await page.locator('.post-copy').waitFor();
  const hint = await dashboard.one<{ x: number }>('select subject_hint from pipeline.jobs where job_id = $1', jobId);
  expect(hint.x).toBeGreaterThan(0);

  await lookClosely(page);

  // The favourite; nothing is done again for it.
  const claims = 'select count(*)::int from pipeline.claims where job_id = $1';
  const before = await dashboard.one(claims, jobId);
  await button(page, 'Make it the favourite').nth(1).click();
  await page.locator('.favourite.chosen').waitFor();
  expect(
    await dashboard.one('select array_agg(creation_order) from jobs_variants where job_id = $1 and selected', jobId),
  ).toEqual([2]);
  expect(await dashboard.one(claims, jobId)).toBe(before);

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('Download all').click()]);
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
  expect(Object.keys(files).filter((name) => name.endsWith('.png'))).toEqual([
    'advertisement-1.png',
    'advertisement-2-favourite.png',
    'advertisement-3.png',
  ]);
  expect(Object.keys(files)).toContain('post.txt');
  await portray(page, 'job');
  expect(complaints).toEqual([]);
  await close();
});

/** An ad alone, against the photo, with what was seen on it. */
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
  await button(viewer, 'Places').click();
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

it('a photo dropped on the page becomes a story, and a portrait is made tall, each shown in its own shape', async () => {
  // Meanwhile: another format, by the API.
  const portrait = dashboard.create({ pictureFormat: 'portrait', variantsCount: '1' });
  const { page, complaints, close } = await dashboard.open('/new');
  await dropOn(page, readFileSync(dashboard.dish));
  await page.locator('.preview img').waitFor();
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
  await expect.poll(() => ad(page, 1).getAttribute('data-state'), ROAD).toBe('iou_eval/done');
  await changePicture(page, ad(page, 1), { change: 'Change and redo', run: 'Make the change' }, async (editor) => {
    await editor.getByText('Another format or tone').click();
    await editor.locator('.format', { hasText: 'Tall' }).click();
    await editor.getByText('The picture is made anew.').waitFor();
  });
  await expectShape(page, 3 / 4);
  expect(complaints).toEqual([]);
  await close();
});

/** As a hand does it, from a folder; with a name that says nothing of what it is. */
async function dropOn(page: Page, photo: Buffer): Promise<void> {
  const dropped = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], '4F2A9C1E'));
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
  const shapes = () =>
    picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return [image.clientWidth / image.clientHeight, image.naturalWidth / image.naturalHeight].map(
        (one) => Math.round(one * 20) / 20,
      );
    });
  const near = Math.round(shape * 20) / 20;
  await expect.poll(shapes, ROAD).toEqual([near, near]);
}

it('the form survives going on, back and a reload, and a new one begins empty when it was sent', async () => {
  const { page, close } = await dashboard.open('/new', { ...DESKTOP, language: 'ko' });
  await page.locator('input[type=file]').first().setInputFiles(dashboard.dish);
  await page.locator('.preview img').waitFor();
  const sentence = page.getByLabel('어떤 말을 전하고 싶으세요?');
  await sentence.fill(SENTENCE);
  await role(page, 'price').fill('13,900원');
  await page.locator('.format', { hasText: '스토리' }).click();

  const isThere = async (): Promise<void> => {
    await page.locator('.preview img').waitFor();
    expect(await sentence.inputValue()).toBe(SENTENCE);
    await expect.poll(() => role(page, 'price').inputValue()).toBe('13,900원');
    expect(await page.locator('.format', { hasText: '스토리' }).locator('input').isChecked()).toBe(true);
  };
  await page.getByRole('link', { name: '내 광고' }).click();
  await page.goBack();
  await isThere();
  await page.reload();
  await isThere();

  await button(page, '새로 시작').click();
  expect(await sentence.inputValue()).toBe('');
  expect(await page.locator('.preview').count()).toBe(0);
  await close();
});

import { expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { button, type Dashboard, ROAD } from './dashboard.js';

/** The owner's words as they were understood: the field of one role. */
export const role = (page: Page, name: string): Locator => page.locator(`.role [data-role="${name}"]`);

/** The card of the n-th advertisement, 1 the first. */
export const ad = (page: Page, n: number): Locator => page.locator('.ad').nth(n - 1);

/** Waits for the page of a job, and for all of its advertisements and its post. */
export async function expectFinished(page: Page, ads: number): Promise<string> {
  await page.waitForURL(/\/jobs\//);
  await expect.poll(() => page.locator('.ad.ready').count(), ROAD).toBe(ads);
  await page.locator('[data-job-state="instagram_feed_gen/done"]').waitFor(ROAD);
  return page.url().slice(-36);
}

/** Does what `change` does in the editor of a picture, and waits until the picture is there anew. */
export async function changePicture(
  page: Page,
  card: Locator,
  says: { change: string; run: string },
  change: (editor: Locator) => Promise<void>,
): Promise<void> {
  const before = await card.locator('.ad-picture img').getAttribute('src');
  await button(card, says.change).click();
  const editor = page.getByRole('dialog');
  await change(editor);
  await button(editor, says.run).click();
  const outcome = async (): Promise<string> =>
    (await page.locator('.notice.bad').allInnerTexts()).join() || ((await editor.count()) === 0 ? 'closed' : 'open');
  await expect.poll(outcome, ROAD).not.toBe('open');
  expect(await outcome()).toBe('closed');
  // The present picture stays until there is another.
  expect(await card.locator('.ad-picture img').getAttribute('src')).not.toBeNull();
  await expect.poll(() => card.locator('.ad-picture img').getAttribute('src'), ROAD).not.toBe(before);
  await expect.poll(() => card.getAttribute('data-state'), ROAD).toBe('iou_eval/done');
}

/** The stages that were begun for a variant in its newest generation, in their order. */
export const stagesOfNewest = (dashboard: Dashboard, variantId: string): Promise<string[]> =>
  dashboard.one(
    `select array_agg(stage order by opened_at) from pipeline.claims
      where unit_id = $1 and generation = (select generation from pipeline.runs where job_variants_id = $1)`,
    variantId,
  );

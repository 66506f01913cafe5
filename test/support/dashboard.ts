import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import type { Browser, Locator, Page } from 'playwright-core';
import { inject, vi } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { DESKTOP, type Look, startBrowser, type Visit, visit } from './browser.js';
import { drawnDish, realPhotos } from './pictures.js';

/** As shops write: a dish, a price, an offer, and what else there is to know. */
export const SENTENCE = '토마토 미트 파스타 12,900원, 평일 점심에는 음료 무료! 포장 가능';

/** A road of three ads on a busy machine. */
export const ROAD = { timeout: 90_000 };

/** The running stack, and a browser before it. */
export interface Dashboard {
  ready: ReadyLine;
  dataDir: string;
  foreign: Pool;
  browser: Browser;
  /** A file with a photo of a dish. */
  dish: string;
  open(where: string, look?: Look): Promise<Visit>;
  /** A photo where JS would have put it; its URL. */
  publish(bytes: Buffer): Promise<string>;
  /** The one value that a query is for. */
  one<T>(query: string, ...values: unknown[]): Promise<T>;
  /** A job of the photo, asked for by the API; its id. */
  create(wishes: Record<string, string>): Promise<string>;
  /** A job that has come to its end; the same for everybody who asks. */
  finishedJob(): Promise<string>;
  close(): Promise<void>;
}

export async function openDashboard(): Promise<Dashboard> {
  const [ready, dataDir] = [inject('dashboardReady'), inject('dashboardDataDir')];
  const foreign = createPool({ url: ready.databaseUrl, name: 'foreign', size: 2, log: pino({ level: 'silent' }) });
  const browser = await startBrowser();
  let dish = realPhotos().find((photo) => photo.includes('pasta'));
  if (dish === undefined) {
    dish = path.join(path.dirname(dataDir), 'dish.jpg');
    await writeFile(dish, await drawnDish());
  }
  const one = async <T>(query: string, ...values: unknown[]): Promise<T> =>
    (await foreign.query({ text: query, values, rowMode: 'array' })).rows[0]?.[0] as T;
  const create = async (wishes: Record<string, string>): Promise<string> => {
    const form = new FormData();
    const fields = { tenantId: 'dashboard', descKor: SENTENCE, storeName: '망원 파스타', ...wishes };
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('photos', await openAsBlob(dish, { type: 'image/jpeg' }), 'dish.jpg');
    const answer = await fetch(new URL('/api/admin/jobs', ready.serverUrl), { method: 'POST', body: form });
    return ((await answer.json()) as { jobId: string }).jobId;
  };
  const assets = createAssetStore({ root: ready.assetsDir, partName: 'js' });
  return {
    ready,
    dataDir,
    foreign,
    browser,
    dish,
    one,
    create,
    async open(where, look = DESKTOP) {
      const there = await visit(browser, ready.serverUrl, look);
      await there.page.goto(where);
      return there;
    },
    async publish(bytes) {
      const file = { tenantId: 'test', kind: 'original', id: crypto.randomUUID(), extension: 'jpg', date: new Date() };
      return (await assets.publish({ ...file, bytes })).url;
    },
    async finishedJob() {
      const known = await one<string>(FINISHED);
      if (known) return known;
      await create({});
      return vi.waitFor(async () => {
        const jobId = await one<string | undefined>(FINISHED);
        if (!jobId) throw new Error('no job has come to its end yet');
        return jobId;
      }, ROAD);
    },
    async close() {
      await browser.close();
      await foreign.end();
    },
  };
}

const FINISHED = `
select j.job_id from jobs j join pipeline.jobs p using (job_id)
 where j.tenant_id = 'dashboard' and j.current_step = 'instagram_feed_gen' and j.status = 'done'
   and coalesce(p.picture_format, 'square') = 'square'
   and (select count(*) from jobs_variants v where v.job_id = j.job_id and v.status = 'done') = 3 limit 1`;

export const live = (page: Page): Promise<void> =>
  page.locator('[data-connection=live]').waitFor({ state: 'attached', timeout: 30_000 });

export const variantCard = (page: Page, variantId: string): Locator => page.locator(`[data-variant="${variantId}"]`);

export const button = (where: Page | Locator, name: string | RegExp): Locator => where.getByRole('button', { name });

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { selectVariant } from '../../../src/admin/select-variant.js';
import { insertJob } from '../../support/rows.js';
import { type AdminBench, openAdminBench, order } from './admin-bench.js';

let bench: AdminBench;
let first: string;
let second: string;
let third: string;
let elsewhere: string;
beforeAll(async () => {
  bench = await openAdminBench();
});
afterAll(() => bench?.close());
beforeEach(async () => {
  const [job, other] = [await finishedJob(3), await finishedJob(1)];
  [first, second, third] = job as [string, string, string];
  [elsewhere] = other as [string];
  await select(elsewhere, true);
});

/** Its variants have their finished advertisement. */
const finishedJob = async (variants: number): Promise<string[]> => {
  const { jobId, variantIds } = await insertJob(bench.own, { variants, step: 'iou_eval', status: 'done' });
  await bench.own.query('update jobs_variants set overlaid_img_asset_id = img_asset_id where job_id = $1', [jobId]);
  return variantIds;
};
const select = async (variantId: string, selected: boolean): Promise<void> => {
  const answer = await selectVariant(bench.admin, { variantId, selected }, order());
  expect(answer.outcome).toBe('done');
};
const favourites = async (): Promise<string[]> =>
  (
    await bench.own.query(
      'select job_variants_id as id from jobs_variants where selected and job_variants_id = any($1)',
      [[first, second, third, elsewhere]],
    )
  ).rows.map(({ id }) => id);
const version = (variantId: string): Promise<number> =>
  bench.count('select xmin::text from jobs_variants where job_variants_id = $1', variantId);

it('a job has one favourite; those of other jobs stay', async () => {
  await select(first, true);
  await select(second, true);
  expect((await favourites()).sort()).toEqual([second, elsewhere].sort());
});

it('who is no favourite any more makes no other one lose or win', async () => {
  await select(first, true);
  await select(second, false);
  expect((await favourites()).sort()).toEqual([first, elsewhere].sort());
  await select(first, false);
  expect(await favourites()).toEqual([elsewhere]);
});

it('a variant that stays as it was is not written', async () => {
  const before = await version(third);
  await select(first, true);
  expect(await version(third)).toBe(before);
  const chosen = await version(first);
  await select(first, true);
  expect(await version(first)).toBe(chosen);
});

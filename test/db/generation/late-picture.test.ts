import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Claim } from '../../../activities/claims.js';
import { Busy } from '../../../activities/failures.js';
import { setVariant, stateOf } from '../../support/rows.js';
import { type GenerationBench, openGenerationBench } from './generation-bench.js';
import { PLAIN, plainProvider } from './plain-provider.js';

/* What may have happened to a variant while its picture was being made. */

let bench: GenerationBench;
beforeAll(async () => {
  bench = await openGenerationBench();
});
afterAll(() => bench?.close());

it.each<[string, (claim: Claim) => Promise<unknown>, string]>([
  ['another attempt took over', (claim) => bench.claim(claim.jobId, claim.unitId), 'img_gen/running'],
  ['it was failed', (claim) => bench.fail(claim, 'cancelled'), 'img_gen/failed'],
  ['YE brought one of its own', (claim) => setVariant(bench.foreign, claim.unitId, 'img_gen', 'done'), 'img_gen/done'],
  ['the row began anew', ({ unitId }) => beginAnew(unitId), 'user_img_input/queued'],
  ['its claim was closed', ({ unitId }) => closeClaim(unitId), 'img_gen/running'],
])('a picture is not recorded when %s meanwhile', async (_, change, expected) => {
  const { jobId, variantIds } = await bench.addJob([PLAIN], { variantsCount: 1 });
  const claim = await bench.claim(jobId, variantIds[0] as string);
  const provider = {
    ...plainProvider,
    async generate(...call: Parameters<typeof plainProvider.generate>) {
      await change(claim);
      return plainProvider.generate(...call);
    },
  };
  await expect(bench.worker(provider).make(claim)).rejects.toThrow(Busy);
  expect(await stateOf(bench.pool, 'jobs_variants', claim.unitId)).toBe(expected);
  const { rows } = await bench.pool.query('select from gen_variants join gen_runs using (run_id) where job_id = $1', [
    jobId,
  ]);
  expect(rows).toHaveLength(0);
});

/** By SQL: ended, then sent back to where nothing is called for. */
const beginAnew = async (unitId: string): Promise<void> => {
  await setVariant(bench.foreign, unitId, 'user_img_input', 'failed');
  await setVariant(bench.foreign, unitId, 'user_img_input', 'queued');
};
const closeClaim = (unitId: string): Promise<unknown> =>
  bench.pool.query(`update pipeline.claims set state = 'failed' where unit_id = $1`, [unitId]);

import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImageProvider } from '../../../src/generation/provider.js';
import { UnreadableImageError } from '../../../src/imaging/picture.js';
import { type Act, inTurn, openHolder, type Own } from '../../support/held-rows.js';
import { stateOf } from '../../support/rows.js';
import { type GenerationBench, openGenerationBench } from './generation-bench.js';
import { PLAIN, plainProvider } from './plain-provider.js';

/* Making the pictures of one job neither changes nor waits for the rows of another. What is seen on them is no matter. */

let bench: GenerationBench;
let holder: PoolClient;
beforeAll(async () => {
  bench = await openGenerationBench();
  holder = await openHolder(bench.foreign);
});
afterAll(async () => {
  holder?.release();
  await bench?.close();
});

interface OwnJob extends Own {
  variantIds: string[];
}
const newJob = async (): Promise<OwnJob> => bench.addJob([PLAIN], { variantsCount: 2 });
const make =
  (index: number, provider = plainProvider): Act<OwnJob> =>
  async ({ jobId, variantIds }) => {
    const variantId = variantIds[index] as string;
    await bench.worker(provider).make(await bench.claim(jobId, variantId));
    expect(await stateOf(bench.pool, 'jobs_variants', variantId)).toBe('img_gen/done');
  };
const runOf = async ({ jobId }: Own): Promise<unknown[]> =>
  (await bench.pool.query('select status, latency_ms is not null as timed from gen_runs where job_id = $1', [jobId]))
    .rows;

/** What the pictures' variants have behind them: the same stage in an earlier generation, and another stage. */
const pastClaims = async ({ jobId, variantIds }: OwnJob): Promise<() => Promise<unknown[]>> => {
  await bench.pool.query(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state)
     select unit_id, stage, generation, $2, uuid_generate_v4(), 'failed'
       from unnest($1::uuid[]) as unit_id, (values ('img_gen', 0), ('vlm_judge', 1)) as past (stage, generation)`,
    [variantIds, jobId],
  );
  return async () =>
    (await bench.pool.query(`select from pipeline.claims where job_id = $1 and state = 'failed'`, [jobId])).rows;
};

it('a photo that is prepared once and gives two pictures', async () => {
  const [neighbour, own] = [await newJob(), await newJob()];
  const failed = await pastClaims(own);
  const waiting = await newJob();
  await bench.pool.query(`insert into gen_runs (job_id, status) values ($1, 'queued')`, [waiting.jobId]);
  await inTurn(holder, own, neighbour, [make(0), make(1)]);
  expect(await failed()).toHaveLength(2 * own.variantIds.length);
  expect(await runOf(own)).toEqual([{ status: 'succeeded', timed: true }]);
  expect(await stateOf(bench.pool, 'jobs', own.jobId)).toBe('img_gen/done');
});

it('a photo whose files are gone is prepared again', async () => {
  const [neighbour, own] = [await newJob(), await newJob()];
  const forget: Act<OwnJob> = async ({ jobId }) => {
    const { rows } = await bench.pool.query(
      `select prepared->'upright'->>'url' as url from pipeline.prepared_photos where job_id = $1`,
      [jobId],
    );
    await rm(path.join(bench.assets.root, path.relative('/assets', rows[0].url)));
  };
  await inTurn(holder, own, neighbour, [make(0), forget, make(1)]);
  expect(await runOf(own)).toEqual([{ status: 'succeeded', timed: true }]);
});

it('a photo that cannot be used', async () => {
  const blind: ImageProvider = {
    ...plainProvider,
    prepare: () => Promise.reject(new UnreadableImageError('nothing to be seen')),
  };
  const refuse: Act<OwnJob> = async ({ jobId, variantIds }) => {
    const claim = await bench.claim(jobId, variantIds[0] as string);
    await expect(bench.worker(blind).make(claim)).rejects.toThrow('nothing to be seen');
    await bench.fail(claim, 'nothing to be seen');
  };
  const [neighbour, own] = [await newJob(), await newJob()];
  await inTurn(holder, own, neighbour, [refuse]);
  expect(await runOf(own)).toMatchObject([{ status: 'failed' }]);
});

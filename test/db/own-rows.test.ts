import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Claim, StageOrder } from '../../activities/claims.js';
import { cancelJob } from '../../src/admin/cancel-job.js';
import { cancelVariant } from '../../src/admin/cancel-variant.js';
import { rerunJob } from '../../src/admin/rerun-job.js';
import { retryJob } from '../../src/admin/retry-job.js';
import { retryVariant } from '../../src/admin/retry-variant.js';
import { selectVariant } from '../../src/admin/select-variant.js';
import { createVariants } from '../../src/bridge/create-variants.js';
import { deliverJob } from '../../src/bridge/deliver-job.js';
import { type Delivery, deliverVariant } from '../../src/bridge/deliver-variant.js';
import { createJobClaims } from '../../src/db/job-claims.js';
import { createVariantClaims } from '../../src/db/variant-claims.js';
import type { JobStage, VariantStage } from '../../workflows/contract.js';
import { CLAIM_POLICY } from '../support/claim-policy.js';
import { type Act, inTurn, openHolder, type Own } from '../support/held-rows.js';
import { NO_RUNS } from '../support/no-runs.js';
import { insertJob, insertText, setVariant, stateOf } from '../support/rows.js';
import { type AdminBench, openAdminBench, order, recordingRuns } from './admin/admin-bench.js';

/* Work on one thing neither changes nor waits for the rows of another: everybody else's are held while it is done. */

let bench: AdminBench;
let holder: PoolClient;
beforeAll(async () => {
  bench = await openAdminBench();
  holder = await openHolder(bench.foreign);
});
afterAll(async () => {
  holder?.release();
  await bench?.close();
});

interface OwnVariant extends Own {
  variantId: string;
  claim?: Claim;
}

const begin =
  (stage: VariantStage): Act<OwnVariant> =>
  async (own) => {
    own.claim = await bench.begin(own, stage);
  };
const finish =
  (stage: Exclude<VariantStage, 'img_gen'>): Act<OwnVariant> =>
  ({ claim }) =>
    bench.finish(claim as Claim, stage);
const runs = recordingRuns();
const done = async (answer: Promise<{ outcome: string; says: string }>): Promise<void> =>
  expect(await answer).toMatchObject({ outcome: 'done' });
const newOrder = () => order({ idempotencyKey: randomUUID() });

/** A wait that is over. */
const waited = (unitId: string, jobId: string): Promise<unknown> =>
  bench.own.query(
    `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, settled_at, outcome)
     values ($1, 'ad_copy_kor', 0, $2, 'overlay', now(), 'went on')`,
    [unitId, jobId],
  );

/** A wait that lasts; another one at each call. */
let waits = 0;
const wait: Act<Own> = ({ variantId, jobId }) =>
  bench.own.query(
    `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage) values ($1, 'ad_copy_kor', $3, $2, 'overlay')`,
    [variantId ?? jobId, jobId, 100 + ++waits],
  );

/** One of two variants, which has waited and done a stage already. */
const newVariant = async (): Promise<OwnVariant> => {
  const { jobId, variantIds } = await insertJob(bench.foreign, { variants: 2, step: 'vlm_analyze', status: 'done' });
  const [variantId, sibling] = variantIds as [string, string];
  const own: OwnVariant = { jobId, variantId };
  for (const each of [own, { jobId, variantId: sibling }]) {
    await waited(each.variantId, jobId);
    await begin('yolo_detect')(each);
    await finish('yolo_detect')(each);
    await begin('planner')(each);
  }
  return own;
};

it('an attempt at a stage of a variant', async () => {
  await inTurn(holder, await newVariant(), await newVariant(), [
    ({ claim }) => bench.claims.release(claim as Claim, 'failed', 'stumbled'),
    begin('planner'),
    finish('planner'),
    begin('overlay'),
    ({ claim }) => bench.claims.fail(claim as Claim, 'no room'),
  ]);
});

it('an order about a variant', async () => {
  await inTurn(holder, await newVariant(), await newVariant(), [
    wait,
    ({ variantId }) => done(cancelVariant({ pool: bench.admin, runs }, { variantId }, newOrder())),
    wait,
    ({ variantId }) => done(retryVariant(bench.admin, { variantId, edit: { text: '새 문구' } }, newOrder())),
    begin('planner'),
    ({ jobId, variantId }) =>
      bench.claims.failUnclaimed({ unitId: variantId, jobId, generation: 2 }, 'planner', 'cancelled'),
  ]);
});

it('the choice of a favourite among the variants of a job', async () => {
  const finished = async (): Promise<Own & { favourite: string }> => {
    const { jobId, variantIds } = await insertJob(bench.own, { variants: 2, step: 'iou_eval', status: 'done' });
    await bench.own.query('update jobs_variants set overlaid_img_asset_id = img_asset_id where job_id = $1', [jobId]);
    return { jobId, favourite: variantIds[0] as string };
  };
  await inTurn(holder, await finished(), await finished(), [
    ({ favourite }) => done(selectVariant(bench.admin, { variantId: favourite, selected: true }, newOrder())),
  ]);
});

interface OwnJob extends Own {
  order: StageOrder;
  claim?: Claim;
}

const jobClaims = () => createJobClaims(bench.own, { maxLostAttempts: 10, siblingsPatienceMs: 60_000 });
const beginJob =
  (stage: JobStage): Act<OwnJob> =>
  async (own) => {
    own.claim = await bench.beginJob(own.order, stage);
  };
const finishJob =
  (stage: JobStage): Act<OwnJob> =>
  ({ claim: open }) =>
    bench.finishJob(open as Claim, stage);

const newJob = async (...ends: ('done' | 'failed')[]): Promise<OwnJob> => {
  const { jobId, variantIds } = await insertJob(bench.foreign, {
    variants: ends.length,
    step: 'iou_eval',
    status: 'queued',
  });
  for (const [index, end] of ends.entries()) await setVariant(bench.own, variantIds[index] as string, 'iou_eval', end);
  await waited(jobId, jobId);
  // An event that waits is work under way.
  await bench.own.query('delete from pipeline.outbox');
  return { jobId, order: { unitId: jobId, jobId, generation: 1 } };
};

it('an attempt at a stage of a job', async () => {
  await inTurn(holder, await newJob('done', 'failed'), await newJob('done', 'failed'), [
    beginJob('ad_copy_gen_kor'),
    ({ claim }) => jobClaims().release(claim as Claim, 'failed', 'stumbled'),
    beginJob('ad_copy_gen_kor'),
    finishJob('ad_copy_gen_kor'),
    beginJob('instagram_feed_gen'),
    ({ claim }) => jobClaims().fail(claim as Claim, 'no room'),
  ]);
});

it('an order about a job', async () => {
  await inTurn(holder, await newJob('done', 'failed'), await newJob('done', 'failed'), [
    beginJob('ad_copy_gen_kor'),
    wait,
    ({ jobId }) => done(cancelJob({ pool: bench.admin, runs }, { jobId }, newOrder())),
    wait,
    ({ jobId }) => done(rerunJob(bench.admin, { jobId }, newOrder())),
    async (own) => {
      own.order = { ...own.order, generation: 2 };
      await beginJob('ad_copy_gen_kor')(own);
    },
    finishJob('ad_copy_gen_kor'),
    beginJob('instagram_feed_gen'),
    ({ order: about }) => jobClaims().failUnclaimed(about, 'instagram_feed_gen', 'cancelled'),
    wait,
    ({ jobId }) => done(retryJob(bench.admin, { jobId }, newOrder())),
  ]);
});

const claim =
  (stage: VariantStage, kind: string): Act<OwnVariant> =>
  async ({ jobId, variantId }) =>
    expect(await bench.claims.claim({ unitId: variantId, jobId, generation: 1 }, stage)).toMatchObject({ kind });

it('a run whose row a foreigner has moved', async () => {
  const [own, neighbour] = [await newVariant(), await newVariant()];
  for (const { variantId } of [own, neighbour]) await setVariant(bench.foreign, variantId, 'vlm_analyze', 'queued');
  await inTurn(holder, own, neighbour, [claim('planner', 'continue')]);
  for (const { variantId } of [own, neighbour]) await setVariant(bench.foreign, variantId, 'vlm_judge', 'done');
  await inTurn(holder, own, neighbour, [claim('planner', 'continue')]);
});

it('a run that waits for its Korean text', async () => {
  const waiting = async (): Promise<OwnVariant> => {
    const { jobId, variantIds } = await insertJob(bench.foreign, {
      step: 'planner',
      status: 'done',
      adCopyKor: null,
      descKor: null,
    });
    return { jobId, variantId: variantIds[0] as string };
  };
  const claims = createVariantClaims(bench.own, CLAIM_POLICY);
  const ask =
    (kind: string): Act<OwnVariant> =>
    async ({ jobId, variantId }) =>
      expect(await claims.claim({ unitId: variantId, jobId, generation: 1 }, 'overlay')).toMatchObject({ kind });
  await inTurn(holder, await waiting(), await waiting(), [
    ask('wait'),
    ({ jobId }) => insertText(bench.foreign, jobId, 'ad_copy_kor', '이제 왔다'),
    ask('granted'),
  ]);
});

it('a job that waits for its English copy', async () => {
  const ask =
    (kind: string): Act<OwnJob> =>
    async ({ order: about }) =>
      expect(await jobClaims().claim(about, 'ad_copy_gen_kor')).toMatchObject({ kind });
  const [own, neighbour] = [await newJob('done'), await newJob('done')];
  await bench.own.query('delete from txt_ad_copy_generations where job_id = any($1)', [[own.jobId, neighbour.jobId]]);
  await inTurn(holder, own, neighbour, [
    ask('over'),
    ({ jobId }) => insertText(bench.foreign, jobId, 'ad_copy_eng', 'Come and taste'),
    ask('granted'),
  ]);
});

it('a job that waits for siblings no longer', async () => {
  const fromYe = async (): Promise<OwnJob> => {
    const { jobId, variantIds } = await insertJob(bench.foreign, {
      step: 'vlm_analyze',
      status: 'queued',
      imageType: 'generated',
      imageGeneration: 'external',
    });
    await setVariant(bench.own, variantIds[0] as string, 'iou_eval', 'done');
    return { jobId, order: { unitId: jobId, jobId, generation: 1 } };
  };
  const ask =
    (siblingsPatienceMs: number, kind: string): Act<OwnJob> =>
    async ({ order: about }) => {
      const claims = createJobClaims(bench.own, { maxLostAttempts: 10, siblingsPatienceMs });
      expect(await claims.claim(about, 'ad_copy_gen_kor')).toMatchObject({ kind });
    };
  await inTurn(holder, await fromYe(), await fromYe(), [ask(60_000, 'wait'), ask(0, 'granted')]);
});

it('an event that the bridge delivers', async () => {
  const log = pino({ level: 'silent' });
  const delivery: Delivery = {
    pool: bench.own,
    starter: { variant: async () => {}, job: async () => {} },
    runs: NO_RUNS,
    log,
    defaultGeneration: 'internal',
    variantsPerJob: 2,
  };
  const photoOnly = async (): Promise<Own> => ({ jobId: (await insertJob(bench.foreign, { variants: 0 })).jobId });
  const variantsOf = async ({ jobId }: Own): Promise<string[]> =>
    (
      await bench.own.query(
        'select job_variants_id as id from jobs_variants where job_id = $1 order by creation_order',
        [jobId],
      )
    ).rows.map(({ id }) => id);
  await inTurn<Own>(holder, await photoOnly(), await photoOnly(), [
    ({ jobId }) => createVariants(bench.own, jobId, 2),
    async (own) => deliverVariant(delivery, (await variantsOf(own))[0] as string),
    async (own) => setVariant(bench.own, (await variantsOf(own))[0] as string, 'planner', 'running'),
    async (own) => setVariant(bench.foreign, (await variantsOf(own))[0] as string, 'vlm_analyze', 'queued'),
    async (own) => {
      const [first] = await variantsOf(own);
      await deliverVariant(delivery, first as string);
      expect(await stateOf(bench.own, 'jobs_variants', first as string)).toBe('planner/running');
    },
    ({ jobId }) => deliverJob(delivery, jobId),
  ]);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NotFound } from '../../../src/admin/trouble.js';
import { retryJob } from '../../../src/admin/retry-job.js';
import { retryVariant } from '../../../src/admin/retry-variant.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';
import { type AdminBench, openAdminBench, order } from './admin-bench.js';

let bench: AdminBench;
beforeAll(async () => {
  bench = await openAdminBench();
});
afterAll(() => bench?.close());

/** One variant that has come to this state under the pipeline's own hand. */
const variantAt = async (step: string, status: string, imageType = 'pbg_generated') => {
  const { jobId, variantIds } = await insertJob(bench.own, { step: 'vlm_analyze', status: 'running', imageType });
  const [variantId] = variantIds as [string];
  await bench.own.query('insert into pipeline.runs (job_variants_id, job_id, open) values ($1, $2, true)', [
    variantId,
    jobId,
  ]);
  await setVariant(bench.own, variantId, step, status);
  await bench.own.query('delete from pipeline.outbox');
  return { jobId, variantId };
};
const events = (variantId: string): Promise<number> =>
  bench.count('select count(*)::int from pipeline.outbox where job_variants_id = $1', variantId);
const recordedJob = async (jobId: string) =>
  (await bench.own.query('select stage, status, generation from pipeline.jobs where job_id = $1', [jobId])).rows[0];
const recordJob = async (jobId: string, stage: string, status: string): Promise<void> => {
  await bench.own.query('update pipeline.jobs set stage = $2, status = $3 where job_id = $1', [jobId, stage, status]);
  await bench.own.query('update jobs set current_step = $2, status = $3 where job_id = $1', [jobId, stage, status]);
};

describe('a variant', () => {
  it.each([
    ['from where it failed', 'planner', 'failed', undefined, 'planner'],
    ['from an earlier stage', 'iou_eval', 'failed', 'overlay', 'overlay'],
    ['from its picture', 'planner', 'failed', 'img_gen', 'img_gen'],
    ['although it is finished, when a stage is named', 'iou_eval', 'done', 'vlm_judge', 'vlm_judge'],
  ] as const)('goes back to work %s', async (_, step, status, from, expected) => {
    const { jobId, variantId } = await variantAt(step, status);
    await bench.own.query('update jobs_variants set retry_count = 3 where job_variants_id = $1', [variantId]);
    const answer = await retryVariant(bench.admin, { variantId, ...(from && { from }) }, order({ note: 'why not' }));
    expect(answer).toMatchObject({
      outcome: 'done',
      before: { step, status, generation: 1 },
      observed: { step: expected, status: 'queued', generation: 2, retryCount: 0 },
    });
    expect(await events(variantId)).toBe(1);
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe(`${expected}/running`);
    const { rows } = await bench.own.query('select * from pipeline.audit where job_variants_id = $1', [variantId]);
    expect(rows).toMatchObject([
      {
        actor: 'test',
        action: 'retry variant',
        job_id: jobId,
        before: { step },
        after: { step: expected },
        note: 'why not',
      },
    ]);
  });

  it.each([
    ['a stage it has not reached', 'planner', 'failed', 'ocr_eval', 'the variant has not got as far as ocr_eval'],
    ['nothing in particular of a finished one', 'iou_eval', 'done', undefined, 'the variant is finished'],
  ] as const)('is refused %s', async (_, step, status, from, words) => {
    const { variantId } = await variantAt(step, status);
    const answer = await retryVariant(bench.admin, { variantId, ...(from && { from }) }, order());
    expect(answer).toMatchObject({ outcome: 'refused', observed: { step, status, generation: 1 } });
    expect(answer.says).toContain(words);
    expect(await events(variantId)).toBe(0);
    const { rows } = await bench.own.query('select note from pipeline.audit where job_variants_id = $1', [variantId]);
    expect(rows[0].note).toContain(`refused: ${words}`);
  });

  it('is refused while its run is open, with the state observed', async () => {
    const ids = await variantAt('yolo_detect', 'done');
    await bench.begin(ids, 'planner');
    const answer = await retryVariant(bench.admin, { variantId: ids.variantId }, order());
    expect(answer).toMatchObject({
      outcome: 'refused',
      says: 'a run is open; the variant is at (planner, running)',
      observed: { step: 'planner', status: 'running' },
    });
  });

  it('is taken up again where it stands when nobody works on it', async () => {
    const { variantId } = await variantAt('ocr_eval', 'running');
    await bench.own.query('update pipeline.runs set open = false where job_variants_id = $1', [variantId]);
    expect(await retryVariant(bench.admin, { variantId }, order())).toMatchObject({
      outcome: 'done',
      observed: { step: 'ocr_eval', status: 'queued', generation: 2 },
    });
  });

  it('takes no picture from here that is made outside', async () => {
    const { variantId } = await variantAt('planner', 'failed', 'generated');
    const answer = await retryVariant(bench.admin, { variantId, from: 'img_gen' }, order());
    expect(answer).toMatchObject({ outcome: 'refused' });
    expect(answer.says).toContain('its pictures are made outside');
  });

  it('leaves an attempt of the earlier generation without its right', async () => {
    const ids = await variantAt('yolo_detect', 'done');
    const claim = await bench.begin(ids, 'planner');
    await bench.claims.failUnclaimed({ unitId: ids.variantId, jobId: ids.jobId, generation: 1 }, 'planner', 'ended');
    await retryVariant(bench.admin, { variantId: ids.variantId }, order());
    await expect(bench.finish(claim, 'planner')).rejects.toThrow('no longer open');
    expect(await stateOf(bench.own, 'jobs_variants', ids.variantId)).toBe('planner/queued');
  });

  it('that does not exist is said not to exist', async () => {
    await expect(retryVariant(bench.admin, { variantId: randomUUID() }, order())).rejects.toThrow(NotFound);
  });
});

describe('its job', () => {
  it.each([
    ['failed', 'planner', 'failed', 'planner/running'],
    ['failed in its own stages', 'ad_copy_gen_kor', 'failed', 'planner/running'],
    ['at its own stages', 'ad_copy_gen_kor', 'running', 'planner/running'],
    ['resting without English copy', 'iou_eval', 'done', 'planner/running'],
  ])('is reopened when it had %s', async (_, stage, status, expected) => {
    const { jobId, variantId } = await variantAt('planner', 'failed');
    await recordJob(jobId, stage, status);
    const before = (await recordedJob(jobId)).generation;
    await retryVariant(bench.admin, { variantId }, order());
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe(expected);
    expect(await recordedJob(jobId)).toEqual({ stage: 'planner', status: 'running', generation: before + 1 });
  });

  it('stays finished, also when the variant is done again', async () => {
    const { jobId, variantId } = await variantAt('iou_eval', 'done');
    await recordJob(jobId, 'instagram_feed_gen', 'done');
    const before = await recordedJob(jobId);
    await retryVariant(bench.admin, { variantId, from: 'ocr_eval' }, order());
    await setVariant(bench.own, variantId, 'iou_eval', 'done');
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe('instagram_feed_gen/done');
    expect(await recordedJob(jobId)).toEqual(before);
    expect(
      await bench.count(`select count(*)::int from pipeline.outbox where kind = 'job' and job_id = $1`, jobId),
    ).toBe(0);
  });

  it('has all its failed variants sent back at once', async () => {
    const { jobId, variantIds } = await insertJob(bench.own, {
      variants: 3,
      step: 'vlm_analyze',
      status: 'running',
      imageType: 'pbg_generated',
    });
    const [a, b, c] = variantIds as [string, string, string];
    await setVariant(bench.own, a, 'planner', 'failed');
    await setVariant(bench.own, b, 'overlay', 'failed');
    await setVariant(bench.own, c, 'iou_eval', 'done');
    const answer = await retryJob(bench.admin, { jobId }, order());
    expect(answer.outcome).toBe('done');
    expect(answer.items.map(({ variantId, outcome }) => [variantId, outcome])).toEqual([
      [a, 'done'],
      [b, 'done'],
    ]);
    expect(await Promise.all([a, b, c].map((variantId) => stateOf(bench.own, 'jobs_variants', variantId)))).toEqual([
      'planner/queued',
      'overlay/queued',
      'iou_eval/done',
    ]);
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe('planner/running');
    expect((await retryJob(bench.admin, { jobId }, order())).says).toContain('none of its variants has failed');
  });
});

describe('many at once', () => {
  it('50 retries of one variant are one new run and 49 answers that say so', async () => {
    const { variantId } = await variantAt('planner', 'failed');
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => retryVariant(bench.admin, { variantId }, order())),
    );
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    const refused = answers.filter(({ outcome }) => outcome === 'refused');
    expect(refused).toHaveLength(49);
    for (const answer of refused) {
      expect(answer.says).toBe('a run is open; the variant is at (planner, queued)');
      expect(answer.observed.generation).toBe(2);
    }
    expect(await events(variantId)).toBe(1);
    expect(await bench.count('select count(*)::int from pipeline.audit where job_variants_id = $1', variantId)).toBe(
      50,
    );
  });

  it('a retry that meets the last stage is granted after it or refused, never in between, 200 times', {
    timeout: 120_000,
  }, async () => {
    const outcomes = { done: 0, refused: 0 };
    for (let turn = 0; turn < 200; turn++) {
      const ids = await variantAt('readability_eval', 'done');
      const claim = await bench.begin(ids, 'iou_eval');
      const finished = turn % 2 === 0 ? bench.finish(claim, 'iou_eval') : undefined;
      const [answer] = await Promise.all([
        retryVariant(bench.admin, { variantId: ids.variantId, from: 'ocr_eval' }, order()),
        finished ?? bench.finish(claim, 'iou_eval'),
      ]);
      outcomes[answer.outcome]++;
      const granted = answer.outcome === 'done';
      expect(answer.before.status).toBe(granted ? 'done' : 'running');
      expect(await stateOf(bench.own, 'jobs_variants', ids.variantId)).toBe(
        granted ? 'ocr_eval/queued' : 'iou_eval/done',
      );
      expect(await bench.count('select generation from pipeline.runs where job_variants_id = $1', ids.variantId)).toBe(
        granted ? 2 : 1,
      );
    }
    expect(outcomes.done + outcomes.refused).toBe(200);
  });
});

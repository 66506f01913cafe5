import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rerunJob } from '../../../src/admin/rerun-job.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';
import { type AdminBench, openAdminBench, order } from './admin-bench.js';

let bench: AdminBench;
beforeAll(async () => {
  bench = await openAdminBench();
});
afterAll(() => bench?.close());

/** A job whose variants are settled, recorded at this state. */
const jobAt = async (stage: string, status: string, koreanCopy = true): Promise<string> => {
  const { jobId, variantIds } = await insertJob(bench.own, { step: 'iou_eval', status: 'running' });
  await setVariant(bench.own, variantIds[0] as string, 'iou_eval', 'done');
  await bench.own.query('update pipeline.jobs set stage = $2, status = $3 where job_id = $1', [jobId, stage, status]);
  await bench.own.query('update jobs set current_step = $2, status = $3 where job_id = $1', [jobId, stage, status]);
  if (koreanCopy) {
    await bench.own.query(
      `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_kor, status) values ($1, 'eng_to_kor', '맛있다', 'done')`,
      [jobId],
    );
  }
  await bench.own.query('delete from pipeline.outbox');
  return jobId;
};
const events = (jobId: string): Promise<number> =>
  bench.count(`select count(*)::int from pipeline.outbox where kind = 'job' and job_id = $1`, jobId);

describe("a job's own stages", () => {
  it.each([
    ['of a finished job', 'instagram_feed_gen', 'done', 'ad_copy_gen_kor', 'iou_eval/done'],
    ['of a finished job, the feed alone', 'instagram_feed_gen', 'done', 'instagram_feed_gen', 'ad_copy_gen_kor/done'],
    ['that failed', 'ad_copy_gen_kor', 'failed', 'ad_copy_gen_kor', 'iou_eval/done'],
    ['that were never begun', 'iou_eval', 'done', 'ad_copy_gen_kor', 'iou_eval/done'],
  ] as const)('%s are done again as a new generation', async (_, stage, status, from, expected) => {
    const jobId = await jobAt(stage, status);
    const answer = await rerunJob(bench.admin, { jobId, from }, order());
    expect(answer).toMatchObject({ outcome: 'done', observed: { generation: answer.before.generation + 1 } });
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe(expected);
    expect(await events(jobId)).toBe(1);
    expect(
      await bench.count(`select count(*)::int from pipeline.audit where action = 'rerun job' and job_id = $1`, jobId),
    ).toBe(1);
  });

  it.each([
    ['they are at work', 'ad_copy_gen_kor', 'running', true, 'its own stages are at work'],
    ['it failed before them', 'planner', 'failed', true, 'too few of its variants are done'],
  ] as const)('are refused while %s', async (_, stage, status, copy, words) => {
    const jobId = await jobAt(stage, status, copy);
    const answer = await rerunJob(bench.admin, { jobId }, order());
    expect(answer.outcome).toBe('refused');
    expect(answer.says).toContain(words);
    expect(answer.says).toContain(`(${stage}, ${status})`);
    expect(await events(jobId)).toBe(0);
  });

  it('make no feed of a copy that is not there', async () => {
    const jobId = await jobAt('ad_copy_gen_kor', 'failed', false);
    const answer = await rerunJob(bench.admin, { jobId, from: 'instagram_feed_gen' }, order());
    expect(answer.says).toContain('there is no Korean copy for a feed yet');
  });

  it('asked for 20 times at once are one new generation', async () => {
    const jobId = await jobAt('instagram_feed_gen', 'done');
    const answers = await Promise.all(Array.from({ length: 20 }, () => rerunJob(bench.admin, { jobId }, order())));
    expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(await events(jobId)).toBe(1);
  });

  it('wait for a variant that was sent back to work', async () => {
    const jobId = await jobAt('instagram_feed_gen', 'done');
    await bench.own.query(`update jobs_variants set current_step = 'planner', status = 'queued' where job_id = $1`, [
      jobId,
    ]);
    expect((await rerunJob(bench.admin, { jobId }, order())).says).toContain('it still has 1 unsettled variant;');
  });
});

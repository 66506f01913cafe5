import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelJob } from '../../../src/admin/cancel-job.js';
import { cancelVariant } from '../../../src/admin/cancel-variant.js';
import { TemporalAway } from '../../../src/admin/run-control.js';
import { createVariants } from '../../../src/bridge/create-variants.js';
import { createJobClaims } from '../../../src/db/job-claims.js';
import { insertJob, setVariant, stateOf } from '../../support/rows.js';
import { type AdminBench, openAdminBench, order, recordingRuns } from './admin-bench.js';

let bench: AdminBench;
beforeAll(async () => {
  bench = await openAdminBench();
});
afterAll(() => bench?.close());

const jobAt = async (states: [string, string][]) => {
  const { jobId, variantIds } = await insertJob(bench.own, {
    variants: states.length,
    step: 'vlm_analyze',
    status: 'running',
    imageType: 'pbg_generated',
  });
  await bench.own.query(
    'insert into pipeline.runs (job_variants_id, job_id, open) select job_variants_id, job_id, true from jobs_variants where job_id = $1',
    [jobId],
  );
  for (const [index, [step, status]] of states.entries())
    await setVariant(bench.own, variantIds[index] as string, step, status);
  await bench.own.query('delete from pipeline.outbox');
  return { jobId, variantIds, variantId: variantIds[0] as string };
};
const record = async (jobId: string, stage: string, status: string): Promise<void> => {
  await bench.own.query('update pipeline.jobs set stage = $2, status = $3 where job_id = $1', [jobId, stage, status]);
  await bench.own.query('update jobs set current_step = $2, status = $3 where job_id = $1', [jobId, stage, status]);
};

describe('a variant', () => {
  it.each([
    ['in the middle of a stage', 'planner', 'running', 'planner'],
    ['between two stages', 'planner', 'done', 'overlay'],
    ['not begun yet', 'user_img_input', 'done', 'img_gen'],
  ])('%s fails at the stage that does not happen', async (_, step, status, stage) => {
    const { jobId, variantId } = await jobAt([[step, status]]);
    const runs = recordingRuns();
    const answer = await cancelVariant({ pool: bench.admin, runs }, { variantId }, order());
    expect(answer).toMatchObject({
      outcome: 'done',
      says: `cancelled at ${stage}`,
      observed: { step: stage, status: 'failed', reason: 'cancelled', isSettled: true, isUnderWay: false },
    });
    expect(runs.cancelled).toEqual([`variant-${variantId}`]);
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe(`${stage}/failed`);
    const { rows } = await bench.own.query(
      'select action, before, after from pipeline.audit where job_variants_id = $1',
      [variantId],
    );
    expect(rows).toMatchObject([{ action: 'cancel variant', before: { step, status }, after: { step: stage } }]);
  });

  it.each([
    ['finished', 'iou_eval', 'done', 'it was finished first, at (iou_eval, done)'],
    ['failed', 'planner', 'failed', 'it had failed already, at (planner, failed)'],
  ])('that had %s stays so, and the answer says it', async (_, step, status, says) => {
    const { variantId } = await jobAt([[step, status]]);
    const runs = recordingRuns();
    const answer = await cancelVariant({ pool: bench.admin, runs }, { variantId }, order());
    expect(answer).toMatchObject({ outcome: 'refused', says, observed: { step, status, generation: 1 } });
    expect(runs.cancelled).toEqual([]);
  });

  it('cancelled twice is told to Temporal again: the first order may have died on the way', async () => {
    const { variantId } = await jobAt([['planner', 'running']]);
    const runs = recordingRuns();
    for (const says of ['cancelled at planner', 'it was cancelled already'])
      expect(await cancelVariant({ pool: bench.admin, runs }, { variantId }, order())).toMatchObject({
        outcome: 'done',
        says,
      });
    expect(runs.cancelled).toHaveLength(2);
  });

  it('is cancelled although Temporal is away, and the answer says so', async () => {
    const { variantId } = await jobAt([['planner', 'running']]);
    const runs = { ...recordingRuns(), cancel: () => Promise.reject(new TemporalAway('connection refused')) };
    const answer = await cancelVariant({ pool: bench.admin, runs }, { variantId }, order());
    expect(answer).toMatchObject({ outcome: 'done', observed: { status: 'failed' } });
    expect(answer.says).toContain('Temporal could not be told: connection refused');
  });

  it('takes the right to write from an attempt in the middle of the stage', async () => {
    const ids = await jobAt([['yolo_detect', 'done']]);
    const claim = await bench.begin(ids, 'planner');
    await cancelVariant({ pool: bench.admin, runs: recordingRuns() }, ids, order());
    await expect(bench.finish(claim, 'planner')).rejects.toThrow('no longer open');
    expect(await bench.claims.fail(claim, 'late')).toBe(false);
    expect(await bench.claims.claim(claim, 'planner')).toMatchObject({ kind: 'over' });
    expect(await stateOf(bench.own, 'jobs_variants', ids.variantId)).toBe('planner/failed');
  });

  it('either ends before its last stage or after it, and the answer knows which, 200 times', {
    timeout: 120_000,
  }, async () => {
    const outcomes = { done: 0, refused: 0 };
    for (let turn = 0; turn < 200; turn++) {
      const ids = await jobAt([['readability_eval', 'done']]);
      const claim = await bench.begin(ids, 'iou_eval');
      const finish = () =>
        bench.finish(claim, 'iou_eval').then(
          () => true,
          () => false,
        );
      const early = turn % 2 === 0 ? finish() : undefined;
      const [answer, wasFinished] = await Promise.all([
        cancelVariant({ pool: bench.admin, runs: recordingRuns() }, ids, order()),
        early ?? finish(),
      ]);
      outcomes[answer.outcome]++;
      expect(wasFinished).toBe(answer.outcome === 'refused');
      const state = await stateOf(bench.own, 'jobs_variants', ids.variantId);
      expect(state).toBe(wasFinished ? 'iou_eval/done' : 'iou_eval/failed');
      expect(`${answer.observed.step}/${answer.observed.status}`).toBe(state);
    }
    expect(outcomes.done + outcomes.refused).toBe(200);
  });
});

describe('a job', () => {
  it('ends with everything that was on its way, and goes no further with what is done', async () => {
    const { jobId, variantIds } = await jobAt([
      ['iou_eval', 'done'],
      ['planner', 'running'],
      ['overlay', 'failed'],
    ]);
    const runs = recordingRuns();
    const answer = await cancelJob({ pool: bench.admin, runs }, { jobId }, order());
    expect(answer).toMatchObject({
      outcome: 'done',
      says: 'cancelled 1 of 3 variants',
      items: [{ variantId: variantIds[1], outcome: 'done', says: 'cancelled at planner' }],
      observed: { step: 'ad_copy_gen_kor', status: 'failed', reason: 'cancelled' },
    });
    expect(runs.cancelled).toEqual([`variant-${variantIds[1]}`, `job-${jobId}`]);
    // Whoever touches it afterwards does not set it going again.
    await bench.foreign.query('update jobs_variants set selected = true, updated_at = now() where job_id = $1', [
      jobId,
    ]);
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe('ad_copy_gen_kor/failed');
  });

  it('with too few variants done fails where they do', async () => {
    const { jobId } = await jobAt([
      ['yolo_detect', 'running'],
      ['overlay', 'running'],
    ]);
    await cancelJob({ pool: bench.admin, runs: recordingRuns() }, { jobId }, order());
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe('overlay/failed');
  });

  it('loses the right to write its own stage', async () => {
    const { jobId } = await jobAt([['iou_eval', 'done']]);
    const claims = createJobClaims(bench.own, { maxLostAttempts: 10, siblingsPatienceMs: 60_000 });
    const { rows } = await bench.own.query('select generation from pipeline.jobs where job_id = $1', [jobId]);
    const jobOrder = { unitId: jobId, jobId, generation: rows[0].generation };
    const answer = await claims.claim(jobOrder, 'ad_copy_gen_kor');
    if (answer.kind !== 'granted') throw new Error(JSON.stringify(answer));
    await cancelJob({ pool: bench.admin, runs: recordingRuns() }, { jobId }, order());
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe('ad_copy_gen_kor/failed');
    expect(await claims.fail(answer.claim, 'late')).toBe(false);
    expect(await claims.claim(jobOrder, 'ad_copy_gen_kor')).toMatchObject({ kind: 'over' });
    const { rowCount } = await bench.own.query(`select from pipeline.claims where unit_id = $1 and state = 'open'`, [
      jobId,
    ]);
    expect(rowCount).toBe(0);
  });

  it('keeps what its stages did before', async () => {
    const { jobId } = await jobAt([['iou_eval', 'done']]);
    await record(jobId, 'ad_copy_gen_kor', 'done');
    await bench.own.query(
      `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state)
       select $1, stage, 1, $1, uuid_generate_v4(), state
         from (values ('ad_copy_gen_kor', 'done'), ('instagram_feed_gen', 'open')) as c (stage, state)`,
      [jobId],
    );
    await cancelJob({ pool: bench.admin, runs: recordingRuns() }, { jobId }, order());
    const { rows } = await bench.own.query(
      'select stage, state, reason from pipeline.claims where unit_id = $1 order by stage',
      [jobId],
    );
    expect(rows).toEqual([
      { stage: 'ad_copy_gen_kor', state: 'done', reason: null },
      { stage: 'instagram_feed_gen', state: 'failed', reason: 'cancelled' },
    ]);
  });

  it('that has no variants yet is given none', async () => {
    const { jobId } = await insertJob(bench.foreign, { variants: 0 });
    await cancelJob({ pool: bench.admin, runs: recordingRuns() }, { jobId }, order());
    expect(await stateOf(bench.own, 'jobs', jobId)).toBe('img_gen/failed');
    expect(await createVariants(bench.own, jobId, 3)).toBe(0);
  });

  it('that is finished stays finished, and the answer says so', async () => {
    const { jobId } = await jobAt([['iou_eval', 'done']]);
    await record(jobId, 'instagram_feed_gen', 'done');
    expect(await cancelJob({ pool: bench.admin, runs: recordingRuns() }, { jobId }, order())).toMatchObject({
      outcome: 'refused',
      says: 'it was finished first, at (instagram_feed_gen, done)',
    });
  });

  it('is cancelled beside 8 stages that finish, without a deadlock, 25 times', { timeout: 120_000 }, async () => {
    for (let turn = 0; turn < 25; turn++) {
      const { jobId, variantIds } = await jobAt(Array.from({ length: 8 }, () => ['readability_eval', 'done']));
      const claims = await Promise.all(variantIds.map((variantId) => bench.begin({ jobId, variantId }, 'iou_eval')));
      const [answer, ...finished] = await Promise.all([
        cancelJob({ pool: bench.admin, runs: recordingRuns() }, { jobId }, order()),
        ...claims.map((claim) =>
          bench.finish(claim, 'iou_eval').then(
            () => 'done',
            (error: Error) => error.message,
          ),
        ),
      ]);
      expect(finished.filter((end) => /deadlock/.test(end))).toEqual([]);
      const done = finished.filter((end) => end === 'done').length;
      expect(answer.items).toHaveLength(8 - done);
      const { rows } = await bench.own.query(
        `select count(*) filter (where status = 'done')::int as done, count(*) filter (where status = 'failed')::int as failed
           from jobs_variants where job_id = $1`,
        [jobId],
      );
      expect(rows[0]).toEqual({ done, failed: 8 - done });
    }
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { JOB_STAGES, VARIANT_STAGES } from '../../workflows/contract.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { OriginalYhProcess } from '../support/original-yh-process.js';
import { insertJob } from '../support/rows.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { nothingIsLeftOver } from '../support/left-over.js';
import { type RunningStack, startRunningStack } from '../support/running-stack.js';
import { createNamespace, temporalAddress } from '../support/temporal.js';

const STAGES = [...VARIANT_STAGES.slice(1), ...JOB_STAGES] as const;

let database: TestDatabase;
let yh: OriginalYhProcess;
let stack: RunningStack;
beforeAll(async () => {
  database = await createTestDatabase();
  yh = await OriginalYhProcess.start(database.url);
  stack = await startRunningStack(
    {
      TEMPORAL_ADDRESS: temporalAddress(),
      TEMPORAL_NAMESPACE: await createNamespace('peer'),
      YH_BASE_URL: yh.baseUrl,
      YH_PEER: 'original',
    },
    { databaseUrl: database.url },
  );
});
afterAll(async () => {
  await stack?.stop();
  await yh?.kill();
  await database?.drop();
});

it('the original, killed inside each of its ten stages: what it had not committed is done again, once', async () => {
  const jobs = await Promise.all(
    STAGES.map(async (stage) => {
      const { jobId, variantIds } = await insertJob(stack.foreign, { imageType: 'generated' });
      const variantId = variantIds[0] as string;
      const isJobStage = (JOB_STAGES as readonly string[]).includes(stage);
      return {
        jobId,
        variantId,
        killedAt: { stage: stage as Exclude<typeof stage, 'img_gen'>, unitId: isJobStage ? jobId : variantId },
      };
    }),
  );
  await yh.standStill(jobs.map(({ killedAt }) => killedAt));
  await stack.foreign.query(
    `update jobs_variants set current_step = 'img_gen', status = 'done', updated_at = current_timestamp
      where job_variants_id = any($1)`,
    [jobs.map(({ variantId }) => variantId)],
  );
  for (const { killedAt } of jobs) await yh.untilCalled(killedAt);
  await yh.kill();
  await yh.start();

  const jobIds = jobs.map(({ jobId }) => jobId);
  await stack.untilFinished(jobIds);
  for (const { jobId, variantId, killedAt } of jobs) {
    expect(await effectsOf(stack, jobId), killedAt.stage).toEqual(idealEffects(1));
    const called = yh.calls.filter(({ unitId }) => unitId === jobId || unitId === variantId).map(({ stage }) => stage);
    expect(called).toEqual(STAGES.flatMap((stage) => (stage === killedAt.stage ? [stage, stage] : [stage])));
  }
  // It was away, which nobody's input is to blame for.
  const { rows } = await stack.foreign.query(
    `select (select max(retry_count) from jobs_variants) as variants, (select max(retry_count) from jobs) as jobs,
            (select count(*)::int from jobs_variants where (current_step, status) <> ('iou_eval', 'done')) as unfinished,
            (select count(*)::int from pipeline.claims where state <> 'done') as claims,
            (select max(generation)::int from pipeline.runs) as generation`,
  );
  expect(rows).toEqual([{ variants: 0, jobs: 0, unfinished: 0, claims: 0, generation: 1 }]);
  await nothingIsLeftOver(stack, jobIds);
});

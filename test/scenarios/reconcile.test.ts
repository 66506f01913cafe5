import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wakeOrphans } from '../../src/bridge/orphans.js';
import { createRuns } from '../../src/bridge/runs.js';
import { jobWorkflowId, type Stage, VARIANT_STAGES, variantWorkflowId } from '../../workflows/contract.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, VARIANT_STATE } from '../support/rows.js';

/*
 * Rows and workflows that do not fit each other, on a real Temporal server. Only the far side of a stage is scripted; it
 * notes each call it gets.
 */
let road: Road;
beforeAll(async () => {
  road = await openRoad({ sweepInterval: 1_000 });
});
afterAll(() => road?.close());
beforeEach(() => road.startAfresh());

/** Keeps the first call of a stage at work until told to go on; then it ends without having finished its row. */
const holdAt = (stage: Stage): { reached: Promise<void>; letGo: () => void } => {
  let reach = (): void => {};
  let letGo = (): void => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isFirst = true;
  road.script(async (claim) => {
    if (claim.stage !== stage || !isFirst) return;
    isFirst = false;
    reach();
    await held;
    throw new Error('this call was given up');
  });
  return { reached, letGo };
};
const handleOf = (workflowId: string) => road.client.workflow.getHandle(workflowId);
const recorded = async (query: string, id: string): Promise<any> => (await road.foreign.query(query, [id])).rows[0];
const reasonOf = async (variantId: string): Promise<string> =>
  (await recorded('select reason from pipeline.runs where job_variants_id = $1', variantId)).reason;
const whatReconcileDid = async (jobId: string): Promise<string[]> =>
  (
    await road.foreign.query(
      `select action from pipeline.audit where actor = 'reconcile' and job_id = $1 order by audit_id`,
      [jobId],
    )
  ).rows.map((row) => row.action);

/** A variant that a run is recorded to work on, as the bridge leaves it, with nobody at work. */
const insertUnattended = async (): Promise<{ jobId: string; variantId: string }> => {
  await road.stopBridge();
  const { jobId, variantIds } = await insertJob(road.foreign, { step: 'planner', status: 'queued' });
  await road.foreign.query('delete from pipeline.outbox');
  await road.foreign.query('update pipeline.runs set open = true, opened_at = now() where job_id = $1', [jobId]);
  return { jobId, variantId: variantIds[0] as string };
};

describe('Web UI', () => {
  it('Terminate is followed: the variant is failed with the reason, and nothing is resurrected', async () => {
    const { reached, letGo } = holdAt('planner');
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    await reached;
    await handleOf(variantWorkflowId(variantId)).terminate('the photo is a mistake');
    await road.until(JOB_STATE, [jobId], 'planner/failed');
    letGo();

    expect(await recorded(VARIANT_STATE, variantId)).toEqual({ '?column?': 'planner/failed' });
    expect(await reasonOf(variantId)).toMatch(
      /^its workflow was terminated in Temporal \(the photo is a mistake, by .+\)$/,
    );
    expect(await whatReconcileDid(jobId)).toEqual(['failed']);
    expect(road.stagesOf(variantId)).toEqual(['img_gen', 'vlm_analyze', 'yolo_detect', 'planner']);
    const { rows } = await road.foreign.query(
      `select stage from pipeline.claims where job_id = $1 and state = 'open'`,
      [jobId],
    );
    expect(rows).toEqual([]);
  });

  it('Terminate of the job is followed: its variants stand, the job is failed', async () => {
    const { reached, letGo } = holdAt('ad_copy_gen_kor');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await reached;
    await handleOf(jobWorkflowId(jobId)).terminate('no feed wanted');
    await road.until(JOB_STATE, [jobId], 'ad_copy_gen_kor/failed');
    letGo();
    expect(await recorded(VARIANT_STATE, variantIds[0] as string)).toEqual({ '?column?': 'iou_eval/done' });
    expect((await recorded('select reason from pipeline.jobs where job_id = $1', jobId)).reason).toMatch(
      /no feed wanted/,
    );
  });

  it('Cancel is followed by the run itself', async () => {
    const { reached, letGo } = holdAt('vlm_judge');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await reached;
    await handleOf(variantWorkflowId(variantIds[0] as string)).cancel();
    // Delivered with the next heartbeat; the call ends as a cancelled one does.
    letGo();
    await road.until(JOB_STATE, [jobId], 'vlm_judge/failed');
    expect(await reasonOf(variantIds[0] as string)).toBe('cancelled');
    expect(road.stagesOf(variantIds[0] as string)).toEqual(VARIANT_STAGES.slice(0, 6));
  });

  it('Reset in the middle goes on from where the row is', async () => {
    const { reached, letGo } = holdAt('planner');
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    await reached;
    await resetToStart(variantWorkflowId(variantId));
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    letGo();
    // The call that was given up is the one that was made again.
    expect(road.stagesOf(variantId).filter((stage) => stage !== 'planner')).toEqual(
      VARIANT_STAGES.filter((stage) => stage !== 'planner'),
    );
    expect(road.stagesOf(variantId).filter((stage) => stage === 'planner')).toHaveLength(2);
  });

  it('Reset of a finished run does nothing again', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    road.calls.length = 0;
    for (const workflowId of [variantWorkflowId(variantId), jobWorkflowId(jobId)]) await resetToStart(workflowId);
    expect(await handleOf(variantWorkflowId(variantId)).result()).toBe('nothing to do at (iou_eval, done)');
    expect(await handleOf(jobWorkflowId(jobId)).result()).toBe('nothing to do at (instagram_feed_gen, done)');
    expect(road.calls).toEqual([]);
  });

  const resetToStart = async (workflowId: string): Promise<void> => {
    const { events } = await handleOf(workflowId).fetchHistory();
    const firstTask = events?.find((event) => event.workflowTaskCompletedEventAttributes);
    await road.client.workflowService.resetWorkflowExecution({
      namespace: road.namespace,
      workflowExecution: { workflowId },
      reason: 'reset by a person',
      workflowTaskFinishEventId: firstTask?.eventId ?? null,
      requestId: randomUUID(),
    });
  };
});

describe('a run that is gone or ended badly', () => {
  it('is restarted after it timed out, and the restart is counted', async () => {
    const { jobId, variantId } = await insertUnattended();
    await timeOut(jobId, variantId);
    road.startBridge();
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(VARIANT_STAGES.slice(3));
    expect(await whatReconcileDid(jobId)).toEqual(['restarted']);
  });

  it('is given up after five restarts, with the reason', async () => {
    const { jobId, variantId } = await insertUnattended();
    await timeOut(jobId, variantId);
    await road.foreign.query(
      `insert into pipeline.watches (unit_id, job_id, generation, moved_at, due_at, restarts) values ($1, $2, 1, now(), now(), 5)`,
      [variantId, jobId],
    );
    road.startBridge();
    await road.until(JOB_STATE, [jobId], 'planner/failed');
    expect(await reasonOf(variantId)).toBe('its workflow timed out, after 5 restarts');
    expect(road.calls).toEqual([]);
  });

  it('is started at the recorded stage, by one of three bridges, when Temporal does not know it', async () => {
    const { jobId, variantId } = await insertUnattended();
    for (let count = 0; count < 3; count++) road.startBridge();
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(VARIANT_STAGES.slice(3));
    expect(await whatReconcileDid(jobId)).toEqual(['started']);
  });

  /** A run on a queue that nobody polls, which the server ends after a moment. */
  const timeOut = async (jobId: string, variantId: string): Promise<void> => {
    const handle = await road.client.workflow.start('variantWorkflow', {
      workflowId: variantWorkflowId(variantId),
      taskQueue: 'nobody',
      args: [{ variantId, jobId, generation: 1, startAt: 'planner', ordinal: 1, siblings: 1 }],
      workflowExecutionTimeout: '100ms',
    });
    await expect(handle.result()).rejects.toThrow();
  };
});

describe('a job that is deleted', () => {
  const deleteJob = (jobId: string): Promise<unknown> =>
    road.foreign.query(
      `delete from txt_ad_copy_generations where job_id = '${jobId}'; delete from job_inputs where job_id = '${jobId}';
       delete from jobs_variants where job_id = '${jobId}'; delete from jobs where job_id = '${jobId}'`,
    );
  const leftOf = async (jobId: string): Promise<number> =>
    (
      await recorded(
        `select (select count(*) from pipeline.claims where job_id = $1) + (select count(*) from pipeline.waits where job_id = $1)
              + (select count(*) from pipeline.watches where job_id = $1) as rows`,
        jobId,
      )
    ).rows;

  it('under a stage at work: the run ends by itself', async () => {
    const { reached, letGo } = holdAt('ocr_eval');
    const { jobId, variantIds } = await insertJob(road.foreign);
    await reached;
    await deleteJob(jobId);
    letGo();
    expect(await handleOf(variantWorkflowId(variantIds[0] as string)).result()).toBe('the variant no longer exists');
    expect(Number(await leftOf(jobId))).toBe(0);
  });

  it('under a run that waits: it is woken and ends', async () => {
    const { jobId, variantId } = await insertWaiting();
    await deleteJob(jobId);
    expect(await handleOf(variantWorkflowId(variantId)).result()).toBe('the variant no longer exists');
    expect(Number(await leftOf(jobId))).toBe(0);
  });

  it('without an event: the run that waits is found among the open ones', async () => {
    const { jobId, variantId } = await insertWaiting();
    await road.foreign.query('alter table pipeline.runs disable trigger run_deleted');
    await deleteJob(jobId);
    await road.foreign.query('alter table pipeline.runs enable trigger run_deleted');
    const runs = createRuns(road.client);
    // What is listed lags a little behind what is.
    const sources = { pool: road.foreign, runs, log: pino({ level: 'silent' }) };
    await expect.poll(() => wakeOrphans(sources, 0), { timeout: 10_000 }).toEqual([variantWorkflowId(variantId)]);
    expect(await handleOf(variantWorkflowId(variantId)).result()).toBe('the variant no longer exists');
  });

  const insertWaiting = async (): Promise<{ jobId: string; variantId: string }> => {
    const { jobId, variantIds } = await insertJob(road.foreign, { adCopyKor: null, descKor: null });
    const variantId = variantIds[0] as string;
    const runs = createRuns(road.client);
    await road.until(VARIANT_STATE, [variantId], 'planner/done');
    await expect.poll(() => runs.look(variantWorkflowId(variantId)), { timeout: 20_000 }).toBe('waiting');
    return { jobId, variantId };
  };
});

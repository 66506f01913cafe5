import { Away, BadInput } from '../../activities/failures.js';
import { jobWorkflowId, type Stage, variantWorkflowId } from '../../workflows/contract.js';
import { untilWaiting } from './quiet.js';
import type { Road } from './road.js';
import { insertJob, insertText, JOB_STATE, type NewJobRows, setVariant, VARIANT_STATE } from './rows.js';

/** One door and outcome: walks it, and names the workflow whose last run is the history to keep. */
type Walk = (road: Road) => Promise<string>;

interface OneVariant {
  jobId: string;
  variantId: string;
}

const insertOne = async (road: Road, rows: NewJobRows = {}): Promise<OneVariant> => {
  const { jobId, variantIds } = await insertJob(road.foreign, rows);
  return { jobId, variantId: variantIds[0] as string };
};

const jobReaches = (road: Road, jobId: string, state: string): Promise<void> => road.until(JOB_STATE, [jobId], state);
const FINISHED = 'instagram_feed_gen/done';

/** Does something once, when a stage is first performed. */
const onceAt = (road: Road, stage: Stage, act: () => void | Promise<void>): void => {
  let isDone = false;
  road.script(async (claim) => {
    if (claim.stage !== stage || isDone) return;
    isDone = true;
    await act();
  });
};

const endOf = (road: Road, workflowId: string): Promise<unknown> =>
  road.client.workflow
    .getHandle(workflowId)
    .result()
    .catch((error: unknown) => error);

const walkDoorA =
  (...statuses: string[]): Walk =>
  async (road) => {
    const { jobId, variantId } = await insertOne(road, { imageType: 'generated' });
    for (const status of statuses) await setVariant(road.foreign, variantId, 'img_gen', status);
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  };

/** A stage that meets what a foreigner did to its row while it worked, and whose attempt then stumbles. */
const walkMeddling =
  (end: string, ...states: [step: string, status: string][]): Walk =>
  async (road) => {
    const { jobId, variantId } = await insertOne(road);
    onceAt(road, 'yolo_detect', async () => {
      for (const [step, status] of states) await setVariant(road.foreign, variantId, step, status);
      throw new Error('the stage stumbled');
    });
    await jobReaches(road, jobId, end);
    return variantWorkflowId(variantId);
  };

/** What ends within the patience of `PATIENT`. */
export const ON_A_PATIENT_ROAD: Record<string, Walk> = {
  async inside(road) {
    const { jobId, variantId } = await insertOne(road);
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
  'door-a-running-then-done': walkDoorA('running', 'done'),
  'door-a-done': walkDoorA('done'),
  async 'door-b'(road) {
    const { jobId, variantId } = await insertOne(road, { step: 'vlm_analyze', status: 'queued' });
    await road.until(VARIANT_STATE, [variantId], 'iou_eval/done');
    await road.foreign.query(`update jobs set current_step = 'img_gen', status = 'done' where job_id = $1`, [jobId]);
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
  async 'retried-generation'(road) {
    const { jobId, variantId } = await insertOne(road, { step: 'vlm_judge', status: 'queued' });
    onceAt(road, 'vlm_judge', () => {
      throw new BadInput('unreadable');
    });
    await jobReaches(road, jobId, 'vlm_judge/failed');
    await endOf(road, variantWorkflowId(variantId));
    await setVariant(road.foreign, variantId, 'overlay', 'queued');
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
  async 'text-arrives-late'(road) {
    const { jobId, variantId } = await insertOne(road, {
      step: 'planner',
      status: 'done',
      adCopyKor: null,
      descKor: null,
    });
    await untilWaiting(road.foreign, jobId);
    await insertText(road.foreign, jobId, 'ad_copy_kor', '늦게 온 문구');
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
  async 'bad-input'(road) {
    const { jobId, variantId } = await insertOne(road);
    onceAt(road, 'yolo_detect', () => {
      throw new BadInput('the picture is missing');
    });
    await jobReaches(road, jobId, 'yolo_detect/failed');
    return variantWorkflowId(variantId);
  },
  async 'failed-after-retries'(road) {
    const { jobId, variantId } = await insertOne(road, { step: 'planner', status: 'queued' });
    road.script(({ stage }) => {
      if (stage === 'planner') throw new Error('the planner stumbled');
    });
    await jobReaches(road, jobId, 'planner/failed');
    return variantWorkflowId(variantId);
  },
  async 'outage-then-success'(road) {
    const { jobId, variantId } = await insertOne(road, { step: 'ocr_eval', status: 'queued' });
    onceAt(road, 'ocr_eval', () => {
      throw new Away('the service is away', 100);
    });
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
  async 'cancelled-at-work'(road) {
    const { variantId } = await insertOne(road);
    let letGo = (): void => {};
    const isHeld = new Promise<void>((resolve) => {
      onceAt(road, 'vlm_analyze', async () => {
        resolve();
        await new Promise<void>((release) => {
          letGo = release;
        });
        throw new Error('woken too late');
      });
    });
    await isHeld;
    await road.client.workflow.getHandle(variantWorkflowId(variantId)).cancel();
    await endOf(road, variantWorkflowId(variantId));
    letGo();
    return variantWorkflowId(variantId);
  },
  async 'cancelled-while-waiting'(road) {
    const { jobId, variantId } = await insertOne(road, {
      step: 'planner',
      status: 'done',
      adCopyKor: null,
      descKor: null,
    });
    await untilWaiting(road.foreign, jobId);
    await road.client.workflow.getHandle(variantWorkflowId(variantId)).cancel();
    return variantWorkflowId(variantId);
  },
  async 'job-finished'(road) {
    const { jobId } = await insertOne(road, { step: 'iou_eval', status: 'queued' });
    await jobReaches(road, jobId, FINISHED);
    return jobWorkflowId(jobId);
  },
  async 'job-stage-failed'(road) {
    const { jobId } = await insertOne(road, { step: 'iou_eval', status: 'queued' });
    onceAt(road, 'instagram_feed_gen', () => {
      throw new BadInput('no words for this');
    });
    await jobReaches(road, jobId, 'instagram_feed_gen/failed');
    return jobWorkflowId(jobId);
  },
  async 'job-rests-without-copy'(road) {
    const { jobId } = await insertOne(road, { step: 'iou_eval', status: 'queued', adCopyEng: null });
    await untilWaiting(road.foreign, jobId);
    return jobWorkflowId(jobId);
  },
  async 'job-goes-on-with-late-copy'(road) {
    const { jobId } = await insertOne(road, { step: 'iou_eval', status: 'queued', adCopyEng: null });
    await untilWaiting(road.foreign, jobId);
    await endOf(road, jobWorkflowId(jobId));
    await insertText(road.foreign, jobId, 'ad_copy_eng', 'Come and taste');
    await jobReaches(road, jobId, FINISHED);
    return jobWorkflowId(jobId);
  },
  async 'row-deleted'(road) {
    const { variantId } = await insertOne(road);
    const isDeleted = new Promise<void>((resolve) => {
      onceAt(road, 'vlm_analyze', async () => {
        await road.foreign.query('delete from jobs_variants where job_variants_id = $1', [variantId]);
        resolve();
      });
    });
    await isDeleted;
    return variantWorkflowId(variantId);
  },
  async 'restored-after-meddling'(road) {
    const { jobId, variantId } = await insertOne(road);
    onceAt(road, 'planner', async () => {
      await setVariant(road.foreign, variantId, 'vlm_analyze', 'queued');
      await road.until(VARIANT_STATE, [variantId], 'planner/running');
    });
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
  'adopted-forward': walkMeddling(FINISHED, ['overlay', 'done']),
  'failed-by-a-foreigner': walkMeddling('yolo_detect/failed', ['yolo_detect', 'failed']),
  'reopened-on-the-way': walkMeddling(FINISHED, ['yolo_detect', 'failed'], ['ocr_eval', 'queued']),
};

/** What needs the waits to run out: grace and patience are a fraction of a second. */
export const ON_AN_IMPATIENT_ROAD: Record<string, Walk> = {
  async 'text-never-arrives'(road) {
    const { jobId, variantId } = await insertOne(road, {
      step: 'planner',
      status: 'done',
      adCopyKor: null,
      descKor: null,
    });
    await jobReaches(road, jobId, 'overlay/failed');
    return variantWorkflowId(variantId);
  },
  async 'description-after-the-grace'(road) {
    const { jobId, variantId } = await insertOne(road, { step: 'planner', status: 'done', adCopyKor: null });
    await jobReaches(road, jobId, FINISHED);
    return variantWorkflowId(variantId);
  },
};

export const RECORDED_NAMES = Object.keys({ ...ON_A_PATIENT_ROAD, ...ON_AN_IMPATIENT_ROAD }).sort();

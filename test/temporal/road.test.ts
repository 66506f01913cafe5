import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Away, BadInput } from '../../activities/failures.js';
import { VARIANT_STAGES, variantWorkflowId } from '../../workflows/contract.js';
import { noEventsLeft, untilWaiting } from '../support/quiet.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, insertText, JOB_STATE, setVariant, stateOf, VARIANT_STATE } from '../support/rows.js';

let road: Road;
beforeAll(async () => {
  road = await openRoad({ overlayTextGraceMs: 300, overlayTextPatienceMs: 600 });
});
afterAll(() => road?.close());
beforeEach(() => road.startAfresh());

const retryCount = async (variantId: string): Promise<number> =>
  (await road.foreign.query('select retry_count from jobs_variants where job_variants_id = $1', [variantId])).rows[0]
    .retry_count;
const reasonOf = async (variantId: string): Promise<string> =>
  (await road.foreign.query('select reason from pipeline.runs where job_variants_id = $1', [variantId])).rows[0].reason;

describe('generation inside', () => {
  it('takes three variants from their input to the feed, every stage once', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { variants: 3 });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');

    for (const id of variantIds) {
      expect(await stateOf(road.foreign, 'jobs_variants', id)).toBe('iou_eval/done');
      expect(road.stagesOf(id)).toEqual([...VARIANT_STAGES]);
      expect(await retryCount(id)).toBe(0);
    }
    expect(road.stagesOf(jobId)).toEqual(['ad_copy_gen_kor', 'instagram_feed_gen']);
    const { rows } = await road.foreign.query('select count(*)::int as left_over from pipeline.outbox');
    expect(rows[0].left_over).toBe(0);
  });

  it('needs no more than 60 events of history for a variant', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    const handle = road.client.workflow.getHandle(variantWorkflowId(variantIds[0] as string));
    await handle.result();
    const { events } = await handle.fetchHistory();
    expect(events?.length).toBeLessThanOrEqual(60);
  });
});

describe('a job without variants, as a front end writes it', () => {
  it('is given its variants once its creator has had time to write them', async () => {
    const { jobId } = await insertJob(road.foreign, { variants: 0 });
    await road.foreign.query(`update jobs set current_step = 'user_img_input', updated_at = now() where job_id = $1`, [
      jobId,
    ]);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    const { rows } = await road.foreign.query(
      'select job_variants_id from jobs_variants where job_id = $1 order by creation_order',
      [jobId],
    );
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(road.stagesOf(row.job_variants_id)).toEqual([...VARIANT_STAGES]);
  });

  it('stays as it is when its pictures are made outside', async () => {
    const { jobId } = await insertJob(road.foreign, { variants: 0, imageGeneration: 'external' });
    await noEventsLeft(road.foreign);
    const { rows } = await road.foreign.query('select from jobs_variants where job_id = $1', [jobId]);
    expect(rows).toHaveLength(0);
  });
});

describe('Door A: the guide', () => {
  it.each([
    ['with running first', ['running', 'done']],
    ['without running', ['done']],
  ])('%s', async (_, statuses) => {
    const { jobId, variantIds } = await insertJob(road.foreign, { imageType: 'generated' });
    const [variantId] = variantIds as [string];
    for (const status of statuses) await setVariant(road.foreign, variantId, 'img_gen', status);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(VARIANT_STAGES.slice(1));
  });

  it('is heard although no worker is there, and goes on when one comes', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { imageType: 'generated' });
    const [variantId] = variantIds as [string];
    await road.stopWorkers();
    try {
      await setVariant(road.foreign, variantId, 'img_gen', 'done');
      await road.until(VARIANT_STATE, [variantId], 'vlm_analyze/queued');
    } finally {
      await road.startWorkers();
    }
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
  });

  it('is obeyed once, however often it is said', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { imageType: 'generated' });
    const [variantId] = variantIds as [string];
    await Promise.all(Array.from({ length: 5 }, () => setVariant(road.foreign, variantId, 'img_gen', 'done')));
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId)).toEqual(VARIANT_STAGES.slice(1));
  });
});

describe('Door B: real YE', () => {
  it('waits for YE to say that no more variants come, and keeps the end that YE overwrites', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { variants: 2, step: 'vlm_analyze', status: 'queued' });
    for (const id of variantIds) await road.until(VARIANT_STATE, [id], 'iou_eval/done');
    expect(await stateOf(road.foreign, 'jobs', jobId)).toBe('iou_eval/running');

    const closing = `update jobs set current_step = 'img_gen', status = 'done' where job_id = $1`;
    await road.foreign.query(closing, [jobId]);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    await road.foreign.query(closing, [jobId]);
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(jobId)).toEqual(['ad_copy_gen_kor', 'instagram_feed_gen']);
    for (const id of variantIds) expect(road.stagesOf(id)).toEqual(VARIANT_STAGES.slice(1));
  });
});

describe('meddling', () => {
  it('puts back a row that a foreigner set back on the way', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    let meddled = false;
    road.script(async ({ stage }) => {
      if (stage !== 'planner' || meddled) return;
      meddled = true;
      await setVariant(road.foreign, variantId, 'vlm_analyze', 'queued');
      await road.until(VARIANT_STATE, [variantId], 'planner/running');
    });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(meddled).toBe(true);
    expect(road.stagesOf(variantId)).toEqual([...VARIANT_STAGES]);
    const { rows } = await road.foreign.query('select action from pipeline.audit where job_variants_id = $1', [
      variantId,
    ]);
    expect(rows).toEqual([{ action: 'restored' }]);
  });

  it('is put back by the run itself while no bridge is there', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    let meddled = false;
    road.script(async ({ stage }) => {
      if (stage !== 'planner' || meddled) return;
      meddled = true;
      await road.stopBridge();
      await setVariant(road.foreign, variantId, 'vlm_analyze', 'queued');
      throw new Error('the planner stumbled');
    });
    try {
      await road.until(VARIANT_STATE, [variantId], 'iou_eval/done');
    } finally {
      road.startBridge();
    }
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId).filter((stage) => stage === 'vlm_analyze')).toHaveLength(1);
  });

  it('starts no feed for a job that is only said to have its copy', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { imageType: 'generated' });
    await road.foreign.query(`update jobs set current_step = 'ad_copy_gen_kor', status = 'done' where job_id = $1`, [
      jobId,
    ]);
    await setVariant(road.foreign, variantIds[0] as string, 'img_gen', 'done');
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(jobId)).toEqual(['ad_copy_gen_kor', 'instagram_feed_gen']);
    expect(road.stagesOf(variantIds[0] as string)).toEqual(VARIANT_STAGES.slice(1));
  });
});

describe('failures', () => {
  it('counts what it repeats', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    let failures = 0;
    road.script(({ stage }) => {
      if (stage === 'planner' && failures++ < 2) throw new Error('the planner stumbled');
    });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.stagesOf(variantId).filter((stage) => stage === 'planner')).toHaveLength(3);
    expect(await retryCount(variantId)).toBe(2);
  });

  it('ends a variant whose input is bad, with the reason, and nothing after it', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    road.script(({ stage }) => {
      if (stage === 'yolo_detect') throw new BadInput('the picture is missing');
    });
    await road.until(JOB_STATE, [jobId], 'yolo_detect/failed');
    expect(await stateOf(road.foreign, 'jobs_variants', variantId)).toBe('yolo_detect/failed');
    expect(await reasonOf(variantId)).toBe('the picture is missing');
    expect(road.stagesOf(variantId)).toEqual(['img_gen', 'vlm_analyze', 'yolo_detect']);
  });

  it('finishes a job with the variants that succeeded', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { variants: 3 });
    road.script(({ stage, unitId }) => {
      if (stage === 'overlay' && unitId === variantIds[1]) throw new BadInput('no room for the text');
    });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(await stateOf(road.foreign, 'jobs_variants', variantIds[1] as string)).toBe('overlay/failed');
  });

  it('waits for a dependency that is away, and counts no retry', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    let calls = 0;
    road.script(({ stage }) => {
      if (stage === 'vlm_analyze' && calls++ === 0) throw new Away('the service is away', 100);
    });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(calls).toBe(2);
    expect(await retryCount(variantId)).toBe(0);
  });

  it('does anew what SQL reopens, from the stage it names', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    const [variantId] = variantIds as [string];
    road.script(({ stage }) => {
      if (stage === 'vlm_judge') throw new BadInput('unreadable');
    });
    await road.until(JOB_STATE, [jobId], 'vlm_judge/failed');
    road.script(() => {});
    road.calls.length = 0;
    await setVariant(road.foreign, variantId, 'overlay', 'queued');
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(
      road.calls.filter((call) => call.unitId === variantId).map(({ stage, generation }) => [stage, generation]),
    ).toEqual(VARIANT_STAGES.slice(4).map((stage) => [stage, 2]));
  });
});

describe('texts', () => {
  it('draws the Korean copy when it comes late', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { adCopyKor: null, descKor: null });
    await road.until(VARIANT_STATE, [variantIds[0]], 'planner/done');
    await untilWaiting(road.foreign, jobId);
    await insertText(road.foreign, jobId, 'ad_copy_kor', '늦게 온 문구');
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.calls.find((call) => call.stage === 'overlay')?.inputs.text).toBe('늦게 온 문구');
  });

  it('draws the description after the grace', async () => {
    const { jobId } = await insertJob(road.foreign, { adCopyKor: null, descKor: '사장님의 말' });
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
    expect(road.calls.find((call) => call.stage === 'overlay')?.inputs.text).toBe('사장님의 말');
  });

  it('fails with the reason when no text ever comes', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign, { adCopyKor: null, descKor: null });
    await road.until(JOB_STATE, [jobId], 'overlay/failed');
    expect(await reasonOf(variantIds[0] as string)).toMatch(/no Korean text \(ad_copy_kor\) arrived within/);
  });

  it('rests without English copy and goes on when it comes', async () => {
    const { jobId } = await insertJob(road.foreign, { adCopyEng: null });
    await untilWaiting(road.foreign, jobId);
    expect(await stateOf(road.foreign, 'jobs', jobId)).toBe('iou_eval/done');
    expect(
      (await road.foreign.query('select reason from pipeline.jobs where job_id = $1', [jobId])).rows[0].reason,
    ).toBe('rests until English copy (ad_copy_eng) arrives');
    await insertText(road.foreign, jobId, 'ad_copy_eng', 'Come and taste');
    await road.until(JOB_STATE, [jobId], 'instagram_feed_gen/done');
  });
});

describe('bad orders', () => {
  it('forgets an event whose row is gone', async () => {
    await road.foreign.query(`insert into pipeline.outbox (kind, job_id, job_variants_id) values ('variant', $1, $2)`, [
      randomUUID(),
      randomUUID(),
    ]);
    await road.foreign.query(`notify pipeline_wake`);
    await noEventsLeft(road.foreign);
  });
});

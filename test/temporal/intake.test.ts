import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pauseIntake, resumeIntake } from '../../src/admin/intake.js';
import { retryVariant } from '../../src/admin/retry-variant.js';
import { VARIANT_STAGES } from '../../workflows/contract.js';
import { openRoad, type Road } from '../support/road.js';
import { insertJob, JOB_STATE, stateOf } from '../support/rows.js';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
});
afterAll(() => road?.close());
beforeEach(() => road.startAfresh());

const order = { actor: 'test' };
const FINISHED = 'instagram_feed_gen/done';

/** No channel announces that an event is held; its row is the only sign. */
const untilHeld = (jobId: string, count: number): Promise<void> =>
  expect
    .poll(
      async () =>
        (await road.foreign.query('select from pipeline.outbox where job_id = $1 and held_at is not null', [jobId]))
          .rowCount,
    )
    .toBe(count)
    .then(() => undefined);

describe('paused intake', () => {
  it('holds new work, lets finish what was begun, and resumes exactly what it held', async () => {
    const begun = await insertJob(road.foreign);
    let letGo = (): void => {};
    const reached = new Promise<void>((resolve) => {
      road.script(async ({ stage, unitId }) => {
        if (unitId !== begun.variantIds[0] || stage !== 'planner') return;
        resolve();
        await new Promise<void>((go) => {
          letGo = go;
        });
      });
    });
    await reached;
    expect(await pauseIntake(road.foreign, null, order)).toMatchObject({
      outcome: 'done',
      observed: { pausedTenants: [null] },
    });
    expect(await pauseIntake(road.foreign, null, order)).toMatchObject({ outcome: 'refused' });
    const held = await insertJob(road.foreign, { variants: 2 });
    await untilHeld(held.jobId, 2);
    letGo();
    await road.until(JOB_STATE, [begun.jobId], FINISHED);

    expect(await stateOf(road.foreign, 'jobs_variants', held.variantIds[0] as string)).toBe('user_img_input/done');
    expect(road.stagesOf(held.variantIds[0] as string)).toEqual([]);
    const resumed = await resumeIntake(road.foreign, null, order);
    expect(resumed).toMatchObject({ outcome: 'done', resumed: 2, observed: { pausedTenants: [], held: 0 } });
    await road.until(JOB_STATE, [held.jobId], FINISHED);
    for (const id of held.variantIds) expect(road.stagesOf(id)).toEqual([...VARIANT_STAGES]);
    expect(await resumeIntake(road.foreign, null, order)).toMatchObject({ outcome: 'refused', resumed: 0 });
    const { rows } = await road.foreign.query(
      `select action, note from pipeline.audit where action like '%intake' order by audit_id`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'pause intake',
      'pause intake',
      'resume intake',
      'resume intake',
    ]);
  });

  it('of one tenant leaves the others alone, and outlasts the end of another pause', async () => {
    await pauseIntake(road.foreign, 'test', order);
    await pauseIntake(road.foreign, null, order);
    const mine = await insertJob(road.foreign);
    const others = await insertJob(road.foreign);
    await road.foreign.query(`insert into tenants (tenant_id) values ('other') on conflict do nothing`);
    await road.foreign.query(`update jobs set tenant_id = 'other' where job_id = $1`, [others.jobId]);
    await untilHeld(mine.jobId, 1);
    await untilHeld(others.jobId, 1);
    expect(await resumeIntake(road.foreign, null, order)).toMatchObject({
      resumed: 1,
      observed: { pausedTenants: ['test'], held: 1 },
    });
    await road.until(JOB_STATE, [others.jobId], FINISHED);
    expect(road.stagesOf(mine.variantIds[0] as string)).toEqual([]);
    await resumeIntake(road.foreign, 'test', order);
    await road.until(JOB_STATE, [mine.jobId], FINISHED);
  });

  it('makes no variants for a job that has none, until it is resumed', async () => {
    await pauseIntake(road.foreign, null, order);
    const { jobId } = await insertJob(road.foreign, { variants: 0 });
    await road.foreign.query(`update jobs set updated_at = now() - interval '1 minute' where job_id = $1`, [jobId]);
    await untilHeld(jobId, 1);
    expect((await road.foreign.query('select from jobs_variants where job_id = $1', [jobId])).rowCount).toBe(0);
    await resumeIntake(road.foreign, null, order);
    await road.until(JOB_STATE, [jobId], FINISHED);
  });

  it('holds a retry as well', async () => {
    const { jobId, variantIds } = await insertJob(road.foreign);
    await road.until(JOB_STATE, [jobId], FINISHED);
    await pauseIntake(road.foreign, null, order);
    await retryVariant(road.foreign, { variantId: variantIds[0] as string, from: 'iou_eval' }, order);
    await untilHeld(jobId, 1);
    expect(await retryVariant(road.foreign, { variantId: variantIds[0] as string }, order)).toMatchObject({
      outcome: 'refused',
    });
    await resumeIntake(road.foreign, null, order);
    await road.until(
      `select current_step || '/' || status from jobs_variants where job_variants_id = $1`,
      [variantIds[0]],
      'iou_eval/done',
    );
  });
});

import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noteFigures } from '../support/figures.js';
import { effectsOf, idealEffects } from '../support/effects.js';
import { callsOf, checkInvariants, idealCalls, retryCountsOf } from '../support/invariants.js';
import { noEventsLeft } from '../support/quiet.js';
import { openScene, type Scene } from '../support/scene.js';
import { seededRandom, shuffled } from '../support/seeded-random.js';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene?.close());
afterEach(() => scene.stages.play({}));

describe('events that say nothing new', () => {
  it('scenario 12: every notification and every event repeated ten times, shuffled, also after the end', async () => {
    const random = seededRandom(12);
    /** Each message once: the repetitions are heard as well. */
    const heard = new Map<string, { channel: string; payload: string }>();
    const listener = new pg.Client({ connectionString: scene.databaseUrl });
    await listener.connect();
    listener.on('notification', ({ channel, payload = '' }) =>
      heard.set(`${channel} ${payload}`, { channel, payload }),
    );
    await listener.query('listen job_variant_state_changed; listen job_state_changed; listen pipeline_wake');

    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    const repeat = async (): Promise<void> => {
      const messages = shuffled(
        [...heard.values()].flatMap((message) => Array.from({ length: 10 }, () => message)),
        random,
      );
      for (const { channel, payload } of messages)
        await scene.foreign.query('select pg_notify($1, $2)', [channel, payload]);
      const events = shuffled(
        [null, ...variantIds].flatMap((id) => Array.from({ length: 10 }, () => id)),
        random,
      );
      for (const id of events) {
        await scene.foreign.query(`insert into pipeline.outbox (kind, job_id, job_variants_id) values ($1, $2, $3)`, [
          id ? 'variant' : 'job',
          jobId,
          id,
        ]);
      }
    };

    await scene.release(...variantIds);
    for (const step of ['yolo_detect', 'overlay', 'ocr_eval']) {
      await scene.until(
        `select bool_or(pipeline.step_order(current_step) >= pipeline.step_order('${step}'))
           from jobs_variants where job_id = $1`,
        jobId,
      );
      await repeat();
    }
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    await repeat();
    await scene.foreign.query(`notify pipeline_wake`);
    await noEventsLeft(scene.foreign);
    await listener.end();

    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await checkInvariants(scene, [jobId]);
  });

  it('scenario 15: choosing pictures and touching rows of a finished job changes nothing else', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    await scene.release(...variantIds);
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    const versions = (await scene.history.ofJob(jobId)).length;

    for (const id of variantIds) {
      await scene.foreign.query('update jobs_variants set selected = not selected where job_variants_id = $1', [id]);
      await scene.foreign.query('update jobs_variants set updated_at = now() where job_variants_id = $1', [id]);
    }
    await noEventsLeft(scene.foreign);
    expect(await scene.history.ofJob(jobId)).toHaveLength(versions);
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    await noteFigures(scene, '15: pictures chosen after the end', [jobId]);
    await checkInvariants(scene, [jobId]);
  });
});

describe('the last transactions', () => {
  it('scenario 13: all overlap, and the job still sees that it is complete', async () => {
    const { jobId, variantIds } = await scene.guideJob({ variants: 3 });
    await scene.stages.play({ stages: { iou_eval: { hang: 3 } } });
    await scene.release(...variantIds);
    for (const id of variantIds) await scene.stages.untilCalled('iou_eval', 1, id);

    const holder = await scene.foreign.connect();
    try {
      await holder.query('begin');
      await holder.query('select from jobs where job_id = $1 for no key update', [jobId]);
      await scene.stages.release();
      // Three transactions that have written their `done` and wait to count: none sees another's.
      const waiting = async (): Promise<number | null> =>
        (
          await scene.foreign.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query = 'commit'
              and application_name = 'feedlyai-stages'`,
          )
        ).rowCount;
      await expect.poll(waiting, { timeout: 20_000 }).toBe(3);
      await holder.query('commit');
    } finally {
      holder.release();
    }
    await scene.untilJob(jobId, 'instagram_feed_gen/done');
    expect(await effectsOf(scene, jobId)).toEqual(idealEffects(3));
    expect(await callsOf(scene, jobId)).toBe(idealCalls(3));
    expect(await retryCountsOf(scene, jobId)).toEqual({ job: 0, variants: [0, 0, 0] });
    await checkInvariants(scene, [jobId]);
  });
});

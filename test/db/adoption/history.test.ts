import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimSuspects, ringForgotten } from '../../../src/bridge/suspects.js';
import { adoptSince, parseSince } from '../../../src/cli/adopt.js';
import { adopt } from '../../../src/db/adoption/adopt.js';
import { restore } from '../../../src/db/adoption/restore.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import type { TestDatabase } from '../../support/database.js';
import { createOriginalDatabase } from '../../support/original-database.js';
import { setVariant, stateOf } from '../../support/rows.js';

let database: TestDatabase;
let foreign: Pool;
let admin: Pool;
/** As the server does on its timer, whoever's turn it is. */
const sweep = async (): Promise<void> => ringForgotten(admin, await claimSuspects(admin, 1_000, { all: true }));
const open = (writer?: 'admin'): Pool =>
  createPool({ url: database.url, name: 'test', size: 3, log: pino({ level: 'silent' }), ...(writer && { writer }) });

beforeEach(async () => {
  database = await createOriginalDatabase('1.3.0', `insert into tenants (tenant_id) values ('shop')`);
  foreign = open();
  admin = open('admin');
});
afterEach(async () => {
  await Promise.all([foreign?.end(), admin?.end()]);
  await database?.drop();
});

/** A job as it stood before adoption: its own state, and its variants', last moved so many days ago. */
async function oldJob(job: string, variants: string[], days = 1): Promise<{ jobId: string; variantIds: string[] }> {
  const jobId = randomUUID();
  const [step, status] = job.split('/');
  await foreign.query(
    `insert into jobs (job_id, tenant_id, current_step, status, updated_at) values ($1, 'shop', $2, $3, now() - $4 * interval '1 day')`,
    [jobId, step, status, days],
  );
  const variantIds = variants.map(() => randomUUID());
  for (const [index, state] of variants.entries()) {
    await foreign.query(
      `insert into jobs_variants (job_variants_id, job_id, creation_order, current_step, status, updated_at)
       values ($1, $2, $3, $4, $5, now() - $6 * interval '1 day')`,
      [variantIds[index], jobId, index + 1, ...state.split('/'), days],
    );
  }
  return { jobId, variantIds };
}

const events = async (): Promise<string[]> =>
  (
    await foreign.query(`select coalesce(job_variants_id, job_id) as unit from pipeline.outbox order by outbox_id`)
  ).rows.map(({ unit }) => unit);
const silent = (): void => {};

describe('rows older than adoption', () => {
  it('start nothing by being there, by being swept, or by being touched', async () => {
    const { variantIds } = await oldJob('planner/running', ['planner/done', 'overlay/running', 'user_img_input/done']);
    await adopt(database.url);
    await sweep();
    await foreign.query('update jobs_variants set updated_at = now(), selected = true, retry_count = 1');
    await foreign.query('update jobs set updated_at = now()');
    // Beyond the age at which the sweep looks.
    await foreign.query(`update jobs_variants set updated_at = now() - interval '10 seconds'`);
    await sweep();
    expect(await events()).toEqual([]);
    expect(await stateOf(foreign, 'jobs_variants', variantIds[0] as string)).toBe('planner/done');
  });

  it('are recorded as history where they are not settled, and nowhere else', async () => {
    const { variantIds } = await oldJob('iou_eval/failed', ['iou_eval/done', 'planner/failed', 'planner/done']);
    await adopt(database.url);
    const { rows } = await foreign.query('select job_variants_id as id, history from pipeline.runs');
    expect(rows).toEqual([{ id: variantIds[2], history: true }]);
  });

  it('start when somebody writes their step or status: that is an event like any other', async () => {
    const { variantIds } = await oldJob('planner/running', ['planner/failed', 'planner/done']);
    await adopt(database.url);
    await setVariant(foreign, variantIds[0] as string, 'planner', 'queued');
    await setVariant(foreign, variantIds[1] as string, 'overlay', 'queued');
    expect(await events()).toEqual(variantIds);
    const { rows } = await foreign.query('select history from pipeline.runs where job_variants_id = $1', [
      variantIds[1],
    ]);
    expect(rows).toEqual([{ history: false }]);
  });

  it('of a finished job stay finished when they are touched: no second feed', async () => {
    const { jobId } = await oldJob('instagram_feed_gen/done', ['iou_eval/done', 'iou_eval/done', 'iou_eval/done']);
    await foreign.query(
      `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
         instagram_ad_copy, hashtags) values ($1, 'shop', '', '', '', '', '', '')`,
      [jobId],
    );
    await adopt(database.url);
    await foreign.query('update jobs_variants set selected = true');
    expect(await stateOf(foreign, 'jobs', jobId)).toBe('instagram_feed_gen/done');
    expect(await events()).toEqual([]);
  });

  it('are not believed to have a feed or a translation that is not there', async () => {
    const { jobId } = await oldJob('ad_copy_gen_kor/done', ['vlm_analyze/done']);
    await adopt(database.url);
    const { rows } = await foreign.query('select stage, status from pipeline.jobs where job_id = $1', [jobId]);
    expect(rows).toEqual([{ stage: null, status: null }]);
  });

  it('become history again after the database was given back and taken over anew', async () => {
    const { variantIds } = await oldJob('planner/running', ['planner/done']);
    await adopt(database.url);
    await setVariant(foreign, variantIds[0] as string, 'overlay', 'queued');
    await restore(database.url);
    await setVariant(foreign, variantIds[0] as string, 'ocr_eval', 'done');
    await adopt(database.url);
    expect(await events()).toEqual([]);
    const { rows } = await foreign.query('select history, open, generation from pipeline.runs');
    expect(rows).toEqual([{ history: true, open: false, generation: 2 }]);
  });
});

describe('adopt --since', () => {
  it('says what it would start, and starts nothing, on a dry run', async () => {
    await oldJob('planner/running', ['planner/done', 'planner/done', 'overlay/running', 'iou_eval/done']);
    await oldJob('iou_eval/done', ['iou_eval/done']);
    await oldJob('planner/running', ['planner/done'], 30);
    await adopt(database.url);
    const lines: string[] = [];
    const since = parseSince('2d');
    expect(await adoptSince(admin, since, { dryRun: true, tell: (line) => lines.push(line) })).toBe(0);
    expect(lines).toEqual([
      `3 variants and 1 job from before adoption have moved since ${since} and call for work; they would be started`,
      '  2 at planner/done',
      '  1 at overlay/running',
    ]);
    expect(await events()).toEqual([]);
  });

  it('rings for exactly those, once: a row left running is queued again, with a note', async () => {
    const { jobId: resting } = await oldJob('iou_eval/done', ['iou_eval/done'], 1);
    const { jobId: uncounted } = await oldJob('iou_eval/running', ['iou_eval/done', 'iou_eval/done'], 1);
    const { variantIds } = await oldJob('planner/running', ['planner/done', 'overlay/running', 'img_gen/running'], 1);
    await oldJob('instagram_feed_gen/failed', ['iou_eval/done'], 1);
    await oldJob('planner/failed', ['planner/failed'], 1);
    await oldJob('planner/running', ['planner/done'], 30);
    await adopt(database.url);
    expect(await adoptSince(admin, parseSince('2d'), { dryRun: false, tell: silent })).toBe(4);
    expect((await events()).toSorted()).toEqual(
      [variantIds[0] as string, variantIds[1] as string, resting, uncounted].toSorted(),
    );
    expect(await stateOf(foreign, 'jobs_variants', variantIds[1] as string)).toBe('overlay/queued');
    expect((await foreign.query('select action, job_variants_id as id from pipeline.audit')).rows).toEqual([
      { action: 'queued again', id: variantIds[1] },
    ]);
    expect(await adoptSince(admin, parseSince('2d'), { dryRun: false, tell: silent })).toBe(0);
    expect(await events()).toHaveLength(4);
  });

  it('goes batch by batch, and waits for the bridge in between', async () => {
    await oldJob(
      'planner/running',
      Array.from({ length: 5 }, () => 'planner/done'),
    );
    await adopt(database.url);
    const lines: string[] = [];
    const taken: Promise<number | null>[] = [];
    const rung = await adoptSince(admin, parseSince('2d'), {
      dryRun: false,
      batchSize: 2,
      tell: (line) => {
        lines.push(line);
        // Takes what is there, as a bridge would.
        if (line.startsWith('rung'))
          taken.push(foreign.query('delete from pipeline.outbox').then(({ rowCount }) => rowCount));
      },
    });
    expect(await Promise.all(taken)).toEqual([2, 2, 1]);
    expect(rung).toBe(5);
    expect(lines.filter((line) => line.startsWith('rung'))).toEqual(['rung 2 of 5', 'rung 4 of 5', 'rung 5 of 5']);
  });

  it.each(['yesterday', '2025-13-45', '-2d', '3000-01-01'])('refuses "%s", and says what it takes', (text) => {
    expect(() => parseSince(text)).toThrow(/how long ago|future/);
  });
  it.each([
    ['2d', '2025-12-01T00:00:00.000Z'],
    ['90m', '2025-12-02T22:30:00.000Z'],
    ['2025-12-03T09:00:00+09:00', '2025-12-03T00:00:00.000Z'],
  ])('takes %s', (text, expected) => {
    const now = text.startsWith('2025') ? Date.now() : Date.parse('2025-12-03T00:00:00Z');
    expect(parseSince(text, now)).toBe(expected);
  });
});

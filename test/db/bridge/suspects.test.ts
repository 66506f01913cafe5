import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimBatch } from '../../../src/bridge/outbox.js';
import { claimSuspects, countRestart, ringForgotten, type Suspect } from '../../../src/bridge/suspects.js';
import { takeTurn } from '../../../src/bridge/turns.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { untilOneWaits } from '../../support/lock-waits.js';
import { insertJob, insertText, type JobRows, type NewJobRows } from '../../support/rows.js';

const EVERY = 60_000;
let database: TestDatabase;
let bridge: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  bridge = createPool({
    url: database.url,
    name: 'bridge',
    writer: 'bridge',
    size: 4,
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await bridge?.end();
  await database?.drop();
});
beforeEach(async () => {
  await bridge.query('truncate jobs cascade; truncate pipeline.outbox, pipeline.turns');
  await bridge.query(`update pipeline.settings set adopted_at = now() - interval '1 h'`);
});

/** All rows as if they had last moved a while ago. */
const age = (by = '1 min'): Promise<unknown> =>
  bridge.query(`
    update jobs_variants set updated_at = clock_timestamp() - interval '${by}';
    update jobs set updated_at = clock_timestamp() - interval '${by}';
    update pipeline.jobs set updated_at = clock_timestamp() - interval '${by}';
    update pipeline.runs set updated_at = clock_timestamp() - interval '${by}', opened_at = clock_timestamp() - interval '${by}'`);

/** A job whose variants a run is recorded to be working on. Its writes are marked: they leave no events. */
const insertOpen = async (options: NewJobRows = {}): Promise<JobRows> => {
  const rows = await insertJob(bridge, { step: 'planner', status: 'running', ...options });
  await bridge.query(
    `insert into pipeline.runs (job_variants_id, job_id, open, stage, status)
     select job_variants_id, job_id, true, current_step, status from jobs_variants where job_id = $1`,
    [rows.jobId],
  );
  await bridge.query('insert into pipeline.jobs (job_id) values ($1) on conflict do nothing', [rows.jobId]);
  await age();
  return rows;
};
const recordJob = async (stage: string, status: string, options: NewJobRows = {}): Promise<string> => {
  const { jobId } = await insertJob(bridge, { step: 'iou_eval', status: 'done', ...options });
  await bridge.query(
    `update pipeline.jobs set stage = $2, status = $3, updated_at = now() - interval '1 min' where job_id = $1`,
    [jobId, stage, status],
  );
  await bridge.query('truncate pipeline.outbox');
  return jobId;
};
const claimed = async (): Promise<Suspect[]> => claimSuspects(bridge, EVERY);
const idsOf = (suspects: Suspect[]): string[] => suspects.map((one) => one.unitId).sort();
const due = (): Promise<unknown> => bridge.query(`update pipeline.watches set due_at = now() - interval '1 s'`);

describe('suspected variants', () => {
  it('are left to the bridge that claimed them while this one was looking', async () => {
    await insertOpen();
    const other = await bridge.connect();
    try {
      await other.query('begin');
      await other.query(
        `insert into pipeline.watches (unit_id, job_id, generation, moved_at, due_at)
         select v.job_variants_id, v.job_id, r.generation, greatest(v.updated_at, r.updated_at, r.opened_at), now() + interval '1 min'
           from jobs_variants v join pipeline.runs r using (job_variants_id)`,
      );
      const late = claimed();
      await untilOneWaits(bridge, "query like 'with suspect as%'");
      await other.query('commit');
      expect(await late).toEqual([]);
    } finally {
      await other.query('rollback');
      other.release();
    }
  });

  it('are those that should have a run and have not moved for a while', async () => {
    const { variantIds } = await insertOpen({ variants: 2 });
    const [moving, still] = variantIds as [string, string];
    await bridge.query('update jobs_variants set updated_at = clock_timestamp() where job_variants_id = $1', [moving]);
    expect(await claimed()).toMatchObject([
      { kind: 'variant', unitId: still, step: 'planner', status: 'running', shouldRun: true, looks: 1, restarts: 0 },
    ]);
  });

  it.each([
    ['settled', `update jobs_variants set current_step = 'planner', status = 'failed'`],
    ['older than adoption', 'update pipeline.settings set adopted_at = now()'],
  ])('are not those that are %s', async (_, statement) => {
    await insertOpen();
    await bridge.query(statement);
    expect(await claimed()).toEqual([]);
  });

  it('are claimed by one of several bridges, and again only when their time has come or they have moved', async () => {
    const { variantIds } = await insertOpen({ variants: 20 });
    const rounds = await Promise.all([claimed(), claimed(), claimed()]);
    expect(idsOf(rounds.flat())).toEqual([...variantIds].sort());
    expect(await claimed()).toEqual([]);

    await due();
    expect((await claimed()).map((one) => one.looks)).toEqual(Array(20).fill(2));
    const [moved] = variantIds as [string];
    await bridge.query(
      `update pipeline.runs set updated_at = clock_timestamp() - interval '30 s' where job_variants_id = $1`,
      [moved],
    );
    expect(await claimed()).toMatchObject([{ unitId: moved, looks: 1 }]);
  });

  it('are restarted one by one', async () => {
    const { variantIds } = await insertOpen({ variants: 2 });
    await claimed();
    await countRestart(bridge, variantIds[0] as string, EVERY);
    const { rows } = await bridge.query('select unit_id from pipeline.watches where restarts > 0');
    expect(rows).toEqual([{ unit_id: variantIds[0] }]);
  });

  it('are all claimed by who asks for all', async () => {
    const { variantIds } = await insertOpen({ variants: 3 });
    await claimed();
    await bridge.query('update jobs_variants set updated_at = clock_timestamp()');
    expect(idsOf(await claimSuspects(bridge, EVERY, { all: true }))).toEqual([...variantIds].sort());
  });

  it('are told to wait rightly while their text is missing, and only then', async () => {
    const { jobId, variantIds } = await insertOpen({ step: 'planner', status: 'done', adCopyKor: null });
    await bridge.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage) values ($1, 'ad_copy_kor', 1, $2, 'overlay')`,
      [variantIds[0], jobId],
    );
    expect(await claimed()).toMatchObject([{ waitsRightly: true }]);
    await insertText(bridge, jobId, 'ad_copy_kor', '늦은 문구');
    await due();
    expect(await claimed()).toMatchObject([{ waitsRightly: false }]);
  });

  it('keep their back-off after a restart although they move, until they are reopened', async () => {
    const { variantIds } = await insertOpen();
    await claimed();
    await countRestart(bridge, variantIds[0] as string, EVERY);
    await due();
    await age('30 s');
    expect(await claimed()).toEqual([]);
    await bridge.query(`update pipeline.watches set not_before = now() - interval '1 s'`);
    expect(await claimed()).toMatchObject([{ restarts: 1 }]);
    await bridge.query('update pipeline.runs set generation = 2');
    await age('20 s');
    expect(await claimed()).toMatchObject([{ restarts: 0, generation: 2 }]);
  });
});

describe('forgotten rows', () => {
  it('are rung for once: a row that was written while the triggers slept', async () => {
    const { variantIds } = await insertJob(bridge, { step: 'img_gen', status: 'done' });
    await age();
    const forgotten = await claimed();
    expect(forgotten).toMatchObject([{ unitId: variantIds[0], shouldRun: false }]);
    await ringForgotten(bridge, forgotten);
    expect((await claimBatch(bridge)).rows).toMatchObject([{ kind: 'variant', variantId: variantIds[0] }]);
    await due();
    expect(await claimed()).toEqual([]); // the event is on its way
  });

  it.each([
    ['a variant', () => insertJob(bridge, { step: 'img_gen', status: 'done' })],
    // Its run waits, bounded, for YE's word that these are all; ringing wakes it for nothing.
    [
      'a job that awaits siblings',
      async () => {
        const jobId = await recordJob('iou_eval', 'running');
        await bridge.query(
          `insert into pipeline.runs (job_variants_id, job_id, door) select job_variants_id, job_id, 'B' from jobs_variants`,
        );
        const { rows } = await bridge.query('select pipeline.awaits_siblings($1) as yes', [jobId]);
        expect(rows).toEqual([{ yes: true }]);
      },
    ],
  ])('are looked at less and less often when nothing comes of it: %s', async (_, forget) => {
    await forget();
    await age();
    await bridge.query('truncate pipeline.outbox');
    const waits: number[] = [];
    for (let look = 0; look < 4; look++) {
      expect(await claimed()).toHaveLength(1);
      const { rows } = await bridge.query(
        `select round(extract(epoch from due_at - clock_timestamp()) / 60)::int as minutes from pipeline.watches`,
      );
      waits.push(rows[0].minutes);
      await due();
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  it('are jobs without variants, whether the bridge has seen them or not', async () => {
    const seen = await insertJob(bridge, { variants: 0 });
    const unseen = await insertJob(bridge, { variants: 0 });
    await bridge.query('insert into pipeline.jobs (job_id) values ($1)', [seen.jobId]);
    await age();
    expect(idsOf(await claimed())).toEqual([seen.jobId, unseen.jobId].sort());
  });

  it('are jobs whose last variant settled without being counted', async () => {
    const jobId = await recordJob('vlm_judge', 'running');
    const forgotten = await claimed();
    expect(forgotten).toMatchObject([{ kind: 'job', unitId: jobId, shouldRun: false }]);
    await ringForgotten(bridge, forgotten);
    expect((await claimBatch(bridge)).rows).toMatchObject([{ kind: 'job', jobId, variantId: null }]);
  });
});

describe('suspected jobs', () => {
  it.each([
    ['iou_eval', 'done'],
    ['ad_copy_gen_kor', 'queued'],
    ['ad_copy_gen_kor', 'running'],
    ['ad_copy_gen_kor', 'done'],
    ['instagram_feed_gen', 'running'],
  ])('are those at (%s, %s)', async (stage, status) => {
    const jobId = await recordJob(stage, status);
    expect(await claimed()).toMatchObject([{ kind: 'job', unitId: jobId, shouldRun: true }]);
  });

  it.each([
    ['finished', 'instagram_feed_gen', 'done', {}],
    ['failed', 'overlay', 'failed', {}],
    ['resting without English copy', 'iou_eval', 'done', { adCopyEng: null }],
  ])('are not those that are %s', async (_, stage, status, options) => {
    await recordJob(stage, status, options);
    expect(await claimed()).toEqual([]);
  });
});

it('a job is not suspected while the event of its late text is on its way', async () => {
  const jobId = await recordJob('iou_eval', 'done');
  await bridge.query(`insert into pipeline.outbox (kind, job_id) values ('text', $1)`, [jobId]);
  expect(await claimed()).toEqual([]);
});

describe('rows that are deleted', () => {
  it('take claims, waits and watches of their own unit along and wake the run that was open', async () => {
    const { jobId, variantIds } = await insertOpen({ variants: 2 });
    const [variantId, sibling] = variantIds as [string, string];
    await claimed();
    await bridge.query(
      `with unit as (select unnest($1::uuid[]) as id), claimed as (
         insert into pipeline.claims (unit_id, stage, generation, job_id, token)
         select id, 'planner', 1, $2, uuid_generate_v4() from unit)
       insert into pipeline.waits (unit_id, evidence, generation, job_id, stage)
       select id, 'ad_copy_kor', 1, $2, 'overlay' from unit`,
      [variantIds, jobId],
    );
    await bridge.query('delete from jobs_variants where job_variants_id = $1', [variantId]);
    const { rows } = await bridge.query(
      `select array(select unit_id from pipeline.claims) as claims, array(select unit_id from pipeline.waits) as waits,
              array(select unit_id from pipeline.watches) as watches`,
    );
    expect(rows).toEqual([{ claims: [sibling], waits: [sibling], watches: [sibling] }]);
    expect((await claimBatch(bridge)).rows).toMatchObject([{ kind: 'variant', variantId }]);
  });

  it('wake nobody when no run was open', async () => {
    const { variantIds } = await insertOpen();
    await bridge.query('update pipeline.runs set open = false');
    await bridge.query('delete from jobs_variants where job_variants_id = $1', [variantIds[0]]);
    expect((await claimBatch(bridge)).rows).toEqual([]);
  });
});

describe('turns', () => {
  it('are taken by one of several, once in a while', async () => {
    const taken = await Promise.all(Array.from({ length: 4 }, () => takeTurn(bridge, 'orphans', EVERY)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await takeTurn(bridge, 'purge', EVERY)).toBe(true);
    await bridge.query(`update pipeline.turns set taken_at = taken_at - interval '1 h'`);
    expect(await takeTurn(bridge, 'orphans', EVERY)).toBe(true);
  });
});

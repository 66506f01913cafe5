import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool, type PoolClient } from '../../../src/db/pool.js';
import { VARIANT_STAGES } from '../../../workflows/contract.js';
import { cases, timeFor } from '../../support/cases.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob, stateOf } from '../../support/rows.js';

let database: TestDatabase;
let own: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  own = createPool({ url: database.url, name: 'own', writer: 'worker', size: 8, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await own?.end();
  await database?.drop();
});

/** A variant's way: so many steps after vlm_analyze, then done at the end or failed where it is. */
const ways = fc.array(fc.record({ steps: fc.nat({ max: 7 }), fails: fc.boolean() }), { minLength: 1, maxLength: 5 });

/** Its writes, each a transaction that several may have open at once. */
const writesOf = ({ steps, fails }: { steps: number; fails: boolean }): [step: string, status: string][] => {
  const reached = VARIANT_STAGES.slice(1, 2 + (fails ? steps : 7));
  return reached.flatMap((step, index): [string, string][] => [
    [step, 'running'],
    [step, fails && index === reached.length - 1 ? 'failed' : 'done'],
  ]);
};

const placeOf = (state: string): number => {
  const [step, status] = state.split('/') as [string, string];
  return 3 * (VARIANT_STAGES as readonly string[]).indexOf(step) + ['queued', 'running', 'done'].indexOf(status);
};

const write = (db: PoolClient, variantId: string, [step, status]: [string, string]): Promise<unknown> =>
  db.query('update jobs_variants set current_step = $2, status = $3 where job_variants_id = $1', [
    variantId,
    step,
    status,
  ]);

it(
  'any order of any number of writers ends the job in one state, with one event, and never backwards',
  {
    timeout: timeFor(120_000),
  },
  () =>
    fc.assert(
      fc.asyncProperty(
        ways,
        fc.array(fc.record({ variant: fc.nat(), holds: fc.boolean() }), { maxLength: 90 }),
        async (variants, picks) => {
          const { jobId, variantIds } = await insertJob(own, {
            variants: variants.length,
            step: 'img_gen',
            status: 'done',
          });
          const left = variants.map(writesOf);
          const held = new Map<number, PoolClient>();
          const seen: string[] = [];
          const commit = async (index: number): Promise<void> => {
            const db = held.get(index);
            if (!db) return;
            held.delete(index);
            await db.query('commit');
            db.release();
            seen.push(await stateOf(own, 'jobs', jobId));
          };
          // Whoever writes may hold the transaction open while others write and commit.
          const play = async (index: number, holds: boolean): Promise<void> => {
            await commit(index);
            const next = left[index]?.shift();
            if (!next) return;
            const db = await own.connect();
            held.set(index, db);
            await db.query('begin');
            await write(db, variantIds[index] as string, next);
            if (!holds) await commit(index);
          };
          for (const { variant, holds } of picks) await play(variant % variants.length, holds);
          for (const [index, writes] of left.entries()) while (writes.length > 0) await play(index, false);
          for (const index of held.keys()) await commit(index);

          const failed = variants.filter(({ fails }) => fails);
          const furthest = VARIANT_STAGES[1 + Math.max(...failed.map(({ steps }) => steps))];
          const isDone = failed.length < variants.length;
          expect(await stateOf(own, 'jobs', jobId)).toBe(isDone ? 'iou_eval/done' : `${furthest}/failed`);
          const { rowCount: events } = await own.query(
            `delete from pipeline.outbox where kind = 'job' and job_id = $1`,
            [jobId],
          );
          expect(events).toBe(isDone ? 1 : 0);
          const places = seen.filter((state) => /^(?!.*(failed|user_img_input))/.test(state)).map(placeOf);
          expect(places).toEqual([...places].sort((a, b) => a - b));
        },
      ),
      cases(40),
    ),
);

it('writers who all commit at once leave no deadlock and one event', { timeout: timeFor(60_000) }, () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 2, maxLength: 8 }), async (fails) => {
      const { jobId, variantIds } = await insertJob(own, {
        variants: fails.length,
        step: 'iou_eval',
        status: 'running',
      });
      await Promise.all(
        fails.map((isFailed, index) =>
          own.query('update jobs_variants set status = $2 where job_variants_id = $1', [
            variantIds[index],
            isFailed ? 'failed' : 'done',
          ]),
        ),
      );
      const isDone = fails.includes(false);
      expect(await stateOf(own, 'jobs', jobId)).toBe(isDone ? 'iou_eval/done' : 'iou_eval/failed');
      const { rowCount: events } = await own.query(`delete from pipeline.outbox where kind = 'job' and job_id = $1`, [
        jobId,
      ]);
      expect(events).toBe(isDone ? 1 : 0);
    }),
    cases(40),
  ),
);

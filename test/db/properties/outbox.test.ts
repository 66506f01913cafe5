import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Batch, claimBatch, giveBack, postpone, removeDelivered } from '../../../src/bridge/outbox.js';
import { createPool, type Pool, type PoolClient } from '../../../src/db/pool.js';
import { cases, timeFor } from '../../support/cases.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
let bridge: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  bridge = createPool({ url: database.url, name: 'bridge', writer: 'bridge', size: 8, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await bridge?.end();
  await database?.drop();
});

const LEAVE = `insert into pipeline.outbox (kind, job_id) values ('job', gen_random_uuid()) returning outbox_id as id`;

const moves = fc.array(
  fc.oneof(
    fc.constant('write' as const),
    fc.constant('write, commit later' as const),
    fc.constant('commit' as const),
    fc.constant('claim' as const),
    fc.constant('deliver' as const),
    fc.constant('give back' as const),
    fc.constant('postpone' as const),
    fc.constant('lease runs out' as const),
  ),
  { maxLength: 40 },
);

/** Everything that waits is due, and every bridge that holds a lease has had its time. */
const DUE = `update pipeline.outbox set available_at = clock_timestamp(), lease_until = clock_timestamp() - interval '1 s'`;

it(
  'whatever bridges and writers do, every event is delivered, and never by two who hold it at once',
  {
    timeout: timeFor(120_000),
  },
  () =>
    fc.assert(
      fc.asyncProperty(moves, fc.infiniteStream(fc.nat()), async (played, picks) => {
        await bridge.query('truncate pipeline.outbox');
        const pick = (count: number): number => (picks.next().value as number) % count;
        const written = new Set<string>();
        const delivered = new Set<string>();
        const late: { db: PoolClient; id: string }[] = [];
        /** Who holds which lease; one that has run out is held by a bridge that does not know. */
        let batches: (Batch & { hasRunOut: boolean })[] = [];

        const commit = async (): Promise<void> => {
          const [open] = late.splice(pick(late.length || 1), 1);
          if (!open) return;
          await open.db.query('commit');
          open.db.release();
          written.add(open.id);
        };
        const claim = async (): Promise<void> => {
          const batch = await claimBatch(bridge);
          const held = new Set(
            batches.filter((one) => !one.hasRunOut).flatMap((one) => one.rows.map((row) => row.outboxId)),
          );
          for (const { outboxId } of batch.rows) {
            expect(held.has(outboxId)).toBe(false);
            expect(delivered.has(outboxId)).toBe(false);
          }
          batches.push({ ...batch, hasRunOut: false });
        };
        const withBatch = async (work: (batch: Batch & { hasRunOut: boolean }, ids: string[]) => Promise<void>) => {
          const [batch] = batches.splice(pick(batches.length || 1), 1);
          if (!batch) return;
          const ids = batch.rows.map((row) => row.outboxId);
          await work(batch, ids);
        };
        const left = async (): Promise<Set<string>> =>
          new Set((await bridge.query('select outbox_id as id from pipeline.outbox')).rows.map((row) => row.id));

        for (const move of played) {
          switch (move) {
            case 'write':
              written.add((await bridge.query(LEAVE)).rows[0].id);
              break;
            case 'write, commit later': {
              if (late.length > 3) break;
              const db = await bridge.connect();
              await db.query('begin');
              late.push({ db, id: (await db.query(LEAVE)).rows[0].id });
              break;
            }
            case 'commit':
              await commit();
              break;
            case 'claim':
              await claim();
              break;
            case 'deliver':
              await withBatch(async ({ lease, hasRunOut }, ids) => {
                await removeDelivered(bridge, lease, ids);
                const stay = await left();
                for (const id of ids) {
                  if (!stay.has(id)) delivered.add(id);
                  // A lease that still holds removes what it delivered, or it would be delivered again for ever.
                  else expect(hasRunOut).toBe(true);
                }
              });
              break;
            case 'give back':
              await withBatch(({ lease }, ids) =>
                giveBack(bridge, lease, ids, 'refused', { longest: 1_000, maxAttempts: 1_000, counts: true }),
              );
              break;
            case 'postpone':
              await withBatch(({ lease }, ids) => postpone(bridge, lease, ids, 60_000));
              break;
            case 'lease runs out':
              await bridge.query(DUE);
              batches = batches.map((batch) => ({ ...batch, hasRunOut: true }));
              break;
          }
        }
        while (late.length > 0) await commit();
        // A bridge that stays alive at last finds all that is left, and nothing that is gone.
        await bridge.query(DUE);
        const last = await claimBatch(bridge);
        const found = last.rows.map((row) => row.outboxId);
        expect([...delivered, ...found].sort()).toEqual([...written].sort());
      }),
      cases(60),
    ),
);

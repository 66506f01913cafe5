import { once } from 'node:events';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isDatabaseAway } from '../../src/db/is-database-away.js';
import { createPool, inTransaction, type Pool } from '../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { insertJob } from '../support/rows.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

it('a process that stands still in a transaction does not keep its locks', async () => {
  const { rows } = await pool.query('show idle_in_transaction_session_timeout');
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '30s' }]);

  const { jobId } = await insertJob(pool);
  const late = inTransaction(pool, async (db) => {
    await db.query('set local idle_in_transaction_session_timeout = 100');
    await db.query('select from jobs where job_id = $1 for update', [jobId]);
    await once(db, 'end');
    await db.query('select 1');
  });
  const error = await late.catch((thrown: unknown) => thrown);
  expect(isDatabaseAway(error), String(error)).toBe(true);
  expect((await pool.query('select from jobs where job_id = $1 for update nowait', [jobId])).rowCount).toBe(1);
});

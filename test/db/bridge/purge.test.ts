import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { purge } from '../../../src/bridge/purge.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { insertJob } from '../../support/rows.js';

const HOUR = 3_600_000;
const retention = { answers: 2 * HOUR, waits: 2 * HOUR, audit: 2 * HOUR, deadLetters: 2 * HOUR, purgeInterval: HOUR };
const log = pino({ level: 'silent' });
let database: TestDatabase;
let pool: Pool;
let jobId: string;
let unitId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'bridge', writer: 'bridge', size: 2, log });
  const job = await insertJob(pool);
  jobId = job.jobId;
  unitId = job.variantIds[0] as string;
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const OLD = `now() - interval '3 h'`;
const YOUNG = `now() - interval '1 h'`;
const left = async (what: string, table: string): Promise<string[]> =>
  (await pool.query(`select ${what} as name from pipeline.${table} order by 1`)).rows.map((row) => row.name);

it('removes saved answers by age, but none whose claim is still open', async () => {
  const claim = (stage: string, state: string): Promise<unknown> =>
    pool.query(
      `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state) values ($1, $2, 1, $3, $4, $5)`,
      [unitId, stage, jobId, randomUUID(), state],
    );
  await claim('planner', 'open');
  await claim('overlay', 'done');
  const answer = (key: string, at: string): Promise<unknown> =>
    pool.query(
      `insert into pipeline.answers (idempotency_key, job_id, endpoint, request_hash, lease_token, lease_until, created_at, saved_at)
       values ($1, $2, 'x', 'x', $3, ${at}, ${at}, ${at})`,
      [key, jobId, randomUUID()],
    );
  await answer(`${unitId}:planner:1`, OLD);
  await answer(`${unitId}:overlay:1`, OLD);
  await answer('a foreign key', OLD);
  await answer('young', YOUNG);
  expect(await purge(pool, retention, log)).toMatchObject({ answers: 2 });
  expect(await left('idempotency_key', 'answers')).toEqual([`${unitId}:planner:1`, 'young']);
});

it('removes settled waits, and never one that is open', async () => {
  for (const [generation, settled] of [
    [1, OLD],
    [2, YOUNG],
    [3, 'null'],
  ] as const) {
    await pool.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, since, settled_at)
       values ($1, 'ad_copy_kor', $2, $3, 'overlay', now() - interval '1 year', ${settled})`,
      [unitId, generation, jobId],
    );
  }
  expect(await purge(pool, retention, log)).toMatchObject({ waits: 1 });
  expect(await left('generation', 'waits')).toEqual([2, 3]);
});

it('removes old audit rows and dead letters, in as many batches as it takes', async () => {
  await pool.query(`insert into pipeline.audit (actor, action, at)
    select 'test', 'old', ${OLD} from generate_series(1, 2500) union all select 'test', 'young', ${YOUNG}`);
  await pool.query(`insert into pipeline.outbox (kind, job_id, dead_at) values
    ('job', '${jobId}', ${OLD}), ('job', '${jobId}', ${YOUNG}), ('job', '${jobId}', null)`);
  expect(await purge(pool, retention, log)).toMatchObject({ audit: 2500, outbox: 1 });
  expect(await left('action', 'audit')).toEqual(['young']);
  expect(await left('count(*)::int', 'outbox')).toEqual([2]);
});

it('removes claims and waits whose unit is gone', async () => {
  await pool.query('truncate pipeline.claims, pipeline.waits');
  const gone = randomUUID();
  for (const unit of [unitId, jobId, gone]) {
    await pool.query(
      `insert into pipeline.claims (unit_id, stage, generation, job_id, token) values ($1, 'planner', 1, $2, $3)`,
      [unit, jobId, randomUUID()],
    );
    await pool.query(
      `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage) values ($1, 'ad_copy_kor', 1, $2, 'overlay')`,
      [unit, jobId],
    );
  }
  await purge(pool, retention, log);
  expect(await left('unit_id', 'claims')).toEqual([unitId, jobId].sort());
  expect(await left('unit_id', 'waits')).toEqual([unitId, jobId].sort());
});

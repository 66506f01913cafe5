import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findForeignListeners } from '../../src/db/foreign-listeners.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { createHealthChecks, type HealthSources } from '../../src/health/health.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'test', size: 1, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

/** A session that says these things one after the other, as long as `look` takes. */
async function beside<T>(name: string, statements: string[], look: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: database.url, application_name: name });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
    return await look();
  } finally {
    await client.end();
  }
}
const channels = async (): Promise<string[]> =>
  (await findForeignListeners(pool)).found.map(({ channel, words }) => `${words.split(' ')[0]} ${channel}`);

it.each([
  [
    'the original’s listener',
    'yh',
    ['LISTEN "job_state_changed"', 'LISTEN "job_variant_state_changed"'],
    ['yh job_variant_state_changed'],
  ],
  ['image generation outside', 'ye', ['listen job_state_changed'], ['ye job_state_changed']],
  ['somebody who hears another channel', 'other', ['listen something'], []],
  ['our own listener', 'feedlyai-listener', ['listen job_variant_state_changed'], []],
])('%s is seen for what it is', async (_, name, statements, expected) => {
  expect(await beside(name, statements, channels)).toEqual(expected);
});

it('says who it is, what follows and what to do', async () => {
  const words = await beside(
    'yh',
    ['listen job_variant_state_changed'],
    async () => (await findForeignListeners(pool)).found[0]?.words,
  );
  expect(words).toMatch(
    /^yh of role \w+ from .+ \(pid \d+\) listens on job_variant_state_changed: .*ENABLE_JOB_STATE_LISTENER=false$/,
  );
});

it.each([
  [true, false],
  [false, true],
])(
  'health names the original’s listener; where the original performs the stages (%s) that is wrong',
  async (stagesArePeer, ok) => {
    const { neighbours } = createHealthChecks({ pool, stagesArePeer } as HealthSources);
    const finding = await beside('yh', ['listen job_variant_state_changed'], neighbours);
    expect(finding).toEqual({ ok, listeners: [expect.stringContaining('yh of role')] });
    expect(await neighbours()).toEqual({ ok: true, listeners: [] });
  },
);

import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createKey, findKey, KeyTrouble, listKeys, revokeKey } from '../../src/auth/keys.js';
import { closeSession, findSession, openSession } from '../../src/auth/sessions.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, name: 'server', size: 2, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});
beforeEach(() => pool.query('truncate pipeline.api_keys cascade'));

const newKey = async (name: string) => createKey(pool, { name, scope: 'operate', actor: 'test' });
const signIn = async (secret: string): Promise<string> => {
  const holder = await findKey(pool, secret);
  if (!holder) throw new Error('the key opens nothing');
  return openSession(pool, holder);
};

it('a key that is revoked opens nothing any more, and takes its own sessions along', async () => {
  const [{ secret: gone }, { secret: stays }] = [await newKey('day'), await newKey('night')];
  const [its, others] = [await signIn(gone), await signIn(stays)];
  await revokeKey(pool, { name: 'day', actor: 'test' });
  expect(await findKey(pool, gone)).toBeUndefined();
  expect(await findKey(pool, stays)).toMatchObject({ name: 'night' });
  expect([await findSession(pool, its), await findSession(pool, others)]).toMatchObject([undefined, { name: 'night' }]);
  const { rows } = await pool.query('select count(*)::int as sessions from pipeline.sessions');
  expect(rows).toEqual([{ sessions: 1 }]);
});

it('a name that is used again leaves the key that bore it before as it is', async () => {
  await newKey('day');
  const { revokedAt } = await revokeKey(pool, { name: 'day', actor: 'test' });
  await newKey('day');
  await revokeKey(pool, { name: 'day', actor: 'test' });
  const [first, second] = await listKeys(pool);
  expect(first?.revokedAt).toEqual(revokedAt);
  expect(second?.revokedAt).not.toEqual(revokedAt);
  await expect(revokeKey(pool, { name: 'day', actor: 'test' })).rejects.toThrow(KeyTrouble);
});

it('the use of a key is noted for that key alone', async () => {
  const { secret } = await newKey('day');
  await newKey('night');
  await findKey(pool, secret);
  expect((await listKeys(pool)).map(({ name, lastUsedAt }) => [name, lastUsedAt !== null])).toEqual([
    ['day', true],
    ['night', false],
  ]);
});

it('a session ends when it is closed; those that have run out are cleared away by the next', async () => {
  const { secret } = await newKey('day');
  const [first, second] = [await signIn(secret), await signIn(secret)];
  await closeSession(pool, first);
  expect([await findSession(pool, first), await findSession(pool, second)]).toMatchObject([undefined, { name: 'day' }]);
  await pool.query(`update pipeline.sessions set expires_at = clock_timestamp() - interval '1 s'`);
  const third = await signIn(secret);
  const fourth = await signIn(secret);
  expect([await findSession(pool, third), await findSession(pool, fourth)]).toMatchObject([{}, {}]);
  const { rows } = await pool.query('select count(*)::int as sessions from pipeline.sessions');
  expect(rows).toEqual([{ sessions: 2 }]);
});

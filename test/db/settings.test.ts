import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool, type Pool } from '../../src/db/pool.js';
import { writeSettings } from '../../src/db/settings.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let own: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  own = createPool({ url: database.url, name: 'server', size: 1, log: pino({ level: 'silent' }) });
});
afterAll(async () => {
  await own?.end();
  await database?.drop();
});

it('settings that say the same again are not written', async () => {
  const version = async (): Promise<unknown> => (await own.query('select xmin from pipeline.settings')).rows;
  await writeSettings(own, { jobMinDoneVariants: 2 });
  const before = await version();
  await writeSettings(own, { jobMinDoneVariants: 2 });
  expect(await version()).toEqual(before);
});

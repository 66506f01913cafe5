import { pino } from 'pino';
import { createPool } from '../../../src/db/pool.js';
import { createTestDatabase } from '../database.js';
import { type Hands, LEDGER } from './database-backend.js';

/** Connections of everybody who writes, to a database of the test's own. */
export async function openHands(): Promise<Hands & { close(): Promise<void> }> {
  const database = await createTestDatabase();
  const log = pino({ level: 'silent' });
  const pool = (name: string, writer?: 'bridge' | 'worker') =>
    createPool({ url: database.url, name, size: 6, log, ...(writer && { writer }) });
  const pools = {
    bridge: pool('bridge', 'bridge'),
    worker: pool('worker', 'worker'),
    stages: pool('stages'),
    foreign: pool('foreign'),
  };
  await pools.foreign.query(LEDGER);
  return {
    ...pools,
    log,
    async close() {
      await Promise.all(Object.values(pools).map((each) => each.end()));
      await database.drop();
    },
  };
}

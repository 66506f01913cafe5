import pg from 'pg';
import { connectionConfig } from '../db/pool.js';
import { describe, UserError } from './user-error.js';

const ANSWER_WITHIN = 8_000;

/** @throws UserError when nobody answers there, or not to us. */
export async function checkDatabase(url: string, variable: string): Promise<void> {
  const client = new pg.Client({ ...connectionConfig({ url, name: 'check' }), connectionTimeoutMillis: ANSWER_WITHIN });
  // A connection that breaks after the attempt was given up reports here, and would end the process otherwise.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new UserError(
      `The database at ${host}${pathname} (${variable}) cannot be used: ${describe(error)}. Start it, correct ${variable}, ` +
        `or unset ${variable} to have one started for you.`,
    );
  } finally {
    // Not awaited: a half-open socket would take its own time.
    client.end().catch(() => {});
  }
}

import pg from 'pg';
import type { Logger } from '../log.js';

export type { Pool, PoolClient } from 'pg';

/** Who writes: the triggers wake nobody for a marked write, because its writer already knows. */
export type Writer = 'bridge' | 'worker' | 'admin';

export interface ConnectionSettings {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Marks every write of the connection; left out where each transaction says for itself. */
  writer?: Writer;
  /** False silences the published channels for marked writes. */
  publishOwnWrites?: boolean;
}

export const connectionConfig = ({
  url,
  name,
  writer,
  publishOwnWrites = true,
}: ConnectionSettings): pg.ClientConfig => ({
  connectionString: url,
  application_name: `feedlyai-${name}`,
  keepAlive: true,
  connectionTimeoutMillis: 10_000,
  options: [
    '-c timezone=Asia/Seoul',
    ...(writer ? [`-c pipeline.writer=${writer}`] : []),
    ...(publishOwnWrites ? [] : ['-c pipeline.silent=on']),
  ].join(' '),
});

export interface PoolSettings extends ConnectionSettings {
  size: number;
  log: Logger;
}

/** All statements are short; what takes longer waits for a lock, and may as well wait without a connection. */
const STATEMENT_MS = 10_000;

/** So much longer than the server works the client waits: then nobody is there any more, though the socket looks open. */
const SILENCE_MS = 2_000;

/**
 * Between two statements of a transaction of ours nothing is waited for: so long without one, its process stands still
 * or its network does, and the rows it has locked would wait for it for ever.
 */
const STANDSTILL_MS = 30_000;

/** A bounded pool whose idle connections may die (a restarted database) without ending the process. */
export const createPool = ({ size, log, ...connection }: PoolSettings): pg.Pool => {
  const pool = new pg.Pool({
    ...connectionConfig(connection),
    max: size,
    statement_timeout: STATEMENT_MS,
    query_timeout: STATEMENT_MS + SILENCE_MS,
    idle_in_transaction_session_timeout: STANDSTILL_MS,
  });
  pool.on('error', (error) =>
    log.warn({ err: error }, 'an idle database connection was lost; the pool will open another'),
  );
  return pool;
};

/** Runs `work` in one transaction on one connection; rolls back when it throws. Do nothing slow inside. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that dies while it is checked out reports here, not on the pool; the running query rejects as well.
  const ignoreLoss = (): void => {};
  client.on('error', ignoreLoss);
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.off('error', ignoreLoss);
    client.release(broken);
  }
}

import { randomBytes } from 'node:crypto';
import type { Pool } from '../../src/db/pool.js';

/** One version of a row, as it was committed. */
export interface Version {
  id: string;
  step: string | null;
  status: string | null;
  state: string;
}

export interface History {
  /** Every committed version of a job's public row, oldest first. */
  ofJob(jobId: string): Promise<Version[]>;
  ofVariant(variantId: string): Promise<Version[]>;
  close(): Promise<void>;
}

/**
 * Reads what was committed from PostgreSQL's own log. A LISTEN folds equal messages into one and a trigger would take
 * part in what it is to watch; the log leaves out nothing and disturbs nobody.
 */
export async function recordHistory(pool: Pool): Promise<History> {
  const slot = `history_${randomBytes(6).toString('hex')}`;
  await pool.query(`select pg_create_logical_replication_slot($1, 'test_decoding')`, [slot]);
  const versions = { jobs: [] as Version[], jobs_variants: [] as Version[] };

  const read = async (): Promise<typeof versions> => {
    // The servers of the tests do not wait for their log to be written; this does.
    await pool.query(`select pg_logical_emit_message(false, 'history', 'up to here', true)`);
    const { rows } = await pool.query<{ data: string }>(
      `select data from pg_logical_slot_get_changes($1, null, null, 'skip-empty-xacts', 'on', 'include-timestamp', 'off')`,
      [slot],
    );
    for (const { data } of rows) {
      const table = /^table public\.(jobs|jobs_variants): (?:INSERT|UPDATE): /.exec(data)?.[1];
      if (table !== 'jobs' && table !== 'jobs_variants') continue;
      const key = table === 'jobs' ? 'job_id' : 'job_variants_id';
      const step = valueOf(data, 'current_step');
      const status = valueOf(data, 'status');
      versions[table].push({ id: valueOf(data, key) as string, step, status, state: `${step}/${status}` });
    }
    return versions;
  };

  return {
    ofJob: async (jobId) => (await read()).jobs.filter(({ id }) => id === jobId),
    ofVariant: async (variantId) => (await read()).jobs_variants.filter(({ id }) => id === variantId),
    async close() {
      await pool.query('select pg_drop_replication_slot($1)', [slot]);
    },
  };
}

/** A column of a decoded row: `name[type]:'value'` or `name[type]:null`. */
const valueOf = (data: string, column: string): string | null =>
  new RegExp(`(?:^| )${column}\\[[^\\]]*\\]:'([^']*)'`).exec(data)?.[1] ?? null;

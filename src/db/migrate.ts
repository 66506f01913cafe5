import path from 'node:path';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { packageRoot } from '../config/package-root.js';
import { connectionConfig } from './pool.js';

/** A database that must not be migrated as it is, with the remedy in the message. */
export class MigrationRefused extends Error {}

export interface MigrationResult {
  /** Names of the migrations applied now, in order; empty when there was nothing to do. */
  applied: string[];
}

/** What `node-pg-migrate` locks, so that migrating and adopting never overlap. */
const MIGRATION_LOCK = '7241865325823964';

const refuseForeignTables = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ ours: boolean; foreign: string[] }>(
    `select to_regclass('pipeline.migrations') is not null as ours,
            array(select tablename::text from pg_tables
                  where schemaname = 'public' and tablename in ('jobs', 'jobs_variants', 'image_assets', 'tenants')
                  order by tablename) as "foreign"`,
  );
  const found = rows[0];
  if (!found || found.ours || found.foreign.length === 0) return;
  throw new MigrationRefused(
    `The database "${client.database}" already holds tables of the same names (${found.foreign.join(', ')}) that these ` +
      'migrations did not make. "npm run migrate -- --adopt" takes it over as it is (nothing that holds data is ' +
      'dropped, and "-- --restore" gives the triggers back); or point DATABASE_URL at an empty database.',
  );
};

/** After `migrate --restore` our triggers are gone: going on would be deaf. */
const refuseRestored = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('pipeline.adoptions') is not null as exists`,
  );
  if (!rows[0]?.exists || (await lastAdoption(client)) !== 'restored') return;
  throw new MigrationRefused(
    `The database "${client.database}" was given back by "migrate --restore": its triggers wake nobody here. ` +
      'Run "npm run migrate -- --adopt" to take it over again.',
  );
};

/** What was last done to this database by `--adopt` or `--restore`; undefined when neither was. */
export const lastAdoption = async (db: Pick<pg.ClientBase, 'query'>): Promise<'adopted' | 'restored' | undefined> =>
  (
    await db.query<{ action: 'adopted' | 'restored' }>(
      'select action from pipeline.adoptions order by adoption_id desc limit 1',
    )
  ).rows[0]?.action;

/** Applies what is missing of `sql/` in one transaction. */
export async function runMigrations(client: pg.ClientBase, options: { joinsTransaction?: boolean } = {}) {
  const { joinsTransaction = false } = options;
  const applied = await runner({
    dbClient: (joinsTransaction ? withoutOwnTransaction(client) : client) as pg.Client,
    dir: path.join(packageRoot, 'sql'),
    direction: 'up',
    migrationsTable: 'migrations',
    migrationsSchema: 'pipeline',
    createMigrationsSchema: true,
    checkOrder: true,
    singleTransaction: true,
    // A session's lock would outlive the caller's transaction.
    noLock: joinsTransaction,
    advisoryLockMode: 'wait',
    ignorePattern: '(?!.*\\.sql$).*',
    log: () => {},
  });
  return applied.map((migration) => migration.name);
}

/** The client as `node-pg-migrate` uses it, within a transaction that somebody else begins and ends. */
const withoutOwnTransaction = (client: pg.ClientBase): Pick<pg.ClientBase, 'query'> =>
  ({
    query: (text: string, values?: unknown[]) =>
      /^(BEGIN|COMMIT|ROLLBACK)$/.test(text) ? Promise.resolve({ rows: [] }) : client.query(text, values),
  }) as unknown as Pick<pg.ClientBase, 'query'>;

/** Until the transaction ends nobody else migrates. */
export const lockMigrations = (db: Pick<pg.ClientBase, 'query'>): Promise<unknown> =>
  db.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);

/**
 * Applies what is missing of `sql/` in one transaction. Two callers at once: the second waits, then finds nothing to do.
 * @throws MigrationRefused when the database holds somebody else's tables.
 */
export async function migrate(databaseUrl: string): Promise<MigrationResult> {
  const client = new pg.Client(connectionConfig({ url: databaseUrl, name: 'migrate' }));
  await client.connect();
  try {
    await refuseForeignTables(client);
    await refuseRestored(client);
    return { applied: await runMigrations(client) };
  } finally {
    await client.end();
  }
}

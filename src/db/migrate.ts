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
      'migrations did not make. Point DATABASE_URL at an empty database; taking over an existing one is not possible yet.',
  );
};

/**
 * Applies what is missing of `sql/` in one transaction. Two callers at once: the second waits, then finds nothing to do.
 * @throws MigrationRefused when the database holds somebody else's tables.
 */
export async function migrate(databaseUrl: string): Promise<MigrationResult> {
  const client = new pg.Client(connectionConfig({ url: databaseUrl, name: 'migrate' }));
  await client.connect();
  try {
    await refuseForeignTables(client);
    const applied = await runner({
      dbClient: client,
      dir: path.join(packageRoot, 'sql'),
      direction: 'up',
      migrationsTable: 'migrations',
      migrationsSchema: 'pipeline',
      createMigrationsSchema: true,
      checkOrder: true,
      singleTransaction: true,
      advisoryLockMode: 'wait',
      ignorePattern: '(?!.*\\.sql$).*',
      log: () => {},
    });
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await client.end();
  }
}

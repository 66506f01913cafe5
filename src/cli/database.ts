import type { Config } from '../config/config.js';
import { migrate } from '../db/migrate.js';
import { startEmbeddedPostgres } from '../stack/embedded-postgres.js';
import { checkDatabase } from '../stack/external-database.js';
import { findStack, lockDataDir } from '../stack/stack-lock.js';
import { onStopSignal } from '../stack/stop-signals.js';
import { UserError } from '../stack/user-error.js';
import { say } from './say.js';

/**
 * Runs `work` on the database this checkout works with: the configured one, else the running stack's, else the embedded
 * one, started (and migrated) for the moment and stopped again.
 */
export async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  if (config.database.url) {
    await checkDatabase(config.database.url, process.env.DATABASE_URL ? 'DATABASE_URL' : 'DB_HOST');
    return work(config.database.url);
  }
  const stack = findStack(config.dataDir);
  if (stack?.ready) return work(stack.ready.databaseUrl);
  if (stack)
    throw new UserError(
      `The stack on ${config.dataDir} (pid ${stack.pid}) is still starting: try again when it is up.`,
    );

  const lock = await lockDataDir(config.dataDir, 'moment', say);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, say });
    onStopSignal(
      (signal) => void postgres.stop().then(() => process.exit(signal === 'SIGINT' ? 130 : 1)),
      () => postgres.kill(),
    );
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    lock.release();
  }
}

/** As `withDatabase`, on a database that has our tables: the embedded one gets them here if this is its first start. */
export const withMigratedDatabase = <T>(config: Config, work: (url: string) => Promise<T>): Promise<T> =>
  withDatabase(config, async (url) => {
    if (!config.database.url) await migrate(url);
    return work(url);
  });

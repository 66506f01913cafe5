import { ConfigurationError } from '../config/config.js';
import { MigrationRefused } from '../db/migrate.js';
import { describe, UserError } from './user-error.js';

const EXPECTED = [UserError, ConfigurationError, MigrationRefused];

/** What a person gets to read of an error: its message; for LOG_LEVEL=debug also where it came from. */
export function messageFor(error: unknown, env: NodeJS.ProcessEnv = process.env): string {
  if (!(error instanceof Error)) return String(error);
  if (env.LOG_LEVEL === 'debug' || env.LOG_LEVEL === 'trace') return error.stack ?? error.message;
  if (EXPECTED.some((kind) => error instanceof kind)) return error.message;
  return `Unexpected trouble: ${describe(error)} (LOG_LEVEL=debug shows where)`;
}

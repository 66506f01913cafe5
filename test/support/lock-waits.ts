import type { Pool } from 'pg';
import { expect } from 'vitest';

/** Resolves once exactly one session of the database waits for a lock among those that `condition` (SQL) chooses. */
export const untilOneWaits = (pool: Pool, condition: string): Promise<void> =>
  expect
    .poll(
      async () =>
        (
          await pool.query(
            `select from pg_stat_activity
              where datname = current_database() and wait_event_type = 'Lock' and ${condition}`,
          )
        ).rowCount,
    )
    .toBe(1);

import { expect } from 'vitest';
import type { Pool } from '../../src/db/pool.js';

/*
 * What no channel announces: its rows are the only sign.
 */

/** One wait of the variant or job, or of the job's variants, is recorded and not yet over. */
export const untilWaiting = (foreign: Pool, id: string): Promise<void> =>
  expect
    .poll(
      async () =>
        (
          await foreign.query('select from pipeline.waits where settled_at is null and (unit_id = $1 or job_id = $1)', [
            id,
          ])
        ).rowCount,
      { timeout: 20_000 },
    )
    .toBe(1)
    .then(() => undefined);

export const noEventsLeft = (foreign: Pool): Promise<void> =>
  expect
    .poll(async () => (await foreign.query('select from pipeline.outbox')).rowCount, { timeout: 20_000 })
    .toBe(0)
    .then(() => undefined);

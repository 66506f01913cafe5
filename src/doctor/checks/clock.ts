import type { Look } from '../check.js';

/** More than people and logs put up with; leases and claims go by the database's clock alone. */
const MOST_S = 2;

/** This machine's clock against the database's, taken in the middle of asking. */
export const lookAtClock =
  (now: () => number = Date.now): Look<'clock'> =>
  async ({ pool }) => {
    const before = now();
    const { rows } = await pool.query<{ at: number }>(
      'select extract(epoch from clock_timestamp())::float8 * 1000 as at',
    );
    const seconds = ((before + now()) / 2 - (rows[0]?.at ?? 0)) / 1_000;
    return { measured: { seconds }, findings: Math.abs(seconds) > MOST_S ? [{ code: 'clock-skew', seconds }] : [] };
  };

import type { Finding } from '../../diagnosis/findings.js';
import type { Look } from '../check.js';

/** Events are delivered within a moment, after trouble within the sweep interval; longer is no moment. */
const STUCK_AFTER_S = 60;
const EXAMPLES = 5;

interface Row {
  waiting: number;
  held: number;
  oldestSeconds: number;
  lastError: string | null;
  dead: number;
  deadIds: string[];
  deadError: string | null;
}

/** Events on their way to Temporal, and those that were given up. */
export const lookAtOutbox =
  (stuckAfter = STUCK_AFTER_S): Look<'outbox'> =>
  async ({ pool }) => {
    const { rows } = await pool.query<Row>(
      `with alive as (select * from pipeline.outbox where dead_at is null),
            dead as (select * from pipeline.outbox where dead_at is not null)
       select (select count(*) from alive where held_at is null)::integer as waiting,
              (select count(*) from alive where held_at is not null)::integer as held,
              coalesce((select extract(epoch from clock_timestamp() - min(created_at)) from alive where held_at is null),
                       0)::float8 as "oldestSeconds",
              (select last_error from alive where last_error is not null order by outbox_id limit 1) as "lastError",
              (select count(*) from dead)::integer as dead,
              array(select outbox_id::text from dead order by dead_at desc limit ${EXAMPLES}) as "deadIds",
              (select last_error from dead order by dead_at desc limit 1) as "deadError"`,
    );
    const { waiting, held, oldestSeconds, lastError, dead, deadIds, deadError } = rows[0] as Row;
    const findings: Finding[] = [];
    if (dead > 0) findings.push({ code: 'dead-letters', count: dead, outboxIds: deadIds, error: deadError });
    if (oldestSeconds > stuckAfter)
      findings.push({ code: 'outbox-stuck', waiting, seconds: oldestSeconds, error: lastError });
    return { measured: { waiting, held, oldestSeconds }, findings };
  };

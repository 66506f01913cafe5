import type { Pool } from '../db/pool.js';
import type { Logger } from '../log.js';

/** How long rows are kept that no decision needs any more, in milliseconds. */
export interface Retention {
  answers: number;
  waits: number;
  audit: number;
  deadLetters: number;
  purgeInterval: number;
}

/** Rows a statement removes: long locks and long transactions cost more than many short ones. */
const BATCH_SIZE = 1_000;

/** What goes, by table: a condition on its row `t`; `$1` is the age in milliseconds. */
const aged = (column: string): string => `t.${column} < clock_timestamp() - $1 * interval '1 ms'`;
const WITHOUT_UNIT = `not exists (select from jobs_variants v where v.job_variants_id = t.unit_id)
  and not exists (select from jobs j where j.job_id = t.unit_id)`;

/**
 * Removes what is older than its retention, in small batches. A saved answer goes only when its claim is closed: until
 * then a repeated call must be answered as before. Returns how many rows went, by table.
 */
export async function purge(pool: Pool, retention: Retention, log: Logger): Promise<Record<string, number>> {
  const { answers, waits, audit, deadLetters } = retention;
  const removed = {
    answers: await remove(
      pool,
      'answers',
      `${aged('created_at')} and (t.saved_at is null or not ${ITS_CLAIM_IS_OPEN})`,
      answers,
    ),
    waits: await remove(pool, 'waits', `t.settled_at is not null and ${aged('settled_at')}`, waits),
    audit: await remove(pool, 'audit', aged('at'), audit),
    // An order's answer is kept as long as a stage's.
    orders: await remove(pool, 'orders', aged('created_at'), answers),
    outbox: await remove(pool, 'outbox', `t.dead_at is not null and ${aged('dead_at')}`, deadLetters),
    // Looked at last so long ago that the unit has moved on since, or rests for good.
    watches: await remove(pool, 'watches', aged('due_at'), waits),
  };
  for (const table of ['claims', 'waits', 'watches'])
    await remove(pool, table, `$1::numeric is not null and ${WITHOUT_UNIT}`, 0);
  const gone = Object.entries(removed).filter(([, count]) => count > 0);
  if (gone.length > 0) log.info(`purged ${gone.map(([table, count]) => `${count} ${table}`).join(', ')}`);
  return removed;
}

const ITS_CLAIM_IS_OPEN = `exists (
  select from pipeline.claims c
   where c.state = 'open' and t.idempotency_key = concat_ws(':', c.unit_id, c.stage, c.generation) and c.job_id = t.job_id)`;

async function remove(pool: Pool, table: string, condition: string, age: number): Promise<number> {
  for (let removed = 0; ; ) {
    const { rowCount } = await pool.query(
      `delete from pipeline.${table} where ctid = any (array(
         select t.ctid from pipeline.${table} t where ${condition} limit ${BATCH_SIZE} for update skip locked))`,
      [age],
    );
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH_SIZE) return removed;
  }
}

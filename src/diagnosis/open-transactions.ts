import type { Pool, PoolClient } from '../db/pool.js';

/** A session whose transaction holds rows that nobody else can see changed before it commits. */
export interface OpenTransaction {
  pid: number;
  user: string | null;
  application: string | null;
  /** `idle in transaction`: its program forgot to commit, or is thinking. */
  state: string | null;
  /** Since the transaction began. */
  seconds: number;
  /** Its last statement; null where we may not see it. */
  query: string | null;
}

const SESSION = `a.pid, a.usename as user, nullif(a.application_name, '') as application, a.state,
  extract(epoch from clock_timestamp() - a.xact_start)::float8 as seconds, nullif(a.query, '<insufficient privilege>') as query`;

/** Our own transactions last milliseconds; whoever idles longer in one that wrote to variants forgot to commit. */
const FORGOTTEN_AFTER = '1 s';

/** Transactions that wrote to `jobs_variants`, idle without a commit. */
export async function openTransactions(pool: Pool): Promise<OpenTransaction[]> {
  const { rows } = await pool.query<OpenTransaction>(
    `select ${SESSION} from pg_stat_activity a
      where a.datname = current_database() and a.state like 'idle in transaction%'
        and a.state_change < clock_timestamp() - interval '${FORGOTTEN_AFTER}'
        and exists (select from pg_locks l
                     where l.pid = a.pid and l.relation = 'public.jobs_variants'::regclass and l.mode = 'RowExclusiveLock')`,
  );
  return rows;
}

/** How often to look who is in the way, and how long to stand there; in all less than anybody notices. */
const LOOKS = 20;
const LOOK_EVERY_S = 0.02;

/**
 * Who holds the variant's row, found by standing behind them for a moment: the lock itself is in the row, where no view
 * shows it. Null when the row is free.
 */
export async function holderOf(pool: Pool, variantId: string): Promise<OpenTransaction | null> {
  const waiting = await pool.connect();
  try {
    await waiting.query('begin');
    const { rows } = await waiting.query<{ pid: number }>('select pg_backend_pid() as pid');
    const free = await waiting.query(
      'select from jobs_variants where job_variants_id = $1 for no key update skip locked',
      [variantId],
    );
    if (free.rowCount) return null;
    return await standBehind(pool, waiting, rows[0]?.pid as number, variantId);
  } finally {
    // Ended rather than given back: nobody else's row may stay locked by a look that was broken off.
    waiting.release(true);
  }
}

async function standBehind(
  pool: Pool,
  waiting: PoolClient,
  ownPid: number,
  variantId: string,
): Promise<OpenTransaction | null> {
  await waiting.query(`set local lock_timeout = '${LOOKS * LOOK_EVERY_S * 1_000}ms'`);
  let over = false;
  const wait = waiting
    .query('select from jobs_variants where job_variants_id = $1 for no key update', [variantId])
    // Refused in the end, as intended.
    .catch(() => undefined)
    .finally(() => {
      over = true;
    });
  let holder: OpenTransaction | undefined;
  for (let look = 0; look < LOOKS && !over && !holder; look++) {
    const { rows } = await pool.query<OpenTransaction>(
      `select ${SESSION} from pg_stat_activity a, pg_sleep($2)
        where a.pid = any(pg_blocking_pids($1)) order by a.xact_start limit 1`,
      [ownPid, LOOK_EVERY_S],
    );
    holder = rows[0];
  }
  await wait;
  return holder ?? null;
}

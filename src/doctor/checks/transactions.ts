import { openTransactions } from '../../diagnosis/open-transactions.js';
import type { Look, Measurements } from '../check.js';

/** So long nothing that was deleted or changed since can be cleared away, in the whole database. */
const OLDEST_S = 600;

interface Snapshot {
  pid: number | null;
  holder: string;
  seconds: number;
  transactions: number;
}

/** Sessions and prepared transactions, the oldest first. */
const SNAPSHOTS = `
  select pid, coalesce(nullif(application_name, ''), 'pid ' || pid) as holder,
         coalesce(extract(epoch from clock_timestamp() - xact_start), 0)::float8 as seconds,
         greatest(age(backend_xmin), age(backend_xid), 0) as transactions
    from pg_stat_activity
   where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
     and backend_type = 'client backend'
     -- Other checks, at this very moment.
     and application_name not in ('feedlyai-tools', 'feedlyai-doctor')
  union all
  select null, 'prepared transaction ' || gid, extract(epoch from clock_timestamp() - prepared)::float8, age(transaction)
    from pg_prepared_xacts where database = current_database()
  order by seconds desc`;

/** Transactions that somebody forgot, and the oldest snapshot. */
export const lookAtTransactions =
  (oldest = OLDEST_S): Look<'transactions'> =>
  async ({ pool }) => {
    const [forgotten, { rows }] = await Promise.all([openTransactions(pool), pool.query<Snapshot>(SNAPSHOTS)]);
    const isNamed = (pid: number | null): boolean => forgotten.some((one) => one.pid === pid);
    const measured: Measurements['transactions'] = {
      open: rows.length,
      oldestSeconds: rows[0]?.seconds ?? 0,
      transactions: Math.max(0, ...rows.map(({ transactions }) => transactions)),
    };
    return {
      measured,
      findings: [
        ...forgotten.map((transaction) => ({ code: 'not-committed' as const, ...transaction })),
        ...rows
          .filter(({ pid, seconds }) => seconds >= oldest && !isNamed(pid))
          .map((snapshot) => ({ code: 'old-snapshot' as const, ...snapshot })),
      ],
    };
  };

import type { Pool } from '../db/pool.js';

/** Takes the turn at some work that one bridge does for all; false while another has taken it less than `every` ms ago. */
export async function takeTurn(pool: Pool, name: string, every: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into pipeline.turns as t (name, taken_at) values ($1, clock_timestamp())
     on conflict (name) do update set taken_at = excluded.taken_at
       where t.taken_at <= clock_timestamp() - $2 * interval '1 ms'`,
    [name, every],
  );
  return rowCount === 1;
}

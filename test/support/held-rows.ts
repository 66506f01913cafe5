import type { Pool, PoolClient } from 'pg';

/** What is worked on: one variant of a job, or the job with everything below it. */
export interface Own {
  jobId: string;
  variantId?: string;
}

/** By table, the rows that the work is about; ended ones are nobody's any more. */
const ownRows = ({ jobId, variantId }: Own): [table: string, condition: string][] => {
  const job = `job_id = '${jobId}'`;
  const variant = variantId ? `job_variants_id = '${variantId}'` : job;
  const unit = variantId ? `unit_id = '${variantId}'` : job;
  return [
    ['jobs', job],
    ['jobs_variants', variant],
    ['pipeline.jobs', job],
    ['pipeline.runs', variant],
    ['pipeline.claims', `${unit} and state = 'open'`],
    ['pipeline.waits', `${unit} and settled_at is null`],
    ['pipeline.answers', `${job} and saved_at is null`],
    ['pipeline.prepared_photos', job],
    ['gen_runs', job],
    ['pipeline.outbox', 'false'],
    ['pipeline.orders', 'false'],
  ];
};

/** The connection that will hold them. Open it first: whoever strays later need not wait until its statement times out. */
export async function openHolder(pool: Pool): Promise<PoolClient> {
  const holder = await pool.connect();
  await holder.query(
    `do $$ begin execute format('alter database %I set lock_timeout = ''1s''', current_database()); end $$`,
  );
  return holder;
}

/** Somebody holds the rows of everybody else while `work` is done: a statement that strays meets a lock and fails. */
async function whileTheRestIsHeld(holder: PoolClient, own: Own, work: () => Promise<unknown>): Promise<void> {
  await holder.query('begin');
  try {
    for (const [table, condition] of ownRows(own))
      await holder.query(`select from ${table} where not (${condition}) for update`);
    await work();
  } finally {
    await holder.query('rollback');
  }
}

export type Act<O> = (own: O) => Promise<unknown>;

/** The same is done to both, step by step; to the first while the second and all others are held as they stand. */
export async function inTurn<O extends Own>(holder: PoolClient, own: O, neighbour: O, acts: Act<O>[]): Promise<void> {
  for (const act of acts) {
    await whileTheRestIsHeld(holder, own, () => act(own));
    await act(neighbour);
  }
}

import { randomUUID } from 'node:crypto';
import { inTransaction, type Pool } from '../db/pool.js';

/** One event that the triggers left: it says which row to look at, never what to do. */
export interface OutboxRow {
  outboxId: string;
  kind: 'variant' | 'job' | 'text';
  jobId: string;
  variantId: string | null;
  attempts: number;
  /** When its writer committed it, to within the length of that transaction. */
  createdAt: Date;
}

export interface Batch {
  lease: string;
  rows: OutboxRow[];
}

/**
 * Longer than a call to Temporal may take; short, because rows stay leased that long when a bridge dies, or cannot give
 * them back because the database has just gone away. A delivery that outlives it is made twice, which is once.
 */
const LEASE = '15 s';
const BATCH_SIZE = 100;

/** Leases the oldest due rows. Claims by state, never by a cursor: a row that commits late is not skipped. */
export async function claimBatch(pool: Pool): Promise<Batch> {
  const lease = randomUUID();
  const { rows } = await pool.query<OutboxRow>(
    `with due as (
       select outbox_id from pipeline.outbox
        where dead_at is null and held_at is null and available_at <= clock_timestamp()
          and (lease_until is null or lease_until < clock_timestamp())
        order by outbox_id limit ${BATCH_SIZE} for update skip locked
     )
     update pipeline.outbox o
        set lease_token = $1, lease_until = clock_timestamp() + interval '${LEASE}'
       from due where o.outbox_id = due.outbox_id
     returning o.outbox_id as "outboxId", o.kind, o.job_id as "jobId", o.job_variants_id as "variantId", o.attempts,
               o.created_at as "createdAt"`,
    [lease],
  );
  // What an update returns is in no order.
  rows.sort((a, b) => Number(a.outboxId) - Number(b.outboxId));
  return { lease, rows };
}

/** Removes delivered rows; a lease that ran out meanwhile removes nothing, and the next holder delivers again. */
export async function removeDelivered(pool: Pool, lease: string, outboxIds: string[]): Promise<void> {
  await pool.query('delete from pipeline.outbox where outbox_id = any($1) and lease_token = $2', [outboxIds, lease]);
}

/** Gives rows back until it is time for them; that is no failure. */
export async function postpone(pool: Pool, lease: string, outboxIds: string[], milliseconds: number): Promise<void> {
  await pool.query(
    `update pipeline.outbox
        set lease_token = null, lease_until = null, available_at = clock_timestamp() + $3 * interval '1 ms'
      where outbox_id = any($1) and lease_token = $2`,
    [outboxIds, lease, milliseconds],
  );
}

/** Whether new work of the tenant is to be held. */
export const isPaused = async (pool: Pool, tenantId: string): Promise<boolean> =>
  (await pool.query('select from pipeline.pauses where tenant_id is null or tenant_id = $1', [tenantId])).rowCount !==
  0;

/**
 * Holds rows until intake is resumed. If it was resumed meanwhile they are given back at once: the pause is locked while
 * they are held, so that whoever ends it finds them.
 */
export const holdBack = (pool: Pool, lease: string, outboxIds: string[], tenantId: string): Promise<void> =>
  inTransaction(pool, async (db) => {
    const paused = await db.query('select from pipeline.pauses where tenant_id is null or tenant_id = $1 for share', [
      tenantId,
    ]);
    await db.query(
      `update pipeline.outbox
          set lease_token = null, lease_until = null, held_at = case when $3 then clock_timestamp() end
        where outbox_id = any($1) and lease_token = $2`,
      [outboxIds, lease, paused.rowCount !== 0],
    );
  });

export interface BackOff {
  /** Longest delay in milliseconds. */
  longest: number;
  maxAttempts: number;
  /** False while Temporal or the database is away: waiting for it is no attempt. */
  counts: boolean;
}

/** Gives rows back for later; rows that failed too often become dead letters, kept with their error. */
export async function giveBack(
  pool: Pool,
  lease: string,
  outboxIds: string[],
  error: string,
  { longest, maxAttempts, counts }: BackOff,
): Promise<void> {
  await pool.query(
    `update pipeline.outbox
        set lease_token = null, lease_until = null, last_error = $3,
            attempts = attempts + $6::integer,
            available_at = clock_timestamp() + least(250 * 2 ^ least(attempts, 20), $4) * interval '1 ms',
            dead_at = case when attempts + $6::integer >= $5 then clock_timestamp() end
      where outbox_id = any($1) and lease_token = $2`,
    [outboxIds, lease, error, longest, maxAttempts, counts ? 1 : 0],
  );
}

/** Milliseconds until a row comes due that nobody rings for: given back, postponed, or leased by a bridge that died. */
export async function untilNextDue(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ milliseconds: number | null }>(
    `select extract(epoch from min(greatest(available_at, lease_until)) - clock_timestamp())::float8 * 1000 as milliseconds
       from pipeline.outbox where dead_at is null and held_at is null`,
  );
  return rows[0]?.milliseconds ?? null;
}

/** How much waits and for how long, for health and metrics. */
export async function outboxDepth(pool: Pool): Promise<{ waiting: number; oldestSeconds: number; dead: number }> {
  const { rows } = await pool.query<{ waiting: number; oldestSeconds: number; dead: number }>(
    `select count(*) filter (where dead_at is null and held_at is null)::integer as waiting,
            coalesce(extract(epoch from clock_timestamp()
              - min(created_at) filter (where dead_at is null and held_at is null)), 0)::float8 as "oldestSeconds",
            count(*) filter (where dead_at is not null)::integer as dead
       from pipeline.outbox`,
  );
  return rows[0] ?? { waiting: 0, oldestSeconds: 0, dead: 0 };
}

import type { Pool } from '../db/pool.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import { NotFound } from './trouble.js';

export interface RedeliveryAnswer extends Outcome {
  outboxId: string;
  /** Whether it is on its way again, or gone because it was delivered meanwhile. */
  observed: 'on its way' | 'dead' | 'delivered';
}

/** Gives a dead letter another round of attempts, after what kept it from Temporal was put right. @throws NotFound */
export const redeliver = (pool: Pool, { outboxId }: { outboxId: string }, order: Order): Promise<RedeliveryAnswer> =>
  carryOut<Outcome, RedeliveryAnswer>(pool, order, {
    action: 'redeliver',
    parameters: { outboxId },
    async change(db) {
      const { rows } = await db.query<{
        job_id: string | null;
        job_variants_id: string | null;
        last_error: string | null;
        dead: boolean;
      }>(
        `select job_id, job_variants_id, last_error, dead_at is not null as dead
           from pipeline.outbox where outbox_id = $1 for update`,
        [outboxId],
      );
      const event = rows[0];
      if (!event) throw new NotFound(`there is no event ${outboxId}`);
      await db.query(
        `update pipeline.outbox set dead_at = null, attempts = 0, available_at = clock_timestamp()
          where outbox_id = $1 and dead_at is not null`,
        [outboxId],
      );
      await db.query(`select pg_notify('pipeline_wake', '')`);
      const state = { outboxId, lastError: event.last_error };
      return {
        decision: event.dead
          ? { outcome: 'done', says: `event ${outboxId} is on its way again` }
          : { outcome: 'refused', says: `event ${outboxId} is no dead letter: it is on its way` },
        audit: [
          {
            ...(event.job_id && { jobId: event.job_id }),
            ...(event.job_variants_id && { variantId: event.job_variants_id }),
            before: { ...state, dead: event.dead },
            after: { ...state, dead: false },
          },
        ],
      };
    },
    async finish(decision) {
      const { rows } = await pool.query<{ dead: boolean }>(
        'select dead_at is not null as dead from pipeline.outbox where outbox_id = $1',
        [outboxId],
      );
      const observed = rows[0] ? (rows[0].dead ? 'dead' : 'on its way') : 'delivered';
      return { ...decision, outboxId, observed };
    },
  });

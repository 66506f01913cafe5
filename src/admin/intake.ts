import { counted } from '../counted.js';
import type { Pool, PoolClient } from '../db/pool.js';
import { carryOut, type Order, type Outcome } from './orders.js';

export interface IntakeAnswer extends Outcome {
  /** Null for all tenants. */
  tenantId: string | null;
  /** Events let go by a resumption. */
  resumed: number;
  /** What is paused now, as far as it concerns whom the order was about; null stands for all tenants. */
  observed: { pausedTenants: (string | null)[]; held: number };
}

interface Decision extends Outcome {
  resumed: number;
}

const who = (tenantId: string | null): string => (tenantId === null ? 'all tenants' : `tenant ${tenantId}`);

/** New work is held from now on, in the outbox; what was begun goes on to its end. */
export const pauseIntake = (pool: Pool, tenantId: string | null, order: Order): Promise<IntakeAnswer> =>
  carryOut<Decision, IntakeAnswer>(pool, order, {
    action: 'pause intake',
    parameters: { tenantId },
    async change(db) {
      const before = await observe(db, tenantId);
      const { rowCount } = await db.query(
        'insert into pipeline.pauses (tenant_id, actor, note) values ($1, $2, $3) on conflict (tenant_id) do nothing',
        [tenantId, order.actor, order.note ?? null],
      );
      const isNew = rowCount === 1;
      return {
        decision: {
          outcome: isNew ? 'done' : 'refused',
          says: `intake of ${who(tenantId)} ${isNew ? 'is paused' : 'was paused already'}`,
          resumed: 0,
        },
        audit: [{ tenantId, before, after: await observe(db, tenantId) }],
      };
    },
    finish: async (decision) => ({ ...decision, tenantId, observed: await observe(pool, tenantId) }),
  });

/**
 * Lets exactly that go which was held for this tenant (or for all) and is not held by another pause. Whatever came
 * meanwhile and was not looked at yet goes its usual way.
 */
export const resumeIntake = (pool: Pool, tenantId: string | null, order: Order): Promise<IntakeAnswer> =>
  carryOut<Decision, IntakeAnswer>(pool, order, {
    action: 'resume intake',
    parameters: { tenantId },
    async change(db) {
      const before = await observe(db, tenantId);
      const ended = await db.query('delete from pipeline.pauses where tenant_id is not distinct from $1', [tenantId]);
      const { rowCount } = await db.query(
        `update pipeline.outbox o set held_at = null, available_at = clock_timestamp()
          where o.held_at is not null
            and ($1::text is null or exists (select from jobs j where j.job_id = o.job_id and j.tenant_id = $1))
            and not exists (select from pipeline.pauses p where p.tenant_id is null)
            and not exists (select from pipeline.pauses p join jobs j on j.tenant_id = p.tenant_id where j.job_id = o.job_id)`,
        [tenantId],
      );
      await db.query(`select pg_notify('pipeline_wake', '')`);
      const wasPaused = ended.rowCount === 1;
      const resumed = rowCount ?? 0;
      return {
        decision: {
          outcome: wasPaused ? 'done' : 'refused',
          says: wasPaused
            ? `intake of ${who(tenantId)} goes on; ${counted(resumed, 'held event')} on the way`
            : `intake of ${who(tenantId)} was not paused`,
          resumed,
        },
        audit: [{ tenantId, before, after: await observe(db, tenantId) }],
      };
    },
    finish: async (decision) => ({ ...decision, tenantId, observed: await observe(pool, tenantId) }),
  });

/** An order about one tenant shows, and leaves in the audit, nothing of the others. */
const observe = async (db: Pool | PoolClient, tenantId: string | null): Promise<IntakeAnswer['observed']> => {
  const { rows } = await db.query<IntakeAnswer['observed']>(
    `select array(select tenant_id from pipeline.pauses where $1::text is null or tenant_id is null or tenant_id = $1
                   order by created_at) as "pausedTenants",
            (select count(*)::integer from pipeline.outbox o
              where o.held_at is not null and o.dead_at is null
                and ($1::text is null or exists (select from jobs j where j.job_id = o.job_id and j.tenant_id = $1))) as held`,
    [tenantId],
  );
  return rows[0] ?? { pausedTenants: [], held: 0 };
};

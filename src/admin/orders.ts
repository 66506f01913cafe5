import { createHash } from 'node:crypto';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';
import { KeyReused } from './trouble.js';

/** Who gives an order, why, and what makes giving it again harmless. */
export interface Order {
  /** For the audit, for example `cli:minji` or `key:night-shift`. */
  actor: string;
  note?: string;
  /** The same key gives the same answer; it is the actor's own. */
  idempotencyKey?: string;
}

/** What an order came to. A refusal is an answer as well: it changed nothing and says what stood in the way. */
export interface Outcome {
  outcome: 'done' | 'refused';
  /** For people: what happened, or why not. */
  says: string;
}

/** One entry of the audit: what an order found and what it left. */
export interface AuditEntry {
  /** Whose the entry is, where no job says so; null for everybody's. */
  tenantId?: string | null;
  jobId?: string;
  variantId?: string;
  before: object | null;
  after: object | null;
}

export interface Decided<D> {
  decision: D;
  audit: AuditEntry[];
}

export interface OrderSteps<D, A> {
  action: string;
  /** Everything that makes this order different from another one with the same action. */
  parameters: object;
  /** Decides and writes, in one transaction with the audit; what it throws leaves no trace. */
  change(db: PoolClient): Promise<Decided<D>>;
  /** What follows outside the database, and the answer. Safe to repeat: it runs again if this process dies within it. */
  finish(decision: D): Promise<A>;
}

/**
 * Carries an order out once. Its writes are marked as ours, so whatever they must wake they have to ring for themselves.
 * @throws KeyReused when the key stands for another order.
 */
export async function carryOut<D extends Outcome, A extends Outcome>(
  pool: Pool,
  order: Order,
  steps: OrderSteps<D, A>,
): Promise<A> {
  const known = await inTransaction(pool, async (db): Promise<{ answer: A } | { decision: D }> => {
    await db.query(`set local pipeline.writer = 'admin'`);
    const earlier = await findEarlier<D, A>(db, order, steps);
    if (earlier) return earlier;
    const { decision, audit } = await steps.change(db);
    for (const entry of audit) await writeAudit(db, order, steps.action, decision, entry);
    if (order.idempotencyKey !== undefined) {
      await db.query('update pipeline.orders set decision = $3 where actor = $1 and idempotency_key = $2', [
        order.actor,
        order.idempotencyKey,
        JSON.stringify(decision),
      ]);
    }
    return { decision };
  });
  if ('answer' in known) return known.answer;
  const answer = await steps.finish(known.decision);
  return order.idempotencyKey === undefined ? answer : saveAnswer(pool, order, answer);
}

/** Whether an order with this key was carried out already. */
export const isKnown = async (pool: Pool, { actor, idempotencyKey }: Order): Promise<boolean> =>
  idempotencyKey !== undefined &&
  (await pool.query('select from pipeline.orders where actor = $1 and idempotency_key = $2', [actor, idempotencyKey]))
    .rowCount !== 0;

/** Takes the key. An equal order under way is waited for: its transaction holds the row. */
async function findEarlier<D, A>(
  db: PoolClient,
  { actor, idempotencyKey }: Order,
  { action, parameters }: { action: string; parameters: object },
): Promise<{ answer: A } | { decision: D } | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const hash = createHash('sha256').update(JSON.stringify(parameters)).digest('hex');
  const taken = await db.query(
    `insert into pipeline.orders (actor, idempotency_key, action, parameters_hash) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [actor, idempotencyKey, action, hash],
  );
  if (taken.rowCount === 1) return undefined;
  const { rows } = await db.query<{ action: string; parameters_hash: string; decision: D; answer: A | null }>(
    'select action, parameters_hash, decision, answer from pipeline.orders where actor = $1 and idempotency_key = $2',
    [actor, idempotencyKey],
  );
  const earlier = rows[0];
  if (earlier?.action !== action || earlier.parameters_hash !== hash)
    throw new KeyReused(`the idempotency key "${idempotencyKey}" was already used for another order; take a new one`);
  return earlier.answer ? { answer: earlier.answer } : { decision: earlier.decision };
}

/** The first answer stays: two callers with one key read the same. */
async function saveAnswer<A>(pool: Pool, { actor, idempotencyKey }: Order, answer: A): Promise<A> {
  const { rows } = await pool.query<{ answer: A }>(
    `update pipeline.orders set answer = coalesce(answer, $3) where actor = $1 and idempotency_key = $2 returning answer`,
    [actor, idempotencyKey, JSON.stringify(answer)],
  );
  return rows[0]?.answer ?? answer;
}

const writeAudit = (db: PoolClient, order: Order, action: string, { outcome, says }: Outcome, entry: AuditEntry) =>
  db.query(
    `insert into pipeline.audit (actor, action, tenant_id, job_id, job_variants_id, before, after, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      order.actor,
      action,
      entry.tenantId ?? null,
      entry.jobId ?? null,
      entry.variantId ?? null,
      entry.before && JSON.stringify(entry.before),
      entry.after && JSON.stringify(entry.after),
      [outcome === 'refused' ? `refused: ${says}` : undefined, order.note].filter(Boolean).join('; ') || null,
    ],
  );

import { randomUUID } from 'node:crypto';
import type { VariantStage } from '../../workflows/contract.js';
import { counted } from '../counted.js';
import type { Reach } from '../auth/reach.js';
import type { Pool } from '../db/pool.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import { momentsOf, type When } from './read/moments.js';
import type { ItemOutcome } from './retry-job.js';
import { retryVariant } from './retry-variant.js';
import { BadOrder, NotFound } from './trouble.js';

/** Its moments are when the variant was last written. */
export interface FailedFilter extends When {
  tenantId?: string | undefined;
  /** The step at which they failed. */
  stage?: string | undefined;
  jobIds?: string[] | undefined;
  variantIds?: string[] | undefined;
  /** A part of the recorded reason. */
  reason?: string | undefined;
}

export interface ManyAnswer extends Outcome {
  items: ItemOutcome[];
  /** Failed variants that fit the filter and were left for another order. */
  left: number;
}

interface Decision extends Outcome {
  variantIds: string[];
  left: number;
}

/**
 * Sends the failed variants within reach that fit a filter back to work, one by one, each with its own outcome. Which
 * ones is decided once: a repetition with the same key goes on with the same list.
 * @throws BadOrder without any filter: everything at once is nobody's wish; OutOfReach.
 */
export function retryMany(
  pool: Pool,
  reach: Reach,
  { filter: wanted, from, limit }: { filter: FailedFilter; from?: VariantStage | undefined; limit: number },
  order: Order,
): Promise<ManyAnswer> {
  if (Object.values(wanted).every((value) => value === undefined))
    throw new BadOrder(
      'filter: name at least one of tenantId, stage, jobIds, variantIds, reason, before, after, olderThan, newerThan',
    );
  const tenantId = reach.within(wanted.tenantId);
  const filter = { ...wanted, ...(tenantId !== null && { tenantId }) };
  // Each item needs a key of its own, so that an item is not sent back twice when this order is repeated.
  const key = order.idempotencyKey ?? randomUUID();
  return carryOut<Decision, ManyAnswer>(pool, order, {
    action: 'retry failed variants',
    parameters: { filter, from: from ?? null, limit },
    async change(db) {
      const { before, after } = momentsOf(filter);
      const { rows } = await db.query<{ id: string; total: number }>(
        `select v.job_variants_id as id, count(*) over ()::integer as total
           from jobs_variants v
           join jobs j on j.job_id = v.job_id
           left join pipeline.runs r on r.job_variants_id = v.job_variants_id
          where v.status = 'failed'
            and ($1::text is null or j.tenant_id = $1)
            and ($2::text is null or v.current_step = $2)
            and ($3::uuid[] is null or v.job_id = any($3))
            and ($4::uuid[] is null or v.job_variants_id = any($4))
            and ($5::text is null or position($5 in r.reason) > 0)
            and ($6::timestamptz is null or v.updated_at < $6)
            and ($7::timestamptz is null or v.updated_at > $7)
          order by v.updated_at, v.job_variants_id limit $8`,
        [
          tenantId,
          filter.stage ?? null,
          filter.jobIds ?? null,
          filter.variantIds ?? null,
          filter.reason ?? null,
          before,
          after,
          limit,
        ],
      );
      const variantIds = rows.map(({ id }) => id);
      const left = (rows[0]?.total ?? 0) - variantIds.length;
      const says = variantIds.length > 0 ? '' : 'no failed variant fits the filter';
      return {
        decision: { outcome: variantIds.length > 0 ? 'done' : 'refused', says, variantIds, left },
        audit: [{ tenantId, before: { filter }, after: { variantIds, left } }],
      };
    },
    async finish({ outcome, says, variantIds, left }) {
      const items: ItemOutcome[] = [];
      for (const variantId of variantIds)
        items.push(await retryOne(pool, { variantId, from }, { ...order, idempotencyKey: `${key}/${variantId}` }));
      if (outcome === 'refused') return { outcome, says, items, left };
      const done = items.filter((item) => item.outcome === 'done').length;
      const rest = left > 0 ? `; ${left} more fit the filter` : '';
      return { outcome, says: `sent ${done} of ${counted(items.length, 'variant')} back to work${rest}`, items, left };
    },
  });
}

/** One that was deleted meanwhile is an outcome among others. */
async function retryOne(
  pool: Pool,
  what: { variantId: string; from: VariantStage | undefined },
  order: Order,
): Promise<ItemOutcome> {
  try {
    const { outcome, says } = await retryVariant(pool, what, order);
    return { variantId: what.variantId, outcome, says };
  } catch (error) {
    if (error instanceof NotFound) return { variantId: what.variantId, outcome: 'refused', says: error.message };
    throw error;
  }
}

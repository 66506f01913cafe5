import type { Pool } from '../db/pool.js';
import { lockVariant } from './locks.js';
import { observeVariant, stateInWords, type VariantNow } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import type { VariantAnswer } from './retry-variant.js';

/**
 * Marks a variant as its job's favourite, or takes the mark away. A job has one favourite; nothing is done again.
 * Refused for a variant that has no finished advertisement.
 * @throws NotFound
 */
export const selectVariant = (
  pool: Pool,
  { variantId, selected }: { variantId: string; selected: boolean },
  order: Order,
): Promise<VariantAnswer> =>
  carryOut<Outcome & { before: VariantNow }, VariantAnswer>(pool, order, {
    action: selected ? 'select variant' : 'deselect variant',
    parameters: { variantId, selected },
    async change(db) {
      const { jobId } = await observeVariant(db, variantId);
      // All of the job's, in the order everybody locks them: two favourites chosen at once must not both stay.
      await db.query('select from jobs_variants where job_id = $1 order by job_variants_id for no key update', [jobId]);
      await lockVariant(db, variantId);
      const before = await observeVariant(db, variantId);
      const { rows } = await db.query<{ url: string | null }>(
        `select a.image_url as url from jobs_variants v left join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
          where v.job_variants_id = $1`,
        [variantId],
      );
      const about = { jobId, variantId, before };
      if (selected && !rows[0]?.url)
        return {
          decision: {
            outcome: 'refused',
            says: `it has no finished advertisement, at ${stateInWords(before)}`,
            before,
          },
          audit: [{ ...about, after: before }],
        };
      // Not marked as ours: a marked write records where a row stands, and this one moves nothing.
      await db.query(`set local pipeline.writer = ''`);
      await db.query(
        `update jobs_variants set selected = (job_variants_id = $2 and $3), updated_at = clock_timestamp()
          where job_id = $1 and coalesce(selected, false) is distinct from (job_variants_id = $2 and $3)
            and ($3 or job_variants_id = $2)`,
        [jobId, variantId, selected],
      );
      return {
        decision: { outcome: 'done', says: selected ? 'it is the favourite' : 'it is no favourite any more', before },
        audit: [{ ...about, after: { ...before, selected } }],
      };
    },
    finish: async (decision) => ({ ...decision, variantId, observed: await observeVariant(pool, variantId) }),
  });

import { createHash } from 'node:crypto';
import type { AssetStore } from '../assets/asset-store.js';
import { effectId } from '../assets/effect-id.js';
import { type Brand, readBrand } from '../brands/brand.js';
import { prepareLogo } from '../brands/logo.js';
import { type BrandChange, writeBrand } from '../brands/write-brand.js';
import type { Pool, PoolClient } from '../db/pool.js';
import { carryOut, isKnown, type Order, type Outcome } from './orders.js';

export interface BrandAnswer extends Outcome {
  tenantId: string;
  /** Null for a tenant that had none. */
  before: Brand | null;
  observed: Brand | null;
}

/** Fields that are left out stay as they are. Pictures that are made from now on bear it; those there are stay. */
export const setBrand = (
  pool: Pool,
  { tenantId, change }: { tenantId: string; change: BrandChange },
  order: Order,
): Promise<BrandAnswer> =>
  changeBrand(pool, tenantId, order, {
    action: 'set brand',
    parameters: { change },
    change: async (db) => {
      await writeBrand(db, tenantId, change);
      return { outcome: 'done', says: `the brand of ${tenantId} is set` };
    },
  });

/** @throws UnreadableImageError as `prepareLogo` does, before anything is written. */
export async function setLogo(
  { pool, assets }: { pool: Pool; assets: AssetStore },
  { tenantId, logo }: { tenantId: string; logo: Buffer },
  order: Order,
): Promise<BrandAnswer> {
  const digest = createHash('sha256').update(logo).digest('hex');
  const publish = async (): Promise<string> => {
    const bytes = await prepareLogo(logo);
    // Named by its content. Pictures under way still draw the one before, so that its file stays until files are swept.
    const id = effectId(`logo:${tenantId}`, createHash('sha256').update(bytes).digest('hex'));
    return (await assets.publish({ tenantId, kind: 'logo', id, extension: 'png', bytes, date: new Date() })).url;
  };
  // Made before the transaction, and not at all for an order that was carried out already.
  const published = (await isKnown(pool, order)) ? undefined : await publish();
  return changeBrand(pool, tenantId, order, {
    action: 'set logo',
    parameters: { logo: digest },
    change: async (db) => {
      await writeBrand(db, tenantId, { logoUrl: published ?? (await publish()) });
      return { outcome: 'done', says: `the logo of ${tenantId} is set` };
    },
  });
}

/** Refused for a brand that has no logo. */
export const removeLogo = (pool: Pool, { tenantId }: { tenantId: string }, order: Order): Promise<BrandAnswer> =>
  changeBrand(pool, tenantId, order, {
    action: 'remove logo',
    parameters: {},
    change: async (db, before) => {
      if (!before?.logoUrl) return { outcome: 'refused', says: `the brand of ${tenantId} has no logo` };
      await writeBrand(db, tenantId, { logoUrl: null });
      return { outcome: 'done', says: `the logo of ${tenantId} is taken away` };
    },
  });

const changeBrand = (
  pool: Pool,
  tenantId: string,
  order: Order,
  steps: {
    action: string;
    parameters: object;
    change(db: PoolClient, before: Brand | null): Promise<Outcome>;
  },
): Promise<BrandAnswer> =>
  carryOut<BrandAnswer, BrandAnswer>(pool, order, {
    action: steps.action,
    parameters: { tenantId, ...steps.parameters },
    async change(db) {
      await db.query('select from pipeline.brands where tenant_id = $1 for update', [tenantId]);
      const before = (await readBrand(db, tenantId)) ?? null;
      const outcome = await steps.change(db, before);
      const observed = (await readBrand(db, tenantId)) ?? null;
      return {
        decision: { ...outcome, tenantId, before, observed },
        audit: [{ tenantId, before, after: observed }],
      };
    },
    finish: async (decision) => decision,
  });

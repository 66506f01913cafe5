import type { PoolClient } from '../db/pool.js';
import { type Brand, BRAND_COLUMNS, toBrand } from './brand.js';

/** Fields that are to differ; the others stay as they are. */
export type BrandChange = { [Field in keyof Omit<Brand, 'tenantId'>]?: Brand[Field] | undefined };

const COLUMN: Record<keyof BrandChange, string> = {
  name: 'name',
  logoUrl: 'logo_url',
  colour: 'colour',
  secondColour: 'second_colour',
  handle: 'handle',
  phone: 'phone',
  address: 'address',
  hours: 'hours',
  face: 'face',
};

/**
 * Changes a tenant's brand, in the caller's transaction. A tenant nobody has heard of is made: a shop says who it is
 * before it makes its first advertisement.
 */
export async function writeBrand(db: PoolClient, tenantId: string, change: BrandChange): Promise<Brand> {
  await db.query('insert into tenants (tenant_id, display_name) values ($1, $1) on conflict (tenant_id) do nothing', [
    tenantId,
  ]);
  await db.query('insert into pipeline.brands (tenant_id) values ($1) on conflict (tenant_id) do nothing', [tenantId]);
  const changed = (Object.keys(COLUMN) as (keyof BrandChange)[]).filter((field) => change[field] !== undefined);
  const { rows } = await db.query<Parameters<typeof toBrand>[0]>(
    `update pipeline.brands
        set ${[...changed.map((field, index) => `${COLUMN[field]} = $${index + 2}`), 'updated_at = clock_timestamp()'].join(', ')}
      where tenant_id = $1 returning ${BRAND_COLUMNS}`,
    [tenantId, ...changed.map((field) => change[field])],
  );
  return toBrand(rows[0] as Parameters<typeof toBrand>[0]);
}

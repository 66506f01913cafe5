import type { Reach } from '../../auth/reach.js';
import { type Brand, BRAND_COLUMNS, readBrand, toBrand } from '../../brands/brand.js';
import { readableGround, readableText, type ReadableColour } from '../../brands/colours.js';
import type { Pool } from '../../db/pool.js';
import { NotFound } from '../trouble.js';
import type { Page } from './cursor.js';

/** How a brand's colour has to look where it meets text. */
export interface ColourInUse {
  /** As text on white. */
  text: ReadableColour;
  /** As a ground, with the ink on it. */
  ground: ReadableColour & { ink: string };
}

export interface ShownBrand extends Brand {
  inUse: { colour: ColourInUse | null; secondColour: ColourInUse | null };
}

/** @throws NotFound for a tenant that has none. */
export async function showBrand(pool: Pool, tenantId: string): Promise<ShownBrand> {
  const brand = await readBrand(pool, tenantId);
  if (!brand) throw new NotFound(`there is no brand of the tenant "${tenantId}"`);
  return inUse(brand);
}

/** All brands within reach, by tenant; the cursor is the last one's. */
export async function listBrands(
  pool: Pool,
  reach: Reach,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<ShownBrand>> {
  const { rows } = await pool.query<Parameters<typeof toBrand>[0]>(
    `select ${BRAND_COLUMNS} from pipeline.brands
      where ($1::text is null or tenant_id = $1) and ($2::text is null or tenant_id collate "C" > $2)
      order by tenant_id collate "C" limit $3`,
    [reach.tenantId, page.cursor ?? null, page.limit + 1],
  );
  const items = rows.slice(0, page.limit).map((row) => inUse(toBrand(row)));
  return { items, next: rows.length > page.limit ? (items.at(-1)?.tenantId ?? null) : null };
}

export const inUse = (brand: Brand): ShownBrand => ({
  ...brand,
  inUse: { colour: useOf(brand.colour), secondColour: useOf(brand.secondColour) },
});

const useOf = (colour: string | null): ColourInUse | null =>
  colour === null ? null : { text: readableText(colour, 'ffffff'), ground: readableGround(colour) };

import type { Pool, PoolClient } from '../db/pool.js';
import { FONT_FACES, type FontFace } from '../imaging/fonts.js';

/** Faces to choose from: all that a headline can be set in. */
export const BRAND_FACES = FONT_FACES.filter((face) => face !== 'Fallback');

/** Who a tenant is on pictures and in posts. What nobody has said is null; nothing is filled in from elsewhere. */
export interface Brand {
  tenantId: string;
  name: string | null;
  /** `/assets/…` of a PNG with transparency. */
  logoUrl: string | null;
  /** RRGGBB in small letters, as chosen; `colours.ts` says how it has to look as text or behind it. */
  colour: string | null;
  secondColour: string | null;
  /** Instagram's, with the `@`. */
  handle: string | null;
  phone: string | null;
  address: string | null;
  hours: string | null;
  /** Headlines are set in it where the design allows. */
  face: FontFace | null;
}

export const BRAND_COLUMNS = `tenant_id as "tenantId", name, logo_url as "logoUrl", colour, second_colour as "secondColour",
  handle, phone, address, hours, face`;

/** A face that a later build no longer draws with is as good as none. */
export const toBrand = (row: Omit<Brand, 'face'> & { face: string | null }): Brand => ({
  ...row,
  face: BRAND_FACES.find((face) => face === row.face) ?? null,
});

/** The brand of a tenant; undefined for one that has none. */
export async function readBrand(db: Pool | PoolClient, tenantId: string): Promise<Brand | undefined> {
  const { rows } = await db.query<Parameters<typeof toBrand>[0]>(
    `select ${BRAND_COLUMNS} from pipeline.brands where tenant_id = $1`,
    [tenantId],
  );
  return rows[0] && toBrand(rows[0]);
}

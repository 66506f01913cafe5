import type { Pool } from '../../db/pool.js';
import type { VariantUnit } from './units.js';

/** Where a cut-out picture of ours keeps its mask (255 = background) and the upright photo it was cut from. */
export interface CutFiles {
  maskUrl: string;
  uprightUrl: string;
}

/** Undefined for pictures without a cut-out and for those of other makers. */
export async function findCut(pool: Pool, unit: VariantUnit): Promise<CutFiles | undefined> {
  const { rows } = await pool.query<{ mask: string | null; upright: string | null }>(
    `select m.image_url as mask, p.prepared->'upright'->>'url' as upright
       from gen_variants n
       join gen_runs g using (run_id)
       join pipeline.prepared_photos p using (run_id)
       join image_assets m on m.image_asset_id = n.mask_asset_id
      where n.bg_asset_id = $1 and g.cutout_asset_id is not null
      order by n.created_at desc limit 1`,
    [unit.imageId],
  );
  const { mask, upright } = rows[0] ?? {};
  return mask && upright ? { maskUrl: mask, uprightUrl: upright } : undefined;
}

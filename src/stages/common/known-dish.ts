import { z } from 'zod';
import type { Pool } from '../../db/pool.js';
import { type Box, intersectionOf } from '../../imaging/geometry.js';

/** The dish of a picture of ours, as its composition placed it. */
export interface KnownDish {
  /** Shares of the picture; what the frame cuts off is not in it. */
  box: Box;
  /** How sure whoever looked at the shop's photo was of where it is, 0..1. */
  confidence: number;
  /** Of the cut-out dish: one channel, 255 = everything else. Null where the photo shows as it is. */
  backgroundMaskUrl: string | null;
}

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const rowSchema = z.object({
  dish: box,
  window: box,
  is_cut_out: z.boolean(),
  confidence: z.number().positive().max(1),
  mask_url: z.string().nullable(),
});

/** A smaller piece of dish is no dish. */
const LEAST_SIDE = 0.02;

/**
 * Where the dish of a picture is when we made the picture ourselves and knew; undefined for pictures of other makers, and
 * for those whose dish nobody had found on the photo either: these are to be looked at.
 */
export async function findKnownDish(pool: Pool, imageId: string): Promise<KnownDish | undefined> {
  const { rows } = await pool.query(
    `select p.composition->'dish' as dish, p.composition->'window' as window, p.composition->'is_cut_out' as is_cut_out,
            f.prepared->'dishConfidence' as confidence, m.image_url as mask_url
       from pipeline.pictures p
       join gen_variants v on v.bg_asset_id = p.image_asset_id
       join pipeline.prepared_photos f on f.run_id = v.run_id
       left join image_assets m on m.image_asset_id = v.mask_asset_id
      where p.image_asset_id = $1
      limit 1`,
    [imageId],
  );
  const known = rowSchema.safeParse(rows[0]).data;
  if (!known) return undefined;
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  const shown = intersectionOf(intersectionOf(known.dish, known.window), whole);
  if (shown.width < LEAST_SIDE || shown.height < LEAST_SIDE) return undefined;
  return { box: shown, confidence: known.confidence, backgroundMaskUrl: known.is_cut_out ? known.mask_url : null };
}

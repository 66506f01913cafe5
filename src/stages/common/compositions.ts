import { z } from 'zod';
import type { Pool } from '../../db/pool.js';
import type { VariantUnit } from './units.js';

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const compositionSchema = z.object({
  dish: box.nullish(),
  window: box.nullish(),
  photo: box.nullish(),
  enlargement: z.number().nullish(),
  is_cut_out: z.boolean().nullish(),
  season: z.string().nullish(),
  axis: z.number().nullish(),
});

const areasSchema = z.object({
  sticker: z.object({ turn: z.number() }).nullish(),
  look: z.object({ onPhoto: z.boolean() }).nullish(),
  colours: z.object({ ground: z.string() }).nullish(),
});

/** How a picture of ours was composed. What its record does not say is null. */
export interface Composition {
  design: string;
  format: string;
  /** Box of the dish, shares of the canvas. */
  dish: z.infer<typeof box> | null;
  /** Part of the canvas where the photo shows, and the whole photo, which may reach beyond the canvas. */
  window: z.infer<typeof box> | null;
  photo: z.infer<typeof box> | null;
  /** How many times the photo's pixels were enlarged. */
  enlargement: number | null;
  isCutOut: boolean | null;
  season: string | null;
  /** Share of the width at which dish and text are centred; null in designs without such an axis. */
  axis: number | null;
  /** Whether text stands on the photo; null when the record does not say. */
  textOnPhoto: boolean | null;
  /** What text areas look like behind the text, RRGGBB. */
  ground: string | null;
  /** Degrees, clockwise. */
  stickerTurn: number;
}

/** Undefined for a picture that another maker made. */
export async function findComposition(pool: Pool, unit: VariantUnit): Promise<Composition | undefined> {
  const { rows } = await pool.query<{ design: string; format: string; composition: unknown; text_areas: unknown }>(
    'select design, format, composition, text_areas from pipeline.pictures where image_asset_id = $1',
    [unit.imageId],
  );
  if (!rows[0]) return undefined;
  const found = compositionSchema.safeParse(rows[0].composition).data ?? {};
  const areas = areasSchema.safeParse(rows[0].text_areas).data;
  return {
    design: rows[0].design,
    format: rows[0].format,
    dish: found.dish ?? null,
    window: found.window ?? null,
    photo: found.photo ?? null,
    enlargement: found.enlargement ?? null,
    isCutOut: found.is_cut_out ?? null,
    season: found.season ?? null,
    axis: found.axis ?? null,
    textOnPhoto: areas?.look?.onPhoto ?? null,
    ground: areas?.colours?.ground ?? null,
    stickerTurn: areas?.sticker?.turn ?? 0,
  };
}

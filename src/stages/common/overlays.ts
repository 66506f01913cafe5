import type { Pool } from '../../db/pool.js';
import { z } from 'zod';
import { TEXT_SLOTS } from '../../brief/idea.js';
import type { Box } from '../../imaging/geometry.js';
import type { DrawnElement, LeftOut } from '../../typography/text-areas.js';
import { notFound } from './refusal.js';
import type { VariantUnit } from './units.js';
import { requireUuid } from './uuid.js';

export interface Overlay {
  id: string;
  text: string;
  /** RRGGBB[AA] as recorded. */
  textColour: string | null;
  overlayColour: string | null;
  /** Pixels as drawn; null when the row does not say. */
  fontSize: number | null;
  renderUrl: string | null;
  /** URL of the picture the text was drawn on; null when the row does not say. */
  backgroundUrl: string | null;
  /** Ratios as stored; null when one of the four is missing. */
  region: Box | null;
  /** The single texts as drawn; empty when the row does not say. */
  elements: DrawnElement[];
  /** Texts that found no place; empty also when the row does not say. */
  leftOut: LeftOut[];
  /** What was drawn, where the row knows one text only: headline, what stands below it, their ink's box and face. */
  lines: string[];
  sublines: string[];
  textBox: Box | null;
  fontName: string | null;
}

interface OverlayRow {
  overlay_id: string;
  layout: Record<string, unknown> | null;
  x_ratio: string | null;
  y_ratio: string | null;
  width_ratio: string | null;
  height_ratio: string | null;
}

const SELECT = 'select overlay_id, layout, x_ratio, y_ratio, width_ratio, height_ratio from overlay_layouts';

/** @throws Refusal 400 for an id that is none, 404 when this variant has no such overlay. */
export async function findOverlay(pool: Pool, unit: VariantUnit, overlayId: string): Promise<Overlay> {
  const id = requireUuid(overlayId, 'overlay_id');
  const { rows } = await pool.query<OverlayRow>(`${SELECT} where overlay_id = $1 and job_variants_id = $2`, [
    id,
    unit.variantId,
  ]);
  if (!rows[0]) throw notFound(`Overlay not found: ${id}`);
  return toOverlay(rows[0]);
}

export async function findNewestOverlay(pool: Pool, unit: VariantUnit): Promise<Overlay | undefined> {
  const { rows } = await pool.query<OverlayRow>(
    `${SELECT} where job_variants_id = $1 order by created_at desc limit 1`,
    [unit.variantId],
  );
  return rows[0] && toOverlay(rows[0]);
}

const toOverlay = (row: OverlayRow): Overlay => {
  const layout = row.layout ?? {};
  const render = (layout.render ?? {}) as { url?: unknown };
  const ratios = [row.x_ratio, row.y_ratio, row.width_ratio, row.height_ratio];
  const [x, y, width, height] = ratios.map(Number) as [number, number, number, number];
  return {
    id: row.overlay_id,
    text: textOf(layout.text) ?? '',
    textColour: textOf(layout.text_color),
    overlayColour: textOf(layout.overlay_color),
    fontSize: typeof layout.font_size === 'number' ? layout.font_size : null,
    renderUrl: textOf(render.url),
    backgroundUrl: textOf(layout.background_url),
    region: ratios.includes(null) ? null : { x, y, width, height },
    elements: z.array(drawnElement).safeParse(layout.elements).data ?? [],
    leftOut: z.array(leftOut).safeParse(layout.left_out).data ?? [],
    lines: linesSchema.safeParse(layout.lines).data ?? [],
    sublines: z.object({ lines: linesSchema }).safeParse(layout.subline).data?.lines ?? [],
    textBox: boxSchema.safeParse(layout.text_box).data ?? null,
    fontName: textOf(layout.font_name),
  };
};

const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const linesSchema = z.array(z.string());

const drawnElement = z.object({
  slot: z.enum(TEXT_SLOTS),
  area: z.enum(['main', 'deal', 'sticker', 'foot']),
  lines: linesSchema,
  box: boxSchema,
  badge: boxSchema.nullable(),
  fontSize: z.number(),
  fontName: z.string(),
  colour: z.string(),
  contrastRatio: z.number(),
});
const leftOut = z.object({
  slot: z.enum(TEXT_SLOTS),
  text: z.string(),
  reason: z.enum(['no room', 'no glyph', 'no place in this design']),
});

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * URL of the finished picture: the variant's own, else what the overlay recorded.
 * @throws Refusal 404 when neither says.
 */
export async function findRenderUrl(pool: Pool, unit: VariantUnit, overlay: Overlay | undefined): Promise<string> {
  const { rows } = await pool.query<{ image_url: string }>(
    'select image_url from image_assets where image_asset_id = $1',
    [unit.overlaidImageId],
  );
  const url = rows[0]?.image_url ?? overlay?.renderUrl;
  if (!url) throw notFound('Render URL not found: the job variant has no overlaid picture');
  return url;
}

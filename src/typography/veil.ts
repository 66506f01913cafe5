import type { OverlayOptions } from 'sharp';
import { parseHexColour } from '../imaging/colour.js';
import { relativeLuminance, type Rgb } from '../imaging/contrast.js';
import type { Box } from '../imaging/geometry.js';
import { type Canvas, DARK, luminanceRange, paint, WHITE, worstContrast } from '../imaging/legibility.js';
import { sharp } from '../imaging/sharp.js';
import { onCanvas, unionOf } from './outlines.js';

/** A little more than WCAG AA asks: whoever measures the finished picture looks at other pixels than we do. */
const WANTED = 4.8;
const STEP = 0.08;
/** Pixels that a veil reaches beyond the text, and over which it fades. */
const REACH = 70;

/**
 * One soft veil behind all text that stands on a photo, as strong as the least legible piece needs; none where the
 * photo is calm and dark (or bright) enough. One veil, because patches behind single lines look like stains.
 */
export async function veilFor(texts: { ink: Box; colour: string }[], canvas: Canvas): Promise<OverlayOptions[]> {
  const bare = texts.flatMap(({ ink, colour }) => {
    const rgb = parseHexColour(colour);
    return rgb ? [{ ink: onCanvas(ink, canvas), rgb }] : [];
  });
  if (bare.length === 0) return [];
  if (await areLegible(bare, canvas, [])) return [];
  // Texts far apart (headline above, name below) get a veil each.
  const groups = groupsOf(bare);
  const veils: OverlayOptions[] = [];
  for (const group of groups) {
    if (await areLegible(group, canvas, [])) continue;
    const shade = relativeLuminance((group[0] as { rgb: Rgb }).rgb) > 0.2 ? DARK : WHITE;
    const box = group.map(({ ink }) => ink).reduce((all, ink) => unionOf(all, ink));
    for (let opacity = 0.24; ; opacity = Math.min(0.92, opacity + STEP)) {
      const layer = await veil(box, shade, opacity, canvas);
      if (opacity >= 0.92 || (await areLegible(group, canvas, [layer]))) {
        veils.push(layer);
        break;
      }
    }
  }
  return veils;
}

async function areLegible(texts: { ink: Box; rgb: Rgb }[], canvas: Canvas, layers: OverlayOptions[]): Promise<boolean> {
  const painted = await paint(canvas, layers);
  return texts.every(({ ink, rgb }) => worstContrast(rgb, luminanceRange(painted, ink)) >= WANTED);
}

function groupsOf<T extends { ink: Box }>(texts: T[]): T[][] {
  const groups: T[][] = [];
  for (const text of [...texts].sort((a, b) => a.ink.y - b.ink.y)) {
    const last = groups.at(-1);
    const end = last && Math.max(...last.map(({ ink }) => ink.y + ink.height));
    if (last && end !== undefined && text.ink.y - end < 2 * REACH) last.push(text);
    else groups.push([text]);
  }
  return groups;
}

async function veil(box: Box, shade: Rgb, opacity: number, { width, height }: Canvas): Promise<OverlayOptions> {
  const small = { width: Math.ceil(width / 4), height: Math.ceil(height / 4) };
  const rgb = `rgb(${shade.r},${shade.g},${shade.b})`;
  const drawn = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${small.width}" height="${small.height}" viewBox="0 0 ${width} ${height}">` +
        `<rect x="${box.x - REACH}" y="${box.y - REACH}" width="${box.width + 2 * REACH}" height="${box.height + 2 * REACH}" rx="${REACH}" fill="${rgb}" fill-opacity="${opacity.toFixed(2)}"/></svg>`,
    ),
  )
    .ensureAlpha()
    .blur(REACH / 9)
    .raw()
    .toBuffer();
  const input = await sharp(drawn, { raw: { ...small, channels: 4 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { input, raw: { width, height, channels: 4 }, left: 0, top: 0 };
}

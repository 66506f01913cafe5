import type { OverlayOptions } from 'sharp';
import { parseHexColour, toHex } from './colour.js';
import { luminanceContrast, relativeLuminance, type Rgb } from './contrast.js';
import type { Box } from './geometry.js';
import { sharp } from './sharp.js';

export const WHITE: Rgb = { r: 255, g: 255, b: 255 };
export const DARK: Rgb = { r: 26, g: 18, b: 12 };
/** WCAG AA for normal text. */
export const AA_CONTRAST = 4.5;

/** RGBA pixels of a picture. */
export interface Canvas {
  data: Buffer;
  width: number;
  height: number;
}

/** Lowest and highest luminance that count, the 5th and 95th percentile: single pixels do not make text unreadable. */
export interface LuminanceRange {
  dark: number;
  bright: number;
}

/** A rounded plate of one colour; with `feather` (pixels) its edge fades out softly. */
export function plate(box: Box, colour: Rgb, opacity: number, radius: number, feather: number): OverlayOptions {
  const margin = Math.ceil(feather * 2.5);
  const width = box.width + 2 * margin;
  const height = box.height + 2 * margin;
  const filter =
    feather === 0
      ? ''
      : `<filter id="f" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${feather}"/></filter>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${filter}` +
    `<rect x="${margin}" y="${margin}" width="${box.width}" height="${box.height}" rx="${radius}" fill="#${toHex(colour)}" ` +
    `fill-opacity="${opacity.toFixed(3)}"${feather === 0 ? '' : ' filter="url(#f)"'}/></svg>`;
  return { input: Buffer.from(svg), left: box.x - margin, top: box.y - margin };
}

/** The picture under its layers. */
export async function paint(canvas: Canvas, layers: OverlayOptions[]): Promise<Canvas> {
  if (layers.length === 0) return canvas;
  const { width, height } = canvas;
  const painted = sharp(canvas.data, { raw: { width, height, channels: 4 } }).composite(layers);
  return { data: await painted.raw().toBuffer(), width, height };
}

export function luminanceRange({ data, width }: Canvas, box: Box): LuminanceRange {
  // Every n-th pixel is enough for a percentile; averaging neighbours instead would hide a busy background.
  const step = Math.max(1, Math.floor(Math.sqrt((box.width * box.height) / 20_000)));
  const found: number[] = [];
  for (let y = box.y; y < box.y + box.height; y += step) {
    for (let x = box.x; x < box.x + box.width; x += step) {
      const i = (y * width + x) * 4;
      // Viewers show transparent parts on white.
      const alpha = (data[i + 3] as number) / 255;
      const channel = (offset: number): number => (data[i + offset] as number) * alpha + 255 * (1 - alpha);
      found.push(relativeLuminance({ r: channel(0), g: channel(1), b: channel(2) }));
    }
  }
  const sorted = Float64Array.from(found).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { dark: at(0.05), bright: at(0.95) };
}

export function worstContrast(colour: Rgb, { dark, bright }: LuminanceRange): number {
  const own = relativeLuminance(colour);
  // A background that is darker here and brighter there than the text hides it somewhere in between.
  if (own > dark && own < bright) return 1;
  return Math.min(luminanceContrast(own, dark), luminanceContrast(own, bright));
}

export function chooseColour(ground: LuminanceRange, preferred: string | undefined): Rgb {
  const wanted = preferred === undefined ? null : parseHexColour(preferred);
  if (wanted !== null && worstContrast(wanted, ground) >= AA_CONTRAST) return { r: wanted.r, g: wanted.g, b: wanted.b };
  return luminanceContrast(1, ground.bright) >= luminanceContrast(relativeLuminance(DARK), ground.dark) ? WHITE : DARK;
}

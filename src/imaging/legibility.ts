import type { OverlayOptions } from 'sharp';
import { parseHexColour, toHex } from './colour.js';
import { luminanceContrast, relativeLuminance, type Rgb } from './contrast.js';
import type { Box } from './geometry.js';
import { sharp } from './sharp.js';

export const WHITE: Rgb = { r: 255, g: 255, b: 255 };
export const DARK: Rgb = { r: 26, g: 18, b: 12 };
/** WCAG AA for normal text. */
export const AA_CONTRAST = 4.5;
/** Drawn a little clearer than asked for: whoever measures the picture later looks at other pixels than we do. */
const WANTED_CONTRAST = 4.7;
const SCRIM_STEP = 0.04;

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

export async function luminanceRange(canvas: Canvas, layers: OverlayOptions[], box: Box): Promise<LuminanceRange> {
  const { width, height } = canvas;
  const painted =
    layers.length === 0
      ? canvas.data
      : await sharp(canvas.data, { raw: { width, height, channels: 4 } })
          .composite(layers)
          .raw()
          .toBuffer();
  // Every n-th pixel is enough for a percentile; averaging neighbours instead would hide a busy background.
  const step = Math.max(1, Math.floor(Math.sqrt((box.width * box.height) / 20_000)));
  const found: number[] = [];
  for (let y = box.y; y < box.y + box.height; y += step) {
    for (let x = box.x; x < box.x + box.width; x += step) {
      const i = (y * width + x) * 4;
      // Viewers show transparent parts on white.
      const alpha = (painted[i + 3] as number) / 255;
      const channel = (offset: number): number => (painted[i + offset] as number) * alpha + 255 * (1 - alpha);
      found.push(relativeLuminance({ r: channel(0), g: channel(1), b: channel(2) }));
    }
  }
  const sorted = Float64Array.from(found).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { dark: at(0.05), bright: at(0.95) };
}

function worstContrast(colour: Rgb, { dark, bright }: LuminanceRange): number {
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

export interface Legible {
  layers: OverlayOptions[];
  scrim: { colour: string; opacity: number } | null;
  contrast: number;
}

/** Raises a scrim under the text until the background, measured again as it will be, gives enough contrast. */
export async function mendContrast(
  canvas: Canvas,
  fill: OverlayOptions[],
  textBox: Box,
  fontSize: number,
  colour: Rgb,
  ground: LuminanceRange,
): Promise<Legible> {
  const contrast = worstContrast(colour, ground);
  if (contrast >= WANTED_CONTRAST) return { layers: [], scrim: null, contrast };
  const scrimColour = relativeLuminance(colour) > 0.2 ? DARK : WHITE;
  const feather = Math.max(4, Math.round(fontSize * 0.16));
  const reach = Math.round(feather * 2.5);
  const box = {
    x: textBox.x - reach,
    y: textBox.y - reach,
    width: textBox.width + 2 * reach,
    height: textBox.height + 2 * reach,
  };
  let opacity = firstUsefulOpacity(colour, scrimColour, ground);
  for (;;) {
    const layers = [await insidePicture(plate(box, scrimColour, opacity, fontSize * 0.35, feather), canvas)];
    const measured = worstContrast(colour, await luminanceRange(canvas, [...fill, ...layers], textBox));
    if (measured >= WANTED_CONTRAST || opacity >= 1) {
      return { layers, scrim: { colour: toHex(scrimColour), opacity }, contrast: measured };
    }
    opacity = Math.min(1, opacity + SCRIM_STEP);
  }
}

/** A computed guess saves drawing the scrim a dozen times; the drawn one is measured all the same. */
function firstUsefulOpacity(colour: Rgb, scrim: Rgb, ground: LuminanceRange): number {
  const encode = (luminance: number): number => luminance ** (1 / 2.2) * 255;
  const worst = relativeLuminance(colour) > 0.2 ? encode(ground.bright) : encode(ground.dark);
  for (let step = 1; step * SCRIM_STEP < 1; step++) {
    const opacity = step * SCRIM_STEP;
    const grey = worst * (1 - opacity) + scrim.g * opacity;
    const behind = relativeLuminance({ r: grey, g: grey, b: grey });
    if (luminanceContrast(relativeLuminance(colour), behind) >= WANTED_CONTRAST) return opacity;
  }
  return 1;
}

/** sharp refuses layers that reach over the picture, so what hangs over is cut away first. */
async function insidePicture(
  layer: OverlayOptions,
  canvas: { width: number; height: number },
): Promise<OverlayOptions> {
  const { data, info } = await sharp(layer.input as Buffer)
    .png()
    .toBuffer({ resolveWithObject: true });
  const left = Math.max(0, layer.left ?? 0);
  const top = Math.max(0, layer.top ?? 0);
  const cut = {
    left: left - (layer.left ?? 0),
    top: top - (layer.top ?? 0),
    width: Math.min(canvas.width, (layer.left ?? 0) + info.width) - left,
    height: Math.min(canvas.height, (layer.top ?? 0) + info.height) - top,
  };
  return { input: await sharp(data).extract(cut).png().toBuffer(), left, top };
}

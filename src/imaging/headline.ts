import type { OverlayOptions } from 'sharp';
import { parseHexColour, toHex } from './colour.js';
import { luminanceContrast, relativeLuminance, type Rgb } from './contrast.js';
import { assertGlyphs, loadFont } from './fonts.js';
import { type Box, toPixels } from './geometry.js';
import { drawInk, type Ink, placeInk } from './ink.js';
import { bestLines } from './line-splitting.js';
import { sharp } from './sharp.js';

const WHITE: Rgb = { r: 255, g: 255, b: 255 };
const DARK: Rgb = { r: 26, g: 18, b: 12 };
const LINE_HEIGHT = 1.22;
/** Share of the region kept free on every side, measured on its shorter side. */
const PADDING = 0.08;
/** The same for left and right, measured on the region's width: a line from edge to edge looks squeezed in. */
const SIDE_PADDING = 0.04;
const DEFAULT_MAX_FONT_SIZE = 96;
const DEFAULT_MIN_FONT_SIZE = 28;
/** Smaller type cannot be read on a phone, whatever the caller allows. */
const LEAST_FONT_SIZE = 14;
/** WCAG AA for normal text. */
const AA_CONTRAST = 4.5;
const SCRIM_STEP = 0.04;

/** The text cannot be set in the region at a readable size. The message says how much fits. */
export class HeadlineDoesNotFitError extends Error {
  override readonly name = 'HeadlineDoesNotFitError';
}

export interface HeadlineRequest {
  text: string;
  picture: Buffer;
  /** Ratios of the picture, 0..1, top-left origin. */
  region: Box;
  /** Pixels, 96 when not given. */
  maxFontSize?: number;
  /** Pixels, 28 when not given; goes lower, to 14 at the least, only when the text would not fit otherwise. */
  minFontSize?: number;
  /** RRGGBB[AA]; used only if it is legible on the picture as it is. Text is drawn opaque, the alpha is not used. */
  preferredColour?: string;
  /** RRGGBB[AA]: the region is filled with it before the text is drawn. */
  backgroundColour?: string | null;
  /** Share of the region's spare height that lies above the text; 0.5, the middle, when not given. */
  spareAbove?: number;
}

export interface DrawnHeadline {
  /** The picture with the text on it: RGBA PNG, same size as the picture. */
  png: Buffer;
  width: number;
  height: number;
  lines: string[];
  /** Pixels. */
  fontSize: number;
  fontName: string;
  /** Path inside the font's npm package. */
  fontPath: string;
  /** RRGGBBAA as drawn. */
  textColour: string;
  /** The soft plate laid under the text to make it legible, RRGGBB and 0..1; null when none was needed. */
  scrim: { colour: string; opacity: number } | null;
  /** Tight box of the ink, ratios. */
  textBox: Box;
  /** WCAG contrast of the text against the worse end (5th or 95th percentile) of the background inside textBox, as drawn. */
  contrastRatio: number;
}

/**
 * Draws a headline into a region of a picture, as large as it fits, and legible: the colour follows the background,
 * and where no colour reaches a contrast of 4.5 a soft scrim is laid under the text until it does.
 * @throws MissingGlyphError when the font lacks a character, HeadlineDoesNotFitError when the text is too long or empty.
 */
export async function drawHeadline(request: HeadlineRequest): Promise<DrawnHeadline> {
  const text = request.text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (text === '') throw new HeadlineDoesNotFitError('The headline is empty; there is nothing to draw.');
  assertGlyphs(text);

  const picture = await sharp(request.picture)
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = picture.info;
  const region = toPixels(request.region, width, height);
  const { lines, fontSize, ink } = await setLargest(text, region, request);
  const inkBox = ink.box as Box;
  const textBox = { ...inkBox, x: region.x + inkBox.x, y: region.y + inkBox.y };

  const canvas = { data: picture.data, width, height };
  const fill = fillOf(request.backgroundColour, region);
  const ground = await luminanceRange(canvas, fill, textBox);
  const colour = chooseColour(ground, request.preferredColour);
  const legible = await mendContrast(canvas, fill, textBox, fontSize, colour, ground);

  const png = await sharp(canvas.data, { raw: { width, height, channels: 4 } })
    .composite([...fill, ...legible.layers, ...(await textLayers(ink, region, colour, fontSize))])
    .png({ compressionLevel: 6 })
    .toBuffer();
  const font = loadFont('ExtraBold');
  return {
    png,
    width,
    height,
    lines,
    fontSize,
    fontName: font.name,
    fontPath: font.packagePath,
    textColour: toHex(colour, 255),
    scrim: legible.scrim,
    textBox: {
      x: textBox.x / width,
      y: textBox.y / height,
      width: textBox.width / width,
      height: textBox.height / height,
    },
    contrastRatio: legible.contrast,
  };
}

interface Canvas {
  data: Buffer;
  width: number;
  height: number;
}

/** Lowest and highest luminance that count, the 5th and 95th percentile: single pixels do not make text unreadable. */
interface LuminanceRange {
  dark: number;
  bright: number;
}

async function setLargest(
  text: string,
  region: Box,
  request: HeadlineRequest,
): Promise<{ lines: string[]; fontSize: number; ink: Ink }> {
  const font = loadFont('ExtraBold');
  const padding = PADDING * Math.min(region.width, region.height);
  const most = Math.max(LEAST_FONT_SIZE, request.maxFontSize ?? DEFAULT_MAX_FONT_SIZE);
  const limits = {
    width: region.width - 2 * Math.max(padding, SIDE_PADDING * region.width),
    height: region.height - 2 * padding,
    maxFontSize: most,
    lineHeight: LINE_HEIGHT,
  };
  const wanted = Math.min(most, Math.max(LEAST_FONT_SIZE, request.minFontSize ?? DEFAULT_MIN_FONT_SIZE));
  const layout = bestLines(text, font.widthOf, limits);
  // Below the wanted least size the text is still drawn, only smaller: a small headline beats none.
  for (let fontSize = Math.floor(layout.fontSize); fontSize >= Math.min(wanted, LEAST_FONT_SIZE); fontSize--) {
    const ink = await drawInk({
      ...layout,
      fontSize,
      lineHeight: LINE_HEIGHT,
      font,
      width: region.width,
      height: region.height,
    });
    if (ink.box !== null && !ink.touchesEdge) {
      return { lines: layout.lines, fontSize, ink: placeInk(ink, request.spareAbove ?? 0.5, padding) };
    }
  }
  throw new HeadlineDoesNotFitError(
    `The headline has ${[...text].length} characters and does not fit ${region.width} x ${region.height} pixels at ` +
      `${LEAST_FONT_SIZE} px. Shorten the text or choose a larger region.`,
  );
}

function fillOf(backgroundColour: string | null | undefined, region: Box): OverlayOptions[] {
  const colour = backgroundColour ? parseHexColour(backgroundColour) : null;
  if (colour === null || colour.alpha === 0) return [];
  return [plate(region, colour, colour.alpha / 255, 12, 0)];
}

/** A rounded plate of one colour; with `feather` (pixels) its edge fades out softly. */
function plate(box: Box, colour: Rgb, opacity: number, radius: number, feather: number): OverlayOptions {
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

async function luminanceRange(canvas: Canvas, layers: OverlayOptions[], box: Box): Promise<LuminanceRange> {
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

function chooseColour(ground: LuminanceRange, preferred: string | undefined): Rgb {
  const wanted = preferred === undefined ? null : parseHexColour(preferred);
  if (wanted !== null && worstContrast(wanted, ground) >= AA_CONTRAST) return { r: wanted.r, g: wanted.g, b: wanted.b };
  return luminanceContrast(1, ground.bright) >= luminanceContrast(relativeLuminance(DARK), ground.dark) ? WHITE : DARK;
}

interface Legible {
  layers: OverlayOptions[];
  scrim: { colour: string; opacity: number } | null;
  contrast: number;
}

/** Raises a scrim under the text until the background, measured again as it will be, gives enough contrast. */
async function mendContrast(
  canvas: Canvas,
  fill: OverlayOptions[],
  textBox: Box,
  fontSize: number,
  colour: Rgb,
  ground: LuminanceRange,
): Promise<Legible> {
  const contrast = worstContrast(colour, ground);
  if (contrast >= AA_CONTRAST) return { layers: [], scrim: null, contrast };
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
    if (measured >= AA_CONTRAST || opacity >= 1) {
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
    if (luminanceContrast(relativeLuminance(colour), behind) >= AA_CONTRAST) return opacity;
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

/** The glyphs in their colour over a faint halo of the opposite tone, which keeps edges crisp on mid-tones. */
async function textLayers(ink: Ink, region: Box, colour: Rgb, fontSize: number): Promise<OverlayOptions[]> {
  const size = { width: ink.width, height: ink.height };
  const halo = relativeLuminance(colour) > 0.2 ? DARK : WHITE;
  const coverage = sharp(ink.coverage, { raw: { ...size, channels: 1 } });
  const soft = await coverage
    .clone()
    .blur(Math.max(1, fontSize * 0.07))
    .linear(0.38, 0)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const layer = async (rgb: Rgb, alpha: Uint8Array): Promise<OverlayOptions> => ({
    input: await sharp({ create: { ...size, channels: 3, background: rgb } })
      .joinChannel(Buffer.from(alpha.buffer, alpha.byteOffset, alpha.length), { raw: { ...size, channels: 1 } })
      .png({ compressionLevel: 1 })
      .toBuffer(),
    left: region.x,
    top: region.y,
  });
  return [await layer(halo, soft), await layer(colour, ink.coverage)];
}

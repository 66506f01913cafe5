import type { OverlayOptions } from 'sharp';
import { parseHexColour, toHex } from './colour.js';
import { assertGlyphs, loadFont } from './fonts.js';
import { type Box, toPixels } from './geometry.js';
import { drawInk, type Ink, placeInk } from './ink.js';
import { chooseColour, luminanceRange, mendContrast, plate } from './legibility.js';
import { bestLines } from './line-splitting.js';
import { sharp } from './sharp.js';
import { drawSignature, type DrawnSignature } from './signature.js';
import { textLayers } from './text-layers.js';
import { type Treatment, TREATMENTS } from './treatments.js';

/** Share of the region kept free on every side, measured on its shorter side. */
const PADDING = 0.08;
/** The same for left and right, measured on the region's width: a line from edge to edge looks squeezed in. */
const SIDE_PADDING = 0.04;
const DEFAULT_MAX_FONT_SIZE = 96;
const DEFAULT_MIN_FONT_SIZE = 28;
/** Smaller type cannot be read on a phone, whatever the caller allows. */
const LEAST_FONT_SIZE = 14;

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
  /** The face and its setting; plain when not given. It must have every glyph of the text. */
  treatment?: Treatment;
  /** The shop's name in small type, and where (ratios); left out where it would not be legible or not fit. */
  signature?: { text: string; region: Box };
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
  signature: DrawnSignature | null;
}

/**
 * Draws a headline into a region of a picture, as large as it fits, and legible: the colour follows the background,
 * and where no colour reaches a contrast of 4.5 a soft scrim is laid under the text until it does.
 * @throws MissingGlyphError when the font lacks a character, HeadlineDoesNotFitError when the text is too long or empty.
 */
export async function drawHeadline(request: HeadlineRequest): Promise<DrawnHeadline> {
  const text = request.text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (text === '') throw new HeadlineDoesNotFitError('The headline is empty; there is nothing to draw.');
  const treatment = request.treatment ?? TREATMENTS.plain;
  assertGlyphs(text, treatment.face);

  const picture = await sharp(request.picture)
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = picture.info;
  const region = toPixels(request.region, width, height);
  const { lines, fontSize, ink } = await setLargest(text, region, treatment, request);
  const inkBox = ink.box as Box;
  const textBox = { ...inkBox, x: region.x + inkBox.x, y: region.y + inkBox.y };

  const canvas = { data: picture.data, width, height };
  const fill = fillOf(request.backgroundColour, region);
  const ground = await luminanceRange(canvas, fill, textBox);
  const colour = chooseColour(ground, request.preferredColour);
  const legible = await mendContrast(canvas, fill, textBox, fontSize, colour, ground);

  const signed = request.signature ? await drawSignature(canvas, request.signature, fontSize) : null;
  const png = await sharp(canvas.data, { raw: { width, height, channels: 4 } })
    .composite([
      ...fill,
      ...legible.layers,
      ...(await textLayers(ink, region, colour, fontSize)),
      ...(signed?.layers ?? []),
    ])
    .png({ compressionLevel: 6 })
    .toBuffer();
  const font = loadFont(treatment.face);
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
    signature: signed?.drawn ?? null,
  };
}

async function setLargest(
  text: string,
  region: Box,
  { face, lineHeight }: Treatment,
  request: HeadlineRequest,
): Promise<{ lines: string[]; fontSize: number; ink: Ink }> {
  const font = loadFont(face);
  const padding = PADDING * Math.min(region.width, region.height);
  const most = Math.max(LEAST_FONT_SIZE, request.maxFontSize ?? DEFAULT_MAX_FONT_SIZE);
  const limits = {
    width: region.width - 2 * Math.max(padding, SIDE_PADDING * region.width),
    height: region.height - 2 * padding,
    maxFontSize: most,
    lineHeight,
  };
  const wanted = Math.min(most, Math.max(LEAST_FONT_SIZE, request.minFontSize ?? DEFAULT_MIN_FONT_SIZE));
  const layout = bestLines(text, font.widthOf, limits);
  // Below the wanted least size the text is still drawn, only smaller: a small headline beats none.
  for (let fontSize = Math.floor(layout.fontSize); fontSize >= Math.min(wanted, LEAST_FONT_SIZE); fontSize--) {
    const ink = await drawInk({
      ...layout,
      fontSize,
      lineHeight,
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

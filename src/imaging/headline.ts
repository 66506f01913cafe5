import type { OverlayOptions } from 'sharp';
import { parseHexColour, toHex } from './colour.js';
import { assertGlyphs, loadFont } from './fonts.js';
import { type Box, toPixels } from './geometry.js';
import { setLargest, splitCopy, SUBLINE_FACE } from './headline-setting.js';
import { chooseColour, luminanceRange, mendContrast, plate } from './legibility.js';
import { sharp } from './sharp.js';
import { drawSignature, type DrawnSignature } from './signature.js';
import { textLayers } from './text-layers.js';
import { type Treatment, TREATMENTS } from './treatments.js';

export interface HeadlineRequest {
  /** The headline; what follows a line break is a sub-line in smaller type, where there is room for one. */
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
  /** The sub-line's own lines and size; null when there is none. */
  subline: { lines: string[]; fontSize: number } | null;
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
  const treatment = request.treatment ?? TREATMENTS.plain;
  const copy = splitCopy(request.text);
  assertGlyphs(copy.headline, treatment.face);
  if (copy.subline) assertGlyphs(copy.subline, SUBLINE_FACE);

  const picture = await sharp(request.picture)
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = picture.info;
  const region = toPixels(request.region, width, height);
  const { lines, fontSize, subline, ink } = await setLargest(copy, region, treatment, request);
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
    subline,
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

function fillOf(backgroundColour: string | null | undefined, region: Box): OverlayOptions[] {
  const colour = backgroundColour ? parseHexColour(backgroundColour) : null;
  if (colour === null || colour.alpha === 0) return [];
  return [plate(region, colour, colour.alpha / 255, 12, 0)];
}

export { HeadlineDoesNotFitError } from './headline-setting.js';

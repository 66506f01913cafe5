import type { OverlayOptions } from 'sharp';
import { toHex } from './colour.js';
import { loadFont, missingGlyphs } from './fonts.js';
import { type Box, toPixels, toRatios } from './geometry.js';
import { drawInk } from './ink.js';
import { AA_CONTRAST, type Canvas, chooseColour, luminanceRange, mendContrast } from './legibility.js';
import { textLayers } from './text-layers.js';

/** Of the headline's size: clearly the smaller of the two, still read on a phone. */
const SIZE_SHARE = 0.36;
const LARGEST = 32;
const LEAST = 20;

/** Where the shop's name stands, as shares: at the far edge from the headline, in stories clear of what the app covers. */
export function signatureBand(edge: 'top' | 'bottom', { width, height }: { width: number; height: number }): Box {
  const [top, bottom] = height / width > 1.6 ? [0.108, 0.812] : [0.03, 0.934];
  return { x: 0.15, y: edge === 'top' ? top : bottom, width: 0.7, height: 0.036 };
}

export interface DrawnSignature {
  text: string;
  /** Pixels. */
  font_size: number;
  font_name: string;
  /** RRGGBBAA as drawn. */
  text_color: string;
  /** Ratios. */
  box: Box;
  contrast_ratio: number;
  scrim: { colour: string; opacity: number } | null;
}

/**
 * The shop's name on one line in the middle of its region. It is an extra: where it lacks a glyph, does not fit or
 * cannot be made legible, there is none, and the headline stands alone.
 */
export async function drawSignature(
  canvas: Canvas,
  { text, region: ratios }: { text: string; region: Box },
  headlineSize: number,
): Promise<{ layers: OverlayOptions[]; drawn: DrawnSignature } | null> {
  const face = 'SemiBold';
  if (text === '' || missingGlyphs(text, face).length > 0) return null;
  const font = loadFont(face);
  const region = toPixels(ratios, canvas.width, canvas.height);
  const fitting = Math.min(
    LARGEST,
    headlineSize * SIZE_SHARE,
    (region.width * 0.94) / font.widthOf(text),
    region.height * 0.8,
  );
  const fontSize = Math.floor(Math.max(fitting, Math.min(LEAST, fitting)));
  if (fontSize < LEAST) return null;
  const ink = await drawInk([{ lines: [text], fontSize, lineHeight: 1, font }], region);
  if (ink.box === null || ink.touchesEdge) return null;
  const box = { ...ink.box, x: region.x + ink.box.x, y: region.y + ink.box.y };
  const ground = await luminanceRange(canvas, [], box);
  const colour = chooseColour(ground, undefined);
  const legible = await mendContrast(canvas, [], box, fontSize, colour, ground);
  if (legible.contrast < AA_CONTRAST) return null;
  return {
    layers: [...legible.layers, ...(await textLayers(ink, region, colour, fontSize))],
    drawn: {
      text,
      font_size: fontSize,
      font_name: font.name,
      text_color: toHex(colour, 255),
      box: toRatios(box, canvas.width, canvas.height),
      contrast_ratio: legible.contrast,
      scrim: legible.scrim,
    },
  };
}

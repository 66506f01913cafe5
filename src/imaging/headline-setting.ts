import { type FontFace, loadFont } from './fonts.js';
import type { Box } from './geometry.js';
import { drawInk, type Ink, placeInk, type TextBlock } from './ink.js';
import { bestLines } from './line-splitting.js';
import type { Treatment } from './treatments.js';

/** Share of the region kept free on every side, measured on its shorter side. */
const PADDING = 0.08;
/** The same for left and right, measured on the region's width: a line from edge to edge looks squeezed in. */
const SIDE_PADDING = 0.04;
const DEFAULT_MAX_FONT_SIZE = 96;
const DEFAULT_MIN_FONT_SIZE = 28;
/** Smaller type cannot be read on a phone, whatever the caller allows. */
const LEAST_FONT_SIZE = 14;

export const SUBLINE_FACE: FontFace = 'SemiBold';
/** Of the headline's size: read second, at a glance. */
const SUBLINE_SHARE = 0.42;
const LEAST_SUBLINE = 22;
const SUBLINE_HEIGHT = 1.35;
/** Share of the height that the headline keeps beside a sub-line. */
const HEADLINE_KEEPS = 0.7;

/** The text cannot be set in the region at a readable size. The message says how much fits. */
export class HeadlineDoesNotFitError extends Error {
  override readonly name = 'HeadlineDoesNotFitError';
}

export interface Copy {
  headline: string;
  /** Empty when there is none. */
  subline: string;
}

/** @throws HeadlineDoesNotFitError when nothing is left of the text. */
export function splitCopy(text: string): Copy {
  const [headline, ...rest] = text
    .normalize('NFC')
    .split(/[\r\n\u2028\u2029]+/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '');
  if (headline === undefined) throw new HeadlineDoesNotFitError('The headline is empty; there is nothing to draw.');
  return { headline, subline: rest.join(' ') };
}

export interface SetHeadline {
  lines: string[];
  /** Pixels. */
  fontSize: number;
  subline: { lines: string[]; fontSize: number } | null;
  ink: Ink;
}

interface SizeLimits {
  maxFontSize?: number;
  minFontSize?: number;
  spareAbove?: number;
}

/**
 * Sets the headline as large as its region (pixels) allows, with the sub-line under it. Where a sub-line would be too
 * small to read, its words join the headline.
 * @throws HeadlineDoesNotFitError when the text is too long even for the smallest type.
 */
export async function setLargest(
  { headline, subline }: Copy,
  region: Box,
  treatment: Treatment,
  sizes: SizeLimits,
): Promise<SetHeadline> {
  if (subline) {
    const both = await setBlocks(headline, subline, region, treatment, sizes);
    if (both) return both;
  }
  const text = subline ? `${headline} ${subline}` : headline;
  const alone = await setBlocks(text, null, region, treatment, sizes);
  if (alone) return alone;
  throw new HeadlineDoesNotFitError(
    `The headline has ${[...text].length} characters and does not fit ${region.width} x ${region.height} pixels at ` +
      `${LEAST_FONT_SIZE} px. Shorten the text or choose a larger region.`,
  );
}

/** Null when even the smallest allowed type is cut off at the region's edge. */
async function setBlocks(
  headline: string,
  subline: string | null,
  region: Box,
  { face, lineHeight }: Treatment,
  sizes: SizeLimits,
): Promise<SetHeadline | null> {
  const font = loadFont(face);
  const padding = PADDING * Math.min(region.width, region.height);
  const width = region.width - 2 * Math.max(padding, SIDE_PADDING * region.width);
  const height = region.height - 2 * padding;
  const most = Math.max(LEAST_FONT_SIZE, sizes.maxFontSize ?? DEFAULT_MAX_FONT_SIZE);
  const wanted = Math.min(most, Math.max(LEAST_FONT_SIZE, sizes.minFontSize ?? DEFAULT_MIN_FONT_SIZE));
  const best = bestLines(headline, font.widthOf, {
    width,
    height: subline === null ? height : height * HEADLINE_KEEPS,
    maxFontSize: most,
    lineHeight,
  });
  // Below the wanted least size the text is still drawn, only smaller: a small headline beats none.
  for (let fontSize = Math.floor(best.fontSize); fontSize >= Math.min(wanted, LEAST_FONT_SIZE); fontSize--) {
    const blocks: TextBlock[] = [{ lines: best.lines, fontSize, lineHeight, font }];
    if (subline !== null) {
      const below = sublineUnder(subline, fontSize, width, height - fontSize * lineHeight * best.lines.length);
      if (below === null) return null;
      blocks.push(below);
    }
    const ink = await drawInk(blocks, region);
    if (ink.box === null || ink.touchesEdge) continue;
    const [, second] = blocks;
    return {
      lines: best.lines,
      fontSize,
      subline: second ? { lines: second.lines, fontSize: second.fontSize } : null,
      ink: placeInk(ink, sizes.spareAbove ?? 0.5, padding),
    };
  }
  return null;
}

/** Null where there is no room for it in readable type. */
function sublineUnder(text: string, headlineSize: number, width: number, height: number): TextBlock | null {
  const font = loadFont(SUBLINE_FACE);
  const set = bestLines(text, font.widthOf, {
    width,
    height,
    maxFontSize: headlineSize * SUBLINE_SHARE,
    lineHeight: SUBLINE_HEIGHT,
  });
  const fontSize = Math.floor(set.fontSize);
  return fontSize < LEAST_SUBLINE ? null : { lines: set.lines, fontSize, lineHeight: SUBLINE_HEIGHT, font };
}

import type { TextSlot } from '../../brief/idea.js';
import type { Box } from '../../imaging/geometry.js';
import type { Raster } from '../../imaging/picture.js';
import type { Composition } from '../common/compositions.js';
import type { Cut } from './cut-off-edge.js';
import type { Finding } from './finding.js';

/** A text as it stands in the picture. Boxes are shares of the canvas. */
export interface StandingText {
  slot: TextSlot;
  lines: string[];
  /** Tight box of its ink. */
  box: Box;
  /** What it was drawn on, when that is not the picture itself. */
  badge: Box | null;
  /** Pixels; null when the record does not say. */
  fontSize: number | null;
  /** WCAG contrast of its letters with the mean of what is right behind them, measured on the pixels. */
  contrast: number;
}

/** A finished advertisement, and what is known of how it was made. A rule says nothing about what is not known. */
export interface Advertisement {
  /** The finished picture, and the same before its texts; null when that is gone. */
  picture: Raster;
  before: Raster | null;
  texts: StandingText[];
  /** Box of the dish, shares of the canvas; null where none is known or seen. */
  dish: Box | null;
  /** The dish as it was cut out; null where it was not, or its photo is gone. */
  cut: Cut | null;
  /** Null for pictures of other makers. */
  composition: Composition | null;
}

/** One kind of fault. */
export type Rule = (ad: Advertisement) => Finding[];

export interface Part {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const sidesOf = ({ x, y, width, height }: Box): Part => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
});

/** Area that two boxes share, as a share of the first. */
export function sharedOf(box: Box, other: Box): number {
  const [a, b] = [sidesOf(box), sidesOf(other)];
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const area = box.width * box.height;
  return across <= 0 || down <= 0 || area <= 0 ? 0 : (across * down) / area;
}

/** A designer's picture is measured in pixels of a canvas 1080 wide, whatever its own width. */
export const CANVAS_WIDTH = 1080;

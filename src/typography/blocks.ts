import type { TextSlot } from '../brief/idea.js';
import type { FontFace } from '../imaging/fonts.js';
import type { Box } from '../imaging/geometry.js';
import { breakLines } from './line-breaks.js';
import { outlineOf, widthOf } from './outlines.js';

/** All in pixels of the canvas. */
export interface SetLine {
  text: string;
  face: FontFace;
  fontSize: number;
  /** Where the baseline begins. */
  x: number;
  baseline: number;
}

export interface SetBadge {
  shape: 'pill' | 'tag' | 'block' | 'line' | 'outline' | 'circle' | 'burst' | 'ticket';
  box: Box;
  /** RRGGBB: its ground, or of `outline` and `line` the stroke. */
  colour: string;
}

export interface SetElement {
  slot: TextSlot;
  lines: SetLine[];
  /** RRGGBB. */
  colour: string;
  badge: SetBadge | null;
  /** A line through the text in this colour (RRGGBB): a price that was. */
  strike?: string;
  /** Degrees around the badge's centre. */
  turn?: number;
  /** Where the shop's logo goes, beside its name. */
  logo?: Box;
}

/** Something of a known size that can be put anywhere. */
export interface Block {
  width: number;
  height: number;
  /** Pixels to the next block below. */
  gap: number;
  place(left: number, top: number): SetElement[];
}

export interface TextStyle {
  face: FontFace;
  fontSize: number;
  colour: string;
  /** Line pitch as a multiple of the size. */
  lineHeight: number;
}

/** Of the size: how far letters reach above and below the baseline in the faces we draw with, Hangul and Latin. */
const ABOVE = 0.8;
const BELOW = 0.14;

/** Lines of text below each other, aligned within the widest. Null when `room` pixels need more than `mostLines`. */
export function textBlock(
  slot: TextSlot,
  text: string,
  style: TextStyle,
  fit: { room: number; mostLines: number; align: 'left' | 'center' | 'right'; gap: number; isStrict?: boolean },
): Block | null {
  const { face, fontSize, lineHeight, colour } = style;
  const measure = (part: string): number => widthOf(part, face);
  const broken = breakLines(text, {
    room: fit.room / fontSize,
    mostLines: fit.mostLines,
    measure,
    isStrict: fit.isStrict ?? false,
  });
  if (!broken) return null;
  const pitch = fontSize * lineHeight;
  const width = broken.widest * fontSize;
  return {
    width,
    height: (broken.lines.length - 1) * pitch + (ABOVE + BELOW) * fontSize,
    gap: fit.gap,
    place: (left, top) => [
      {
        slot,
        colour,
        badge: null,
        lines: broken.lines.map((line, index) => ({
          text: line,
          face,
          fontSize,
          x: left + shareOf(fit.align) * (width - measure(line) * fontSize),
          baseline: top + ABOVE * fontSize + index * pitch,
        })),
      },
    ],
  };
}

export const shareOf = (align: 'left' | 'center' | 'right'): number =>
  align === 'left' ? 0 : align === 'right' ? 1 : 0.5;

/** One line, on a badge or bare, whose ink stands in the middle of its height. */
export function labelBlock(
  slot: TextSlot,
  text: string,
  style: Omit<TextStyle, 'lineHeight'>,
  options: { badge?: { shape: SetBadge['shape']; colour: string }; strike?: string; gap: number },
): Block {
  const { face, fontSize, colour } = style;
  const { badge, strike, gap } = options;
  const textWidth = widthOf(text, face) * fontSize;
  const side = badge && badge.shape !== 'line' ? fontSize * (badge.shape === 'tag' ? 0.62 : 0.46) : 0;
  const height = fontSize * (badge ? 1.42 : ABOVE + BELOW);
  const width = textWidth + 2 * side;
  return {
    width,
    height,
    gap,
    place(left, top) {
      const ink = outlineOf(text, face, { x: 0, baseline: 0 }, fontSize).box;
      const baseline = top + height / 2 - (ink.y + ink.height / 2);
      return [
        {
          slot,
          colour,
          lines: [{ text, face, fontSize, x: left + side, baseline }],
          badge: badge ? { ...badge, box: { x: left, y: top, width, height } } : null,
          ...(strike !== undefined && { strike }),
        },
      ];
    },
  };
}

/** A label with room for a logo of the given aspect (width by height) before it. */
export function withLogo(label: Block, aspect: number, height: number): Block {
  const width = height * Math.min(LONGEST_LOGO, aspect);
  const between = height * 0.28;
  return {
    width: width + between + label.width,
    height: Math.max(height, label.height),
    gap: label.gap,
    place(left, top) {
      const tall = Math.max(height, label.height);
      const logo = { x: left, y: top + (tall - height) / 2, width, height };
      return label
        .place(left + width + between, top + (tall - label.height) / 2)
        .map((element) => ({ ...element, logo }));
    },
  };
}
/** Width by height: a longer logo is set smaller. */
const LONGEST_LOGO = 4;

/** Blocks beside each other, each in the middle of the row's height; on their baselines they would look uneven. */
export function rowOf(blocks: Block[], { between, gap }: { between: number; gap: number }): Block {
  const width = blocks.reduce((sum, block) => sum + block.width, 0) + between * (blocks.length - 1);
  const height = Math.max(...blocks.map((block) => block.height));
  return {
    width,
    height,
    gap,
    place(left, top) {
      let x = left;
      return blocks.flatMap((block) => {
        const placed = block.place(x, top + (height - block.height) / 2);
        x += block.width + between;
        return placed;
      });
    },
  };
}

export const heightOf = (blocks: Block[]): number =>
  blocks.reduce((sum, block, index) => sum + block.height + (index < blocks.length - 1 ? block.gap : 0), 0);

/** Blocks below each other in a box (pixels), aligned as asked. */
export function placeStack(
  blocks: Block[],
  box: Box,
  { align, vertical }: { align: 'left' | 'center' | 'right'; vertical: 'top' | 'middle' | 'bottom' },
): SetElement[] {
  const spare = box.height - heightOf(blocks);
  let top = box.y + spare * (vertical === 'top' ? 0 : vertical === 'bottom' ? 1 : 0.5);
  return blocks.flatMap((block) => {
    const placed = block.place(box.x + shareOf(align) * (box.width - block.width), top);
    top += block.height + block.gap;
    return placed;
  });
}

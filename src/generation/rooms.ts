import type { PictureTexts } from '../brief/idea.js';
import type { Box } from '../imaging/geometry.js';
import { heightOf } from '../typography/blocks.js';
import { setFoot } from '../typography/set-foot.js';
import { heightOfMain } from '../typography/set-main.js';
import type { TypeLook } from '../typography/text-areas.js';
import type { Size } from './canvas.js';

/** Boxes in pixels of the canvas: for the text, for the dish, and for the small print and the shop's name. */
export interface Rooms {
  main: Box;
  stage: Box;
  /** No height when the picture has nothing to say there. */
  foot: Box;
}

type Shape = 'square' | 'portrait' | 'story';
export const shapeOf = ({ width, height }: Size): Shape => {
  const aspect = height / width;
  return aspect > 1.6 ? 'story' : aspect > 1.1 ? 'portrait' : 'square';
};

/** Shares of the canvas height that are ours: the app covers the top 14 % and the bottom 20 % of a story. */
export const SAFE: Record<Shape, { top: number; bottom: number }> = {
  square: { top: 0.05, bottom: 0.955 },
  portrait: { top: 0.045, bottom: 0.96 },
  story: { top: 0.15, bottom: 0.79 },
};
/** Side margin, share of the canvas width. */
export const MARGIN = 0.065;
/** Share of the canvas height that the headline and what belongs to it take at most. */
const MOST_MAIN: Record<Shape, number> = { square: 0.42, portrait: 0.4, story: 0.34 };

/** Height (pixels) that the small print and the name take in a column `width` pixels wide; 0 when there is none. */
export function footHeight(texts: PictureTexts, look: TypeLook, width: number, hasLogo: boolean): number {
  const box = { x: 0, y: 0, width, height: 400 };
  const foot = { box, align: 'center' as const, vertical: 'top' as const };
  return Math.ceil(heightOf(setFoot(texts, { look, foot, colours: NO_COLOURS }, box, hasLogo ? 1 : undefined).blocks));
}

const NO_COLOURS = { ink: '000000', quiet: '000000', accent: '000000', onAccent: '000000', ground: '000000' };

export interface MainDemand {
  look: TypeLook;
  /** Pixels. */
  width: number;
  /** Price and offer have a place of their own, or the offer has a sticker. */
  hasDealArea?: boolean;
  hasSticker?: boolean;
  /** Share of the canvas height, where a design can spare more or less than usual. */
  most?: number;
}

/** Height (pixels) that the headline and what belongs to it take. */
export const mainHeight = (texts: PictureTexts, size: Size, demand: MainDemand): number =>
  Math.ceil(
    heightOfMain(
      texts,
      { look: demand.look, align: 'center' },
      {
        width: demand.width,
        most: (demand.most ?? MOST_MAIN[shapeOf(size)]) * size.height,
        canvasWidth: size.width,
        hasDealArea: demand.hasDealArea ?? false,
        hasSticker: demand.hasSticker ?? false,
      },
    ),
  );

/** The text's room first, at the top or at the bottom, as high as the type needs; the dish gets what is left. */
export function roomsFor(
  size: Size,
  texts: PictureTexts,
  headline: 'top' | 'bottom',
  demand: Omit<MainDemand, 'width'>,
  hasLogo: boolean,
): Rooms {
  const safe = SAFE[shapeOf(size)];
  const [top, bottom] = [safe.top * size.height, safe.bottom * size.height];
  const x = MARGIN * size.width;
  const width = size.width - 2 * x;
  const foot = footHeight(texts, demand.look, width, hasLogo);
  const main = mainHeight(texts, size, { ...demand, width });
  const air = 0.03 * size.width;
  const footBox = { x, y: bottom - foot, width, height: foot };
  const above = footBox.y - (foot > 0 ? air * 1.15 : 0);
  if (headline === 'top') {
    const stageTop = top + main + air;
    return { main: { x, y: top, width, height: main }, foot: footBox, stage: stageBox(size, stageTop, above) };
  }
  const mainTop = above - main;
  return { main: { x, y: mainTop, width, height: main }, foot: footBox, stage: stageBox(size, top, mainTop - air) };
}

const stageBox = (size: Size, from: number, to: number): Box => ({
  x: 0.045 * size.width,
  y: from,
  width: 0.91 * size.width,
  height: to - from,
});

import { type Lab, parseHexColour, rgbToLab } from '../../imaging/colour.js';
import type { Box } from '../../imaging/geometry.js';
import type { Raster } from '../../imaging/picture.js';
import { type Part, type Rule, sidesOf, type StandingText } from './advertisement.js';
import { isCloseUp } from './close-up.js';
import { finding } from './finding.js';

/** Beyond this many times its own pixels a photo is soft on a telephone. */
const MOST_ENLARGED = 1.5;
/** Share of the dish that its frame, or a card over it, may hide before it looks like a mistake. */
const MOST_CUT = 0.45;
/** Designs crop a dish from one side to show it large; where nearly half of it is gone on that side, it is cut. */
const MOST_LOPSIDED = 0.45;
/** Cells in which the dish is counted, each way. */
const CELLS = 48;
/** A card is of exactly its colour (CIE 76, mean of a few pixels); food seldom is. */
const SAME = 3;

/** A photo blown up beyond its pixels. Measured: how many times. */
export const enlargedPhoto: Rule = ({ composition }) => {
  const measured = composition?.enlargement ?? 0;
  // A hundredth more comes from rounding to whole pixels.
  return measured > MOST_ENLARGED + 0.01
    ? [finding('enlarged', measured, MOST_ENLARGED, { mend: 'another photo' })]
    : [];
};

/**
 * Dish or vessel cut by the window in which the photo shows, by the canvas, or by a card. A dish that the photographer
 * cut already is a close-up, and a crop of one may go on. Measured: how much more of its width or
 * height one side cuts off than the other, or else the share of the dish that is not seen.
 */
export const dishCut: Rule = ({ composition, before, texts }) => {
  if (!composition?.dish || isCloseUp(composition)) return [];
  const canvas = { x: 0, y: 0, width: 1, height: 1 };
  const frame = composition.isCutOut ? canvas : (composition.window ?? canvas);
  const lopsided = lopsidedCut(composition.dish, frame);
  if (lopsided > MOST_LOPSIDED) return [finding('dish-cut', lopsided, MOST_LOPSIDED, { mend: 'another design' })];
  const rgb = composition.isCutOut || !composition.ground ? null : parseHexColour(composition.ground);
  const card = rgb && before && { colour: rgbToLab(rgb), around: aroundTexts(texts), before };
  const measured = hiddenShare(composition.dish, frame, card);
  return measured > MOST_CUT ? [finding('dish-cut', measured, MOST_CUT, { mend: 'another design' })] : [];
};

function lopsidedCut(dish: Box, frame: Box): number {
  const [inner, outer] = [sidesOf(dish), sidesOf(frame)];
  const beyond = (distance: number, length: number): number => Math.max(0, distance) / length;
  return Math.max(
    Math.abs(beyond(outer.left - inner.left, dish.width) - beyond(inner.right - outer.right, dish.width)),
    Math.abs(beyond(outer.top - inner.top, dish.height) - beyond(inner.bottom - outer.bottom, dish.height)),
  );
}

/** What texts stand on: a plate may have its colour too, but not where the texts are. */
interface Card {
  colour: Lab;
  around: Part;
  before: Raster;
}

function aroundTexts(texts: StandingText[]): Part {
  const sides = texts.filter(({ slot }) => slot !== 'offer').map(({ badge, box }) => sidesOf(badge ?? box));
  return {
    left: Math.min(...sides.map(({ left }) => left)) - 0.05,
    top: Math.min(...sides.map(({ top }) => top)) - 0.05,
    right: Math.max(...sides.map(({ right }) => right)) + 0.05,
    bottom: Math.max(...sides.map(({ bottom }) => bottom)) + 0.05,
  };
}

const isWithin = ({ left, top, right, bottom }: Part, x: number, y: number): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

/** Of the ellipse in the dish's box, what lies outside of the frame or has the card's colour. */
function hiddenShare(dish: Box, frame: Box, card: Card | null): number {
  const sides = sidesOf(frame);
  const isCard = (x: number, y: number): boolean =>
    card !== null && isWithin(card.around, x, y) && distance(meanAt(card.before, x, y), card.colour) < SAME;
  let [all, hidden] = [0, 0];
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const [u, v] = [((column + 0.5) / CELLS) * 2 - 1, ((row + 0.5) / CELLS) * 2 - 1];
      if (u * u + v * v > 1) continue;
      all++;
      const [x, y] = [dish.x + ((u + 1) / 2) * dish.width, dish.y + ((v + 1) / 2) * dish.height];
      if (!isWithin(sides, x, y) || isCard(x, y)) hidden++;
    }
  }
  return hidden / all;
}

const distance = (p: Lab, q: Lab): number => Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);

/** Mean of 5 x 5 pixels: grain is not of a card's colour, its mean is. */
function meanAt({ data, width, height }: Raster, x: number, y: number): Lab {
  const [left, top] = [
    Math.min(width - 5, Math.max(0, Math.floor(x * width) - 2)),
    Math.min(height - 5, Math.max(0, Math.floor(y * height) - 2)),
  ];
  const sum = [0, 0, 0];
  for (let row = top; row < top + 5; row++) {
    for (let i = (row * width + left) * 3; i < (row * width + left + 5) * 3; i++) {
      const channel = (i - (row * width + left) * 3) % 3;
      sum[channel] = (sum[channel] as number) + (data[i] as number);
    }
  }
  const [r, g, b] = sum.map((value) => value / 25) as [number, number, number];
  return rgbToLab({ r, g, b });
}

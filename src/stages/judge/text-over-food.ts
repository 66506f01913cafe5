import { type Lab, parseHexColour, rgbToLab } from '../../imaging/colour.js';
import type { Box } from '../../imaging/geometry.js';
import type { Raster } from '../../imaging/picture.js';
import { type Advertisement, type Rule, sharedOf, type StandingText } from './advertisement.js';
import { isCloseUp } from './close-up.js';
import { finding } from './finding.js';

/** Share of a text that may lie over the dish, whose rim is not known to the pixel; a badge or sticker may lap over it. */
const TOLERATED = { text: 0.12, badge: 0.4 };
/** Cells in which a box is counted, each way. */
const CELLS = 40;
/** A close-up of which the dish fills more than this share is a texture of food: there is no other place for words. */
const FILLS = 0.5;
/** Behind a card or in the dark the dish is there, and is not seen: colours so near to the text's ground (CIE 76) hide it. */
const HIDDEN = 14;

/** Text, price or name that lies over the dish. Measured: share of it, or of its badge, over what is seen of the dish. */
export const textOverFood: Rule = (ad) => {
  const { texts, dish } = ad;
  const window = ad.composition?.window ?? { x: 0, y: 0, width: 1, height: 1 };
  if (dish === null) return [];
  if (ad.composition && isCloseUp(ad.composition) && sharedOf(window, dish) > FILLS) return [];
  return texts.flatMap((text) => {
    const measured = shareOver(text.badge ?? text.box, dish, window, ad);
    const limit = text.badge === null ? TOLERATED.text : TOLERATED.badge;
    return measured > limit
      ? [finding('text-over-food', measured, limit, { slot: text.slot, mend: mendFor(text) })]
      : [];
  });
};

/** Long copy is what pushes small texts onto the dish; a headline there stands where its design put it. */
const mendFor = ({ slot }: StandingText) => (slot === 'line' || slot === 'note' ? 'shorter text' : 'another design');

/** Dishes are round: of the box around one, its inscribed ellipse is counted. */
function shareOver(box: Box, dish: Box, window: Box, { before, composition }: Advertisement): number {
  const rgb = composition?.ground ? parseHexColour(composition.ground) : null;
  const ground = rgb && rgbToLab(rgb);
  const frame = composition?.isCutOut === false ? window : { x: 0, y: 0, width: 1, height: 1 };
  let inside = 0;
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const x = box.x + ((column + 0.5) / CELLS) * box.width;
      const y = box.y + ((row + 0.5) / CELLS) * box.height;
      if (!isWithin(frame, x, y)) continue;
      const across = (x - dish.x - dish.width / 2) / (dish.width / 2);
      const down = (y - dish.y - dish.height / 2) / (dish.height / 2);
      if (across * across + down * down > 1) continue;
      if (before && ground && distance(colourAt(before, x, y), ground) < HIDDEN) continue;
      inside++;
    }
  }
  return inside / (CELLS * CELLS);
}

const isWithin = (box: Box, x: number, y: number): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function colourAt({ data, width, height }: Raster, x: number, y: number): Lab {
  const column = Math.min(width - 1, Math.max(0, Math.floor(x * width)));
  const row = Math.min(height - 1, Math.max(0, Math.floor(y * height)));
  const at = (row * width + column) * 3;
  return rgbToLab({ r: data[at] as number, g: data[at + 1] as number, b: data[at + 2] as number });
}

const distance = (p: Lab, q: Lab): number => Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);

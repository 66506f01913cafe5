import type { Box } from '../../imaging/geometry.js';
import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { CutoutPixels } from '../dish-photo.js';
import { type Brief, centreOf, type Composition, type CutOutDesign, dishOnStage } from '../layout.js';
import { look } from '../looks.js';
import { dishLayer, placeDish, silhouette } from '../placed-dish.js';
import { cutOutComposition, roomsForDish } from './cut-out-composition.js';

/** As guests post it: the dish as a die-cut sticker on loud colour, hearts and stars around. */
export const socialDesign: CutOutDesign = { name: 'social', compose: asSticker };

async function asSticker(brief: Brief, cutout: CutoutPixels): Promise<Composition> {
  const { size, headline, random } = brief;
  const type = look(size, { headline: 'BagelFat', lead: 'Jua', figures: 'BagelFat', badge: 'pill', lineHeight: 1.14 });
  const rooms = roomsForDish(brief, type);
  const { stage } = rooms;
  const box = dishOnStage(brief, stage, brief.wish.fill * 0.92);
  const dish = await placeDish(cutout, box, size);
  const colours = brief.palette('bold');
  const rim = Math.round(size.width * 0.013);
  const png = await compose(size, `#${colours.ground}`, [
    svgLayer(size, glow(box)),
    await silhouette(dish, { colour: '#2a1608', opacity: 0.42, blur: 18, dx: 8, dy: 22, grow: rim }),
    await silhouette(dish, { colour: '#ffffff', opacity: 1, blur: 0.6, grow: rim }),
    await dishLayer(dish),
    svgLayer(size, around(brief, stage, box, rooms.sticker ? -1 : random.pick([-1, 1]))),
    await grainLayer(random, 6),
  ]);
  return cutOutComposition(png, brief, {
    box,
    rooms,
    prompt: `Social post: the dish as a die-cut sticker with a white rim on one loud flat colour, hearts and stars around it, plain colour at the ${headline} for a headline.`,
    colours,
    look: type,
  });
}

/** Two rings of a lighter tone behind the dish give flat colour a depth. */
function glow(box: Box): string {
  const { x, y } = centreOf(box);
  const radius = Math.max(box.width, box.height) / 2;
  return `<g fill="#fff"><circle cx="${x}" cy="${y}" r="${radius * 1.34}" fill-opacity="0.09"/><circle cx="${x}" cy="${y}" r="${radius * 1.16}" fill-opacity="0.1"/></g>`;
}

const heart = (x: number, y: number, scale: number, colour: string, turn = 0): string =>
  `<path transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})" d="M0 32C-46 2 -36 -30 -15 -30C-6 -30 0 -23 0 -17C0 -23 6 -30 15 -30C36 -30 46 2 0 32Z" fill="${colour}"/>`;

const star = (x: number, y: number, radius: number, colour: string): string =>
  `<path transform="translate(${x} ${y}) scale(${radius / 10})" d="M0 -10C1.5 -2.5 2.5 -1.5 10 0C2.5 1.5 1.5 2.5 0 10C-1.5 2.5 -2.5 1.5 -10 0C-2.5 -1.5 -1.5 -2.5 0 -10Z" fill="${colour}"/>`;

/** Hearts and sparkles at the dish's shoulders, never in the headline's room. */
function around(
  { size }: Brief,
  stage: Box,
  box: { x: number; y: number; width: number; height: number },
  side: number,
): string {
  const { x, y } = centreOf(box);
  const at = (angle: number, reach: number) => {
    const rad = (angle * Math.PI) / 180;
    return {
      x: Math.max(60, Math.min(size.width - 60, x + side * Math.cos(rad) * (box.width / 2 + reach))),
      y: Math.max(stage.y + 50, Math.min(stage.y + stage.height - 30, y + Math.sin(rad) * (box.height / 2 + reach))),
    };
  };
  const [a, b, c, d, e] = [at(-42, 34), at(-22, 62), at(140, 30), at(158, 64), at(-136, 46)] as const;
  return (
    heart(a.x, a.y, 1.5, '#f0435a', side * 14) +
    heart(b.x, b.y, 0.8, '#fff', side * -10) +
    star(c.x, c.y, 34, '#fff') +
    star(d.x, d.y, 18, '#fff') +
    star(e.x, e.y, 26, '#fff')
  );
}

import { compose, cutToShape, grainLayer, type Size, softLayer, svgLayer, tint } from '../canvas.js';
import {
  type Brief,
  centreOf,
  type Composition,
  cutoutOnCanvas,
  type Design,
  dishInFrame,
  dishOnStage,
  dishSizeWithin,
  photoOnCanvas,
  placementOf,
} from '../layout.js';
import { framePhoto, withinPhoto } from '../photo-frame.js';
import { dishLayer, placeDish, silhouette } from '../placed-dish.js';

/** As guests post it: the dish as a die-cut sticker on loud colour, hearts and stars around; or a post in its card. */
export const socialDesign: Design = {
  name: 'social',
  compose: (brief) => (brief.photo.cutout ? asSticker(brief, brief.photo.cutout) : asPost(brief)),
};

/** Loud but friendly: the one of four that is furthest from the dish's own hue. */
const GROUNDS = [
  { hue: 44, colour: tint(44, 96, 60), second: tint(36, 96, 54) },
  { hue: 186, colour: tint(184, 52, 56), second: tint(190, 56, 47) },
  { hue: 350, colour: tint(352, 82, 72), second: tint(346, 78, 64) },
  { hue: 262, colour: tint(258, 58, 72), second: tint(262, 52, 63) },
] as const;
const gap = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);
const groundFor = (hue: number) =>
  GROUNDS.reduce((best, next) => (gap(next.hue, hue) > gap(best.hue, hue) ? next : best));

async function asSticker(brief: Brief, cutout: NonNullable<Brief['photo']['cutout']>): Promise<Composition> {
  const { photo, size, headline, random } = brief;
  const box = dishOnStage(brief, brief.wish.fill * 0.92);
  const dish = await placeDish(cutout, box, size);
  const ground = groundFor(photo.hue);
  const rim = Math.round(size.width * 0.013);
  const png = await compose(size, ground.colour, [
    svgLayer(size, waves(size, ground.second, headline) + dots(size, headline)),
    await silhouette(dish, { colour: '#2a1608', opacity: 0.42, blur: 18, dx: 8, dy: 22, grow: rim }),
    await silhouette(dish, { colour: '#ffffff', opacity: 1, blur: 0.6, grow: rim }),
    await dishLayer(dish),
    svgLayer(size, around(brief, box, random.pick([-1, 1]))),
    await grainLayer(random, 6),
  ]);
  return {
    png,
    placement: placementOf(box, size),
    photoOnCanvas: cutoutOnCanvas(photo, box, size),
    prompt: `Social post: the dish as a die-cut sticker with a white rim on loud flat colour, hearts and stars around it, plain colour at the ${headline} for a headline.`,
  };
}

async function asPost(brief: Brief): Promise<Composition> {
  const { photo, size, stage, headline, random, wish } = brief;
  const bar = 78;
  const width = Math.round(Math.min(stage.width * 0.9, (stage.height - 2 * bar) * 1.3));
  const card = {
    left: Math.round(wish.x * size.width - width / 2),
    top: Math.round(stage.y),
    width,
    height: Math.round(stage.height),
  };
  const wanted = {
    width,
    height: card.height - 2 * bar,
    centreX: width / 2,
    centreY: (card.height - 2 * bar) / 2,
    dishSize: 0,
  };
  wanted.dishSize = dishSizeWithin(photo, width * 0.94, wanted.height * 0.95);
  const { frame, left } = withinPhoto(photo, wanted);
  Object.assign(card, {
    left: card.left + left,
    top: card.top + Math.round((wanted.height - frame.height) / 2),
    width: frame.width,
    height: frame.height + 2 * bar,
  });
  const at = { left: card.left, top: card.top + bar };
  const ground = groundFor(photo.hue);
  const picture = await cutToShape(
    await framePhoto(photo, frame),
    { width: frame.width, height: frame.height },
    `<rect width="100%" height="100%" fill="#fff"/>`,
    at,
  );
  const rect = (paint: string, dy = 0): string =>
    `<rect x="${card.left}" y="${card.top + dy}" width="${card.width}" height="${card.height}" rx="30" ${paint}/>`;
  const png = await compose(size, ground.colour, [
    svgLayer(size, waves(size, ground.second, headline) + dots(size, headline)),
    await softLayer(size, rect('fill="#2a1608" fill-opacity="0.45"', 20), 20),
    svgLayer(size, rect('fill="#fff"') + postBars(card, bar, ground.second)),
    picture,
    svgLayer(size, beside(brief, card, random.pick([-1, 1]))),
    await grainLayer(random, 6),
  ]);
  return {
    png,
    placement: placementOf(dishInFrame(photo, frame, at), size),
    photoOnCanvas: photoOnCanvas(photo, frame, size, at),
    prompt: `Social post: the dish photograph in a white post card on loud flat colour, heart and speech icons, plain colour at the ${headline} for a headline.`,
  };
}

function postBars(
  card: { left: number; top: number; width: number; height: number },
  bar: number,
  colour: string,
): string {
  const { left, top, width, height } = card;
  const low = top + height - bar / 2;
  return (
    `<circle cx="${left + 52}" cy="${top + bar / 2}" r="24" fill="${colour}"/><circle cx="${left + 52}" cy="${top + bar / 2 - 6}" r="9" fill="#fff"/><path d="M${left + 36} ${top + bar / 2 + 17}a16 13 0 0 1 32 0z" fill="#fff"/>` +
    `<rect x="${left + 92}" y="${top + bar / 2 - 15}" width="150" height="12" rx="6" fill="#d9d9de"/><rect x="${left + 92}" y="${top + bar / 2 + 6}" width="92" height="9" rx="4.5" fill="#e9e9ed"/>` +
    [0, 1, 2]
      .map((i) => `<circle cx="${left + width - 40 - i * 15}" cy="${top + bar / 2}" r="4" fill="#a9a9b0"/>`)
      .join('') +
    heart(left + 52, low, 0.62, '#f0435a') +
    `<path d="M${left + 98} ${low - 18}h34a9 9 0 0 1 9 9v15a9 9 0 0 1 -9 9h-16l-12 11v-11h-6a9 9 0 0 1 -9 -9v-15a9 9 0 0 1 9 -9z" fill="none" stroke="#3a3a40" stroke-width="4" stroke-linejoin="round"/>` +
    `<path d="M${left + width - 58} ${low - 19}h26v38l-13 -11l-13 11z" fill="none" stroke="#3a3a40" stroke-width="4" stroke-linejoin="round"/>`
  );
}

const heart = (x: number, y: number, scale: number, colour: string, turn = 0): string =>
  `<path transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})" d="M0 32C-46 2 -36 -30 -15 -30C-6 -30 0 -23 0 -17C0 -23 6 -30 15 -30C36 -30 46 2 0 32Z" fill="${colour}"/>`;

const star = (x: number, y: number, radius: number, colour: string): string =>
  `<path transform="translate(${x} ${y}) scale(${radius / 10})" d="M0 -10C1.5 -2.5 2.5 -1.5 10 0C2.5 1.5 1.5 2.5 0 10C-1.5 2.5 -2.5 1.5 -10 0C-2.5 -1.5 -1.5 -2.5 0 -10Z" fill="${colour}"/>`;

/** Hearts and sparkles at the dish's shoulders, never in the headline's room. */
function around(
  { stage, size }: Brief,
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

/** The same beside a card, clear of what is printed on it. */
function beside(
  { size }: Brief,
  card: { left: number; top: number; width: number; height: number },
  side: number,
): string {
  const x = (toSide: number, away: number): number =>
    toSide * side > 0 ? Math.min(size.width - 66, card.left + card.width + away) : Math.max(66, card.left - away);
  const y = (share: number): number => card.top + card.height * share;
  return (
    heart(x(1, 62), y(0.2), 1.3, '#f0435a', side * 14) +
    heart(x(1, 84), y(0.34), 0.7, '#fff', side * -10) +
    star(x(-1, 58), y(0.62), 30, '#fff') +
    star(x(-1, 92), y(0.74), 16, '#fff') +
    star(x(-1, 70), y(0.16), 22, '#fff')
  );
}

const waves = ({ width, height }: Size, colour: string, headline: 'top' | 'bottom'): string => {
  const y = headline === 'top' ? height * 0.6 : height * 0.4;
  const far = headline === 'top' ? height : 0;
  return `<path d="M0 ${y}C${width * 0.25} ${y - 90} ${width * 0.4} ${y + 80} ${width * 0.62} ${y}S${width * 0.9} ${y - 70} ${width} ${y - 10}V${far}H0Z" fill="${colour}"/>`;
};

/** A printed dot grid in the far corners; it gives flat colour a scale. */
function dots({ width, height }: Size, headline: 'top' | 'bottom'): string {
  const spots = Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 6 }, (_unused, column) => {
      const y = headline === 'top' ? height - 40 - row * 30 : 40 + row * 30;
      return `<circle cx="${40 + column * 30}" cy="${y}" r="5"/><circle cx="${width - 40 - column * 30}" cy="${y}" r="5"/>`;
    }).join(''),
  ).join('');
  return `<g fill="#fff" fill-opacity="0.35">${spots}</g>`;
}

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
  type HeadlineSide,
  photoOnCanvas,
  placementOf,
} from '../layout.js';
import { framePhoto } from '../photo-frame.js';
import { dishLayer, placeDish, shadowsOf } from '../placed-dish.js';
import { surfaceLayer } from '../texture.js';

/** A sign-painter's poster: cream paper, rays, a notched badge with the dish before it, a double frame. */
export const retroDesign: Design = {
  name: 'retro',
  compose: (brief) => (brief.photo.cutout ? withDish(brief, brief.photo.cutout) : withBadge(brief)),
};

const PAPER = '#f4e3c1';
const RAYS = 20;
const PROMPT = 'Retro diner poster: cream paper with fading sun rays and halftone dots';

/** Sign-painters owned four pots: red, mustard, petrol, bottle green. The badge takes the one that answers the dish. */
const INKS: readonly { hue: number; colour: string }[] = [
  { hue: 8, colour: tint(8, 58, 36) },
  { hue: 38, colour: tint(32, 66, 40) },
  { hue: 190, colour: tint(193, 46, 25) },
  { hue: 140, colour: tint(152, 34, 25) },
];
const hueGap = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);
const inkFor = (hue: number): string =>
  INKS.reduce((best, ink) => (hueGap(ink.hue, hue) > hueGap(best.hue, hue) ? ink : best)).colour;
const rayFor = (hue: number): string => tint(hue < 50 || hue > 330 ? Math.max(16, hue > 330 ? 16 : hue) : 36, 66, 66);

async function withDish(brief: Brief, cutout: NonNullable<Brief['photo']['cutout']>): Promise<Composition> {
  const { photo, size, stage, random, headline } = brief;
  const box = dishOnStage(brief, brief.wish.fill * (photo.isOverhead ? 0.94 : 0.86));
  const { x } = centreOf(box);
  const badge = Math.min(stage.height * 0.5, stage.width * 0.5);
  const y = stage.y + stage.height - badge;
  // A slanted plate stands low before the badge; a round one sits in its middle.
  const dishBox = photo.isOverhead ? { ...box, y: y - box.height / 2 } : { ...box, y: y + badge * 0.8 - box.height };
  const dish = await placeDish(cutout, dishBox, size);
  const ink = inkFor(photo.hue);
  const png = await compose(size, PAPER, [
    svgLayer(size, rays(size, x, y, rayFor(photo.hue), random.between(0, Math.PI / RAYS), headline)),
    svgLayer(size, halftone(size, ink, headline)),
    await softLayer(
      size,
      `<circle cx="${x}" cy="${y + 16}" r="${badge * 0.97}" fill="#4a2a10" fill-opacity="0.42"/>`,
      14,
    ),
    svgLayer(
      size,
      badgeRing(x, y, badge, ink) +
        `<circle cx="${x}" cy="${y}" r="${badge * 0.86}" fill="${PAPER}" fill-opacity="0.14"/>`,
    ),
    ...(await shadowsOf(photo, dish, { colour: '#1c0d04', strength: 1 })),
    await dishLayer(dish),
    ...(await printed(brief, ink)),
  ]);
  return {
    png,
    placement: placementOf(dishBox, size),
    photoOnCanvas: cutoutOnCanvas(photo, dishBox, size),
    prompt: `${PROMPT}, the cut-out dish before a notched round badge, double frame, sepia grain, plain paper at the ${headline} for a headline.`,
  };
}

async function withBadge(brief: Brief): Promise<Composition> {
  const { photo, size, stage, random, headline, wish } = brief;
  const badge = Math.min(stage.height * 0.5, stage.width * 0.5);
  const disc = Math.round(badge * 0.925);
  const x = Math.round(wish.x * size.width);
  const y = Math.round(stage.y + stage.height / 2);
  const ink = inkFor(photo.hue);
  // A round plate just fills the badge; anything longer keeps its ends inside the circle.
  const dishSize = dishSizeWithin(photo, disc * 2 * 0.97, disc * 2 * 0.97);
  const aperture = { width: disc * 2, height: disc * 2, centreX: disc, centreY: disc, dishSize };
  const at = { left: x - disc, top: y - disc };
  const circle = `<circle cx="${disc}" cy="${disc}" r="${disc}" fill="#fff"/>`;
  const picture = await cutToShape(
    await framePhoto(photo, aperture),
    { width: disc * 2, height: disc * 2 },
    circle,
    at,
  );
  const png = await compose(size, PAPER, [
    svgLayer(size, rays(size, x, y, rayFor(photo.hue), random.between(0, Math.PI / RAYS), headline)),
    svgLayer(size, halftone(size, ink, headline)),
    await softLayer(
      size,
      `<circle cx="${x}" cy="${y + 16}" r="${badge * 0.97}" fill="#4a2a10" fill-opacity="0.42"/>`,
      14,
    ),
    svgLayer(size, badgeRing(x, y, badge, ink) + `<circle cx="${x}" cy="${y}" r="${disc + 5}" fill="${PAPER}"/>`),
    picture,
    svgLayer(
      size,
      `<circle cx="${x}" cy="${y}" r="${disc}" fill="none" stroke="#2a1608" stroke-opacity="0.35" stroke-width="5"/>`,
    ),
    ...(await printed(brief, ink)),
  ]);
  return {
    png,
    placement: placementOf(dishInFrame(photo, aperture, at), size),
    photoOnCanvas: photoOnCanvas(photo, aperture, size, at),
    prompt: `${PROMPT}, the dish photograph in a notched round badge, double frame, sepia grain, plain paper at the ${headline} for a headline.`,
  };
}

/** What makes it a print: a warm cast, the frame over everything, the paper's tooth. */
const printed = async ({ size, random }: Brief, ink: string) => [
  svgLayer(size, `<rect width="100%" height="100%" fill="#c98a3a" fill-opacity="0.07"/>${frame(size, ink)}`),
  await surfaceLayer(random, 'paper', size, { strength: 0.8 }),
  await grainLayer(random, 24),
];

/** Rays from behind the badge; they fade into plain paper where the headline goes. */
function rays(
  { width, height }: Size,
  x: number,
  y: number,
  colour: string,
  turn: number,
  headline: HeadlineSide,
): string {
  const reach = height * 1.5;
  const wedges = Array.from({ length: RAYS }, (_, i) => {
    const from = turn + (i * 2 * Math.PI) / RAYS;
    const to = from + Math.PI / RAYS;
    const point = (angle: number): string =>
      `${(x + reach * Math.cos(angle)).toFixed(1)} ${(y + reach * Math.sin(angle)).toFixed(1)}`;
    return `<path d="M${x} ${y}L${point(from)}L${point(to)}Z"/>`;
  }).join('');
  const [y1, y2] = headline === 'top' ? [0, 1] : [1, 0];
  return (
    `<defs><linearGradient id="f" x1="0" y1="${y1}" x2="0" y2="${y2}"><stop offset="0" stop-color="#fff" stop-opacity="0.05"/>` +
    `<stop offset="0.24" stop-color="#fff" stop-opacity="0.1"/><stop offset="0.42" stop-color="#fff" stop-opacity="0.85"/></linearGradient>` +
    `<mask id="m"><rect width="${width}" height="${height}" fill="url(#f)"/></mask></defs><g fill="${colour}" mask="url(#m)">${wedges}</g>`
  );
}

/** Printer's dots that grow towards the corners away from the headline. */
function halftone({ width, height }: Size, colour: string, headline: HeadlineSide): string {
  const pitch = 22;
  let dots = '';
  for (let row = 0; row * pitch < width * 0.4; row++) {
    for (let column = 0; column * pitch < width; column++) {
      const x = column * pitch + (row % 2) * (pitch / 2);
      const depth = row * pitch;
      const corner = Math.min(Math.hypot(x, depth), Math.hypot(width - x, depth)) / (width * 0.36);
      if (corner >= 1) continue;
      const y = headline === 'top' ? height - depth : depth;
      dots += `<circle cx="${x}" cy="${y}" r="${((1 - corner) * 8.5).toFixed(1)}"/>`;
    }
  }
  return `<g fill="${colour}" fill-opacity="0.3">${dots}</g>`;
}

function badgeRing(x: number, y: number, badge: number, ink: string): string {
  const notches = 44;
  const outline = Array.from({ length: notches * 2 }, (_, i) => {
    const radius = i % 2 === 0 ? badge : badge * 0.962;
    const angle = (i * Math.PI) / notches;
    return `${(x + radius * Math.cos(angle)).toFixed(1)},${(y + radius * Math.sin(angle)).toFixed(1)}`;
  }).join(' ');
  return (
    `<polygon points="${outline}" fill="${ink}" stroke="${ink}" stroke-width="6" stroke-linejoin="round"/>` +
    `<circle cx="${x}" cy="${y}" r="${badge * 0.948}" fill="none" stroke="${PAPER}" stroke-width="3"/>`
  );
}

const frame = ({ width, height }: Size, ink: string): string =>
  `<rect x="14" y="14" width="${width - 28}" height="${height - 28}" rx="22" fill="none" stroke="${ink}" stroke-width="7"/>` +
  `<rect x="25" y="25" width="${width - 50}" height="${height - 50}" rx="14" fill="none" stroke="${ink}" stroke-width="2"/>`;

import type { Box } from '../../imaging/geometry.js';
import { compose, grainLayer, type Size, softLayer, svgLayer, tint } from '../canvas.js';
import type { CutoutPixels } from '../dish-photo.js';
import { type Brief, centreOf, type Composition, type CutOutDesign, dishOnStage } from '../layout.js';
import { look } from '../looks.js';
import { dishLayer, placeDish, shadowsOf } from '../placed-dish.js';
import { surfaceLayer } from '../texture.js';
import { cutOutComposition, roomsForDish } from './cut-out-composition.js';

/** A sign-painter's poster: cream paper, rays, a notched badge with the dish before it, a double frame. */
export const retroDesign: CutOutDesign = { name: 'retro', compose: withDish };

const PAPER = '#f4e3c1';
const RAYS = 20;
const PROMPT = 'Retro diner poster: cream paper with sun rays';

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

async function withDish(brief: Brief, cutout: CutoutPixels): Promise<Composition> {
  const { photo, size, random, headline } = brief;
  const type = look(size, {
    headline: 'SongMyung',
    lead: 'Print',
    body: 'SemiBold',
    figures: 'BlackHan',
    badge: 'block',
    lineHeight: 1.16,
  });
  const rooms = roomsForDish(brief, type);
  const { stage } = rooms;
  const box = dishOnStage(brief, stage, brief.wish.fill * (photo.isOverhead ? 0.94 : 0.86));
  const { x } = centreOf(box);
  const badge = Math.min(stage.height * 0.5, stage.width * 0.5);
  const y = stage.y + stage.height - badge;
  // A slanted plate stands low before the badge; a round one sits in its middle.
  const dishBox = photo.isOverhead ? { ...box, y: y - box.height / 2 } : { ...box, y: y + badge * 0.8 - box.height };
  const dish = await placeDish(cutout, dishBox, size);
  const ink = inkFor(photo.hue);
  const png = await compose(size, PAPER, [
    svgLayer(size, rays(brief, stage, x, y, rayFor(photo.hue), random.between(0, Math.PI / RAYS))),
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
  return cutOutComposition(png, brief, {
    box: dishBox,
    rooms,
    prompt: `${PROMPT}, the cut-out dish before a notched round badge, double frame, sepia grain, plain paper at the ${headline} for a headline.`,
    colours: { ...brief.palette('light'), ground: 'f4e3c1', ink: '2e1a0e', quiet: '45301c' },
    look: type,
  });
}

/** What makes it a print: a warm cast, the frame over everything, the paper's tooth. */
const printed = async ({ size, random }: Brief, ink: string) => [
  svgLayer(size, `<rect width="100%" height="100%" fill="#c98a3a" fill-opacity="0.07"/>${frame(size, ink)}`),
  await surfaceLayer(random, 'paper', size, { strength: 0.8 }),
  await grainLayer(random, 24),
];

/** Rays from behind the badge, all round and no further than the stage: words stand on plain paper. */
function rays({ size }: Brief, stage: Box, x: number, y: number, colour: string, turn: number): string {
  const reach = size.height * 1.5;
  const wedges = Array.from({ length: RAYS }, (_, i) => {
    const from = turn + (i * 2 * Math.PI) / RAYS;
    const to = from + Math.PI / RAYS;
    const point = (angle: number): string =>
      `${(x + reach * Math.cos(angle)).toFixed(1)} ${(y + reach * Math.sin(angle)).toFixed(1)}`;
    return `<path d="M${x} ${y}L${point(from)}L${point(to)}Z"/>`;
  }).join('');
  const [from, to] = [stage.y, stage.y + stage.height];
  return (
    `<clipPath id="c"><rect x="32" y="${from}" width="${size.width - 64}" height="${to - from}" rx="10"/></clipPath>` +
    `<g clip-path="url(#c)"><rect y="${from}" width="100%" height="${to - from}" fill="${colour}" fill-opacity="0.22"/><g fill="${colour}" fill-opacity="0.85">${wedges}</g></g>`
  );
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

import type { Box } from '../../imaging/geometry.js';
import { keyLight } from '../atmosphere.js';
import { compose, grainLayer, softLayer, svgLayer } from '../canvas.js';
import type { CutoutPixels } from '../dish-photo.js';
import { type Brief, centreOf, type Composition, type CutOutDesign, dishOnStage } from '../layout.js';
import { look as typeLook } from '../looks.js';
import { dishLayer, placeDish, shadowsOf } from '../placed-dish.js';
import { cutOutComposition, roomsForDish } from './cut-out-composition.js';
import { scattered, SEASONS, type SeasonLook } from './season-motifs.js';

/** The season's colours, its leaves, petals or snow behind and before the dish. */
export const seasonalDesign: CutOutDesign = { name: 'seasonal', compose: withDish };

/** Pixels from the disc to the outside of the ring around it. */
const RING = 18;

async function withDish(brief: Brief, cutout: CutoutPixels): Promise<Composition> {
  const { photo, size, random } = brief;
  const look = SEASONS[brief.season];
  const type = typeLook(size, {
    headline: 'Serif',
    lead: 'Serif',
    body: 'SemiBold',
    figures: 'ExtraBold',
    onPhoto: true,
    lineHeight: 1.24,
  });
  const rooms = roomsForDish(brief, type);
  const { stage } = rooms;
  const box = dishOnStage(brief, stage, brief.wish.fill * (photo.isOverhead ? 0.88 : 0.93));
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  // Its ring stays on the stage: below, the shop's name would stand on it.
  const radius = Math.min(stage.height, stage.width) * 0.5 - RING;
  const foot = stage.y + stage.height - radius - RING;
  const discY = photo.isOverhead ? y : Math.min(foot, box.y + box.height - radius * 0.86);
  const png = await compose(size, look.ground[1], [
    svgLayer(size, ground(look)),
    svgLayer(
      size,
      `<circle cx="${x}" cy="${discY}" r="${radius}" fill="${look.disc}" fill-opacity="0.75"/><circle cx="${x}" cy="${discY}" r="${radius + RING - 2}" fill="none" stroke="#fff" stroke-opacity="0.6" stroke-width="3"/>`,
    ),
    ...(await motifs(brief, stage, look, 'behind')),
    ...(await shadowsOf(photo, dish, { colour: look.shade, strength: 0.9 })),
    await dishLayer(dish),
    ...(await motifs(brief, stage, look, 'before')),
    keyLight(size, photo.light, 0.14, '#fff6e0'),
    await grainLayer(random, 8),
  ]);
  return cutOutComposition(png, brief, {
    box,
    rooms,
    prompt: `Seasonal poster: ${look.words}, the cut-out dish before a large disc, motifs sharp behind and out of focus in front, calm ground for a headline.`,
    colours: look.text,
    look: type,
  });
}

const ground = ({ ground: [light, deep] }: SeasonLook): string =>
  `<defs><linearGradient id="g" x1="0" y1="0" x2="0.4" y2="1"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${deep}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;

/** Behind the dish small and sharp with their own shadow, before it few, large and out of focus. */
async function motifs({ size, random }: Brief, stage: Box, look: SeasonLook, depth: 'behind' | 'before') {
  const [from, to] = [stage.y + stage.height * 0.06, Math.min(size.height, stage.y + stage.height * 1.02)];
  if (depth === 'behind') {
    const drawn = scattered(random, size, look, { count: 18, scale: [0.45, 0.95], from, to });
    return [
      await softLayer(size, `<g transform="translate(6 12)" opacity="0.35">${drawn}</g>`, 8, 'multiply'),
      svgLayer(size, drawn),
    ];
  }
  const low = { from: stage.y + stage.height * 0.55, to };
  return [await softLayer(size, scattered(random, size, look, { count: 4, scale: [1.7, 2.3], ...low }), 9)];
}

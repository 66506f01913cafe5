import { keyLight } from '../atmosphere.js';
import { compose, cutToShape, grainLayer, softLayer, svgLayer } from '../canvas.js';
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
import { framePhoto } from '../photo-frame.js';
import { dishLayer, placeDish, shadowsOf } from '../placed-dish.js';
import { scattered, SEASONS, type SeasonLook } from './season-motifs.js';

/** The season's colours, its leaves, petals or snow behind and before the dish. */
export const seasonalDesign: Design = {
  name: 'seasonal',
  compose: (brief) => (brief.photo.cutout ? withDish(brief, brief.photo.cutout) : withRound(brief)),
};

/** Pixels from the disc to the outside of the ring around it. */
const RING = 18;

async function withDish(brief: Brief, cutout: NonNullable<Brief['photo']['cutout']>): Promise<Composition> {
  const { photo, size, random, headline } = brief;
  const look = SEASONS[brief.season];
  const box = dishOnStage(brief, brief.wish.fill * (photo.isOverhead ? 0.88 : 0.93));
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  // Its ring stays on the stage: below, the shop's name would stand on it.
  const radius = Math.min(brief.stage.height, brief.stage.width) * 0.5 - RING;
  const foot = brief.stage.y + brief.stage.height - radius - RING;
  const discY = photo.isOverhead ? y : Math.min(foot, box.y + box.height - radius * 0.86);
  const png = await compose(size, look.ground[1], [
    svgLayer(size, ground(look)),
    svgLayer(
      size,
      `<circle cx="${x}" cy="${discY}" r="${radius}" fill="${look.disc}" fill-opacity="0.75"/><circle cx="${x}" cy="${discY}" r="${radius + RING - 2}" fill="none" stroke="#fff" stroke-opacity="0.6" stroke-width="3"/>`,
    ),
    ...(await motifs(brief, look, 'behind')),
    ...(await shadowsOf(photo, dish, { colour: look.shade, strength: 0.9 })),
    await dishLayer(dish),
    ...(await motifs(brief, look, 'before')),
    keyLight(size, photo.light, 0.14, '#fff6e0'),
    await grainLayer(random, 8),
  ]);
  return {
    png,
    placement: placementOf(box, size),
    photoOnCanvas: cutoutOnCanvas(photo, box, size),
    prompt: `Seasonal poster: ${look.words}, the cut-out dish before a large disc, motifs sharp behind and out of focus in front, calm ground at the ${headline} for a headline.`,
  };
}

async function withRound(brief: Brief): Promise<Composition> {
  const { photo, size, stage, random, headline, wish } = brief;
  const look = SEASONS[brief.season];
  const radius = Math.round(Math.min(stage.height, stage.width) * 0.49);
  const x = Math.round(wish.x * size.width);
  const y = Math.round(stage.y + stage.height / 2);
  const at = { left: x - radius, top: y - radius };
  const dishSize = dishSizeWithin(photo, radius * 1.94, radius * 1.94);
  const frame = { width: radius * 2, height: radius * 2, centreX: radius, centreY: radius, dishSize };
  const circle = `<circle cx="${radius}" cy="${radius}" r="${radius}" fill="#fff"/>`;
  const picture = await cutToShape(
    await framePhoto(photo, frame),
    { width: radius * 2, height: radius * 2 },
    circle,
    at,
  );
  const png = await compose(size, look.ground[1], [
    svgLayer(size, ground(look)),
    ...(await motifs(brief, look, 'behind')),
    await softLayer(
      size,
      `<circle cx="${x}" cy="${y + 18}" r="${radius}" fill="${look.shade}" fill-opacity="0.45"/>`,
      20,
    ),
    svgLayer(size, `<circle cx="${x}" cy="${y}" r="${radius + 12}" fill="#fff"/>`),
    picture,
    ...(await motifs(brief, look, 'before')),
    await grainLayer(random, 8),
  ]);
  return {
    png,
    placement: placementOf(dishInFrame(photo, frame, at), size),
    photoOnCanvas: photoOnCanvas(photo, frame, size, at),
    prompt: `Seasonal poster: ${look.words}, the dish photograph in a white-rimmed circle, motifs behind and in front, calm ground at the ${headline} for a headline.`,
  };
}

const ground = ({ ground: [light, deep] }: SeasonLook): string =>
  `<defs><linearGradient id="g" x1="0" y1="0" x2="0.4" y2="1"><stop offset="0" stop-color="${light}"/><stop offset="1" stop-color="${deep}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;

/** Behind the dish small and sharp with their own shadow, before it few, large and out of focus. */
async function motifs({ size, stage, random }: Brief, look: SeasonLook, depth: 'behind' | 'before') {
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

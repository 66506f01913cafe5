import { compose, cutToShape, grainLayer, softLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { centredAreas, look } from '../looks.js';
import { framePhoto } from '../photo-frame.js';
import { cropFor, wholePixels } from '../photo-region.js';
import { archPath } from './arch-path.js';
import { photoComposition } from './photo-composition.js';

/** The photo in a doorway with a thin outline, on a plain light ground. */
export const archDesign: Design = { name: 'arch', compose: composeArch };

/** Width of the arch divided by its height, at most: a low doorway may be wide, a high one not. */
const ASPECT = 1.3;
const FOOT_RADIUS = 22;

async function composeArch(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'Serif',
    lead: 'SemiBold',
    figures: 'ExtraBold',
    badge: 'pill',
    lineHeight: 1.22,
  });
  const rooms = brief.rooms({ look: type });
  const colours = brief.palette('light');
  const height = rooms.stage.height * 0.985;
  const width = Math.min(height * ASPECT, size.width * 0.72);
  const region = wholePixels({
    x: size.width / 2 - width / 2,
    y: rooms.stage.y + (rooms.stage.height - height) / 2,
    width,
    height,
  });
  // The round top takes the corners: the dish stands a little below the middle.
  const frame = cropFor(photo, region, { x: 0.5, y: 0.54 });
  const door = (grow: number, paint: string): string =>
    archPath(region.x - grow, region.y - grow, region.width + 2 * grow, region.height + 2 * grow, FOOT_RADIUS, paint);
  const card = await cutToShape(
    await framePhoto(photo, frame),
    { width: region.width, height: region.height },
    archPath(0, 0, region.width, region.height, FOOT_RADIUS, 'fill="#fff"'),
    { left: region.x, top: region.y },
  );
  const png = await compose(size, `#${colours.ground}`, [
    await softLayer(
      size,
      `<g transform="translate(0 22)">${door(-10, `fill="#${colours.ink}" fill-opacity="0.34"`)}</g>`,
      24,
    ),
    svgLayer(size, door(13, `fill="none" stroke="#${colours.accent}" stroke-opacity="0.8" stroke-width="2.5"`)),
    card,
    await grainLayer(random, 6),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt:
      'The dish photograph inside a tall arch with a thin outline on a plain light ground, empty ground for a headline.',
    areas: centredAreas(rooms, size, colours, type),
  });
}

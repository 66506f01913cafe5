import { compose, cutToShape, grainLayer, softLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { framePhoto } from '../photo-frame.js';
import { cropFor, wholePixels } from '../photo-region.js';
import { photoComposition } from './photo-composition.js';
import { roomsWithSticker } from './sticker-rooms.js';

/** The photo in a large round window on one warm colour, the offer as a sticker at its shoulder. */
export const plateDesign: Design = { name: 'plate', compose: composePlate };

async function composePlate(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'Jua',
    lead: 'Jua',
    figures: 'Jua',
    sticker: 'burst',
    badge: 'pill',
    lineHeight: 1.16,
  });
  const rooms = roomsWithSticker(brief, type);
  const colours = brief.palette('bold');
  const diameter = Math.round(Math.min(rooms.stage.height * 0.98, size.width * 0.84));
  const centre = { x: size.width / 2, y: rooms.stage.y + rooms.stage.height / 2 };
  const region = wholePixels({
    x: centre.x - diameter / 2,
    y: centre.y - diameter / 2,
    width: diameter,
    height: diameter,
  });
  const frame = cropFor(photo, region);
  const circle = `<circle cx="${diameter / 2}" cy="${diameter / 2}" r="${diameter / 2}" fill="#fff"/>`;
  const picture = await cutToShape(await framePhoto(photo, frame), { width: diameter, height: diameter }, circle, {
    left: region.x,
    top: region.y,
  });
  const ring = (grow: number, paint: string): string =>
    `<circle cx="${centre.x}" cy="${centre.y}" r="${diameter / 2 + grow}" ${paint}/>`;
  const png = await compose(size, `#${colours.ground}`, [
    svgLayer(
      size,
      ring(0.2 * size.width, 'fill="#fff" fill-opacity="0.04"') +
        ring(0.1 * size.width, 'fill="#fff" fill-opacity="0.05"'),
    ),
    await softLayer(size, ring(2, 'fill="#1a0802" fill-opacity="0.45" transform="translate(0 18)"'), 20),
    svgLayer(size, ring(12, 'fill="#fffaf0"')),
    picture,
    await grainLayer(random, 5),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt: 'The dish photograph in a large round window on one warm colour, room above for a headline.',
    areas: {
      main: area(rooms.main, size, 'center', 'middle'),
      foot: area(rooms.foot, size, 'center', 'bottom'),
      ...(rooms.sticker && { sticker: rooms.sticker }),
      colours,
      look: type,
    },
  });
}

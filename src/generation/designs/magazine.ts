import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { cropFor, photoLayer, wholePixels, windowFor } from '../photo-region.js';
import { photoComposition } from './photo-composition.js';

/** A page of a good magazine: paper, a thin rule, the photo in a wide margin, serifs. */
export const magazineDesign: Design = { name: 'magazine', compose: composeMagazine };

async function composeMagazine(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'Print',
    lead: 'Serif',
    body: 'Serif',
    figures: 'Print',
    badge: 'line',
    lineHeight: 1.2,
  });
  const rooms = brief.rooms({ look: type });
  const colours = brief.palette('light');
  const inset = 0.065 * size.width;
  const from = rooms.main.y + rooms.main.height + 18;
  const to = rooms.foot.height > 0 ? rooms.foot.y - 26 : rooms.foot.y - 0.01 * size.height;
  const region = windowFor(photo, wholePixels({ x: inset, y: from, width: size.width - 2 * inset, height: to - from }));
  const frame = cropFor(photo, region);
  const line = 15;
  const rule = (y: number): string =>
    `<rect x="${inset}" y="${y}" width="${size.width - 2 * inset}" height="2.5" fill="#${colours.ink}" fill-opacity="0.75"/>`;
  const png = await compose(size, `#${colours.ground}`, [
    await photoLayer(photo, region, frame),
    svgLayer(
      size,
      rule(Math.max(18, rooms.main.y - line)) +
        `<rect x="${region.x + 14}" y="${region.y + 14}" width="${region.width - 28}" height="${region.height - 28}" fill="none" stroke="#fff" stroke-opacity="0.7" stroke-width="2"/>`,
    ),
    await grainLayer(random, 6),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt:
      'A magazine page: plain paper with a thin rule, the dish photograph within a wide margin, room above for a headline in serifs.',
    areas: {
      main: area(rooms.main, size, 'center', 'middle'),
      foot: area(rooms.foot, size, 'center', 'bottom'),
      colours,
      look: type,
    },
  });
}

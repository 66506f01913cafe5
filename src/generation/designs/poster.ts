import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { cropFor, photoLayer, wholePixels } from '../photo-region.js';
import { SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** The photo rises out of a dark ground of one colour; the headline stands large above it. */
export const posterDesign: Design = { name: 'poster', compose: composePoster };

async function composePoster(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, { headline: 'BlackHan', figures: 'BlackHan', lead: 'SemiBold', lineHeight: 1.12 });
  const rooms = brief.rooms({ look: type });
  const colours = brief.palette('dark');
  const ground = `#${colours.ground}`;
  const fade = Math.round(size.height * 0.13);
  const isStory = shapeOf(size) === 'story';
  const top = Math.round(rooms.main.y + rooms.main.height - 0.006 * size.height);
  const hasFoot = rooms.foot.height > 0;
  const bottom = hasFoot ? Math.round(rooms.foot.y + (isStory ? 0 : 10)) : size.height;
  const end = isStory && !hasFoot ? Math.round(size.height * SAFE.story.bottom + fade) : bottom;
  const region = wholePixels({ x: 0, y: top, width: size.width, height: end - top });
  const frame = cropFor(photo, region, { x: 0.5, y: 0.53 });
  const png = await compose(size, ground, [
    await photoLayer(photo, region, frame, [
      { edge: 'top', length: fade },
      ...(end < size.height ? [{ edge: 'bottom' as const, length: fade * 0.7 }] : []),
    ]),
    svgLayer(
      size,
      `<defs><radialGradient id="v" cx="0.5" cy="0.62" r="0.75"><stop offset="0.55" stop-color="${ground}" stop-opacity="0"/><stop offset="1" stop-color="${ground}" stop-opacity="0.55"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#v)"/>`,
    ),
    await grainLayer(random, 7),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt:
      'Poster: the dish photograph rises out of a dark ground of one colour, plain ground above for a large headline.',
    areas: {
      main: area(rooms.main, size, 'center', 'middle'),
      foot: area(rooms.foot, size, 'center', 'bottom'),
      colours,
      look: type,
    },
  });
}

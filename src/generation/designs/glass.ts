import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { cropFor, photoLayer, wholePixels } from '../photo-region.js';
import { MARGIN, SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** The photo fills the picture's right side and fades into a dark ground at the left: a drink beside its name. */
export const glassDesign: Design = { name: 'glass', compose: composeGlass };

async function composeGlass(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'Serif',
    lead: 'Serif',
    body: 'SemiBold',
    figures: 'ExtraBold',
    badge: 'pill',
    lineHeight: 1.22,
  });
  const rooms = brief.rooms({ look: type });
  const colours = brief.palette('dark');
  const ground = `#${colours.ground}`;
  const shape = shapeOf(size);
  const isStory = shape === 'story';
  const safe = SAFE[shape];
  const [top, bottom] = [safe.top * size.height, safe.bottom * size.height];
  const x = MARGIN * size.width;
  const width = isStory ? size.width - 2 * x : 0.43 * size.width;
  const foot = brief.footHeight(type, width);
  const footBox = { x, y: bottom - foot, width, height: foot };
  const mainBox = isStory ? { ...rooms.main, x, width } : { x, y: top, width, height: footBox.y - 30 - top };
  const begin = isStory ? mainBox.y + mainBox.height * 0.9 : 0.4 * size.width;
  const region = wholePixels(
    isStory
      ? { x: 0, y: begin, width: size.width, height: (foot > 0 ? footBox.y + 8 : size.height) - begin }
      : { x: begin, y: 0, width: size.width - begin, height: size.height },
  );
  const frame = cropFor(photo, region, isStory ? { x: 0.5, y: 0.4 } : { x: 0.56, y: 0.5 });
  const fades = isStory
    ? [
        { edge: 'top' as const, length: size.height * 0.12 },
        { edge: 'bottom' as const, length: size.height * 0.1 },
      ]
    : [{ edge: 'left' as const, length: region.width * 0.42 }];
  const png = await compose(size, ground, [
    await photoLayer(photo, region, frame, fades),
    svgLayer(
      size,
      `<defs><radialGradient id="v" cx="0.72" cy="0.5" r="0.8"><stop offset="0.5" stop-color="${ground}" stop-opacity="0"/><stop offset="1" stop-color="${ground}" stop-opacity="0.5"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#v)"/>`,
    ),
    await grainLayer(random, 6),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: null,
    prompt: 'The dish photograph fills the right side and fades into a dark ground at the left, where the words stand.',
    areas: {
      main: area(mainBox, size, 'left', 'middle'),
      foot: area(footBox, size, 'left', 'bottom'),
      colours,
      look: type,
    },
  });
}

import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { cropFor, photoLayer, wholePixels } from '../photo-region.js';
import { SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** A tall window on the photo at the right, a column of paper at the left: for drinks, towers, and photos held upright. */
export const splitDesign: Design = { name: 'split', compose: composeSplit };

const COLUMN = 0.46;

async function composeSplit(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'SongMyung',
    lead: 'Serif',
    body: 'SemiBold',
    figures: 'ExtraBold',
    badge: 'block',
    lineHeight: 1.2,
  });
  const rooms = brief.rooms({ look: type });
  const colours = brief.palette('light');
  const shape = shapeOf(size);
  // A story is so tall that a column would be a strip: its window goes below the words.
  const isStory = shape === 'story';
  const safe = SAFE[shape];
  const [top, bottom] = [safe.top * size.height, safe.bottom * size.height];
  const x = 0.06 * size.width;
  const column = Math.round(COLUMN * size.width);
  const width = isStory ? size.width - 2 * x : column - x - 0.025 * size.width;
  const foot = brief.footHeight(type, width);
  const footBox = { x, y: bottom - foot, width, height: foot };
  const mainBox = isStory ? { ...rooms.main, x, width } : { x, y: top, width, height: footBox.y - 30 - top };
  const region = wholePixels(
    isStory
      ? {
          x: 0.16 * size.width,
          y: mainBox.y + mainBox.height + 40,
          width: 0.84 * size.width,
          height: footBox.y - 40 - (mainBox.y + mainBox.height + 40),
        }
      : { x: column, y: 0, width: size.width - column, height: size.height },
  );
  const frame = cropFor(photo, region);
  const png = await compose(size, `#${colours.ground}`, [
    await photoLayer(photo, region, frame),
    svgLayer(
      size,
      isStory ? '' : `<rect x="${column - 5}" y="0" width="5" height="${size.height}" fill="#${colours.accent}"/>`,
    ),
    await grainLayer(random, 5),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: null,
    prompt: 'A tall window on the dish photograph at the right, a column of plain paper at the left for the words.',
    areas: {
      main: area(mainBox, size, 'left', 'middle'),
      foot: area(footBox, size, 'left', 'bottom'),
      colours,
      look: type,
    },
  });
}

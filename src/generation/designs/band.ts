import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { cropFor, photoLayer, wholePixels } from '../photo-region.js';
import { mainHeight, MARGIN, SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** The photo above, a band of one strong colour below with everything that is to be read; the offer as a sticker on the photo. */
export const bandDesign: Design = { name: 'band', compose: composeBand };

async function composeBand(brief: Brief): Promise<Composition> {
  const { photo, size, random, texts } = brief;
  const type = look(size, {
    headline: 'DoHyeon',
    figures: 'DoHyeon',
    sticker: 'burst',
    badge: 'pill',
    lineHeight: 1.14,
  });
  const colours = brief.palette('bold');
  const shape = shapeOf(size);
  const safe = SAFE[shape];
  const x = MARGIN * size.width;
  const width = size.width - 2 * x;
  const hasSticker = texts.offer !== undefined && [...texts.offer].length <= 14;
  const foot = brief.footHeight(type, width);
  const footBox = { x, y: safe.bottom * size.height - foot, width, height: foot };
  const main = mainHeight(texts, size, { look: type, width, hasSticker });
  const mainBox = { x, y: footBox.y - (foot > 0 ? 20 : 0) - main, width, height: main };
  const edge = Math.round(mainBox.y - 0.036 * size.width);
  const region = wholePixels({ x: 0, y: 0, width: size.width, height: edge });
  const visibleTop = shape === 'story' ? safe.top * size.height : 0;
  const frame = cropFor(photo, region, { x: 0.5, y: (visibleTop + (edge - visibleTop) * 0.5) / edge });
  const radius = 0.115;
  const png = await compose(size, `#${colours.ground}`, [
    await photoLayer(photo, region, frame),
    svgLayer(
      size,
      `<defs><linearGradient id="s" x1="0" y1="1" x2="0" y2="0"><stop offset="0" stop-color="#000" stop-opacity="0.26"/><stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient></defs>` +
        `<rect y="${edge - 70}" width="100%" height="70" fill="url(#s)"/>`,
    ),
    await grainLayer(random, 5),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt: 'The dish photograph above a band of one strong colour that holds the words.',
    areas: {
      main: area(mainBox, size, 'center', 'middle'),
      foot: area(footBox, size, 'center', 'bottom'),
      ...(hasSticker && {
        sticker: {
          x: 1 - radius - 0.04,
          y: (visibleTop + (0.04 + radius) * size.width) / size.height,
          radius,
          turn: 8,
        },
      }),
      colours,
      look: type,
    },
  });
}

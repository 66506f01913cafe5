import { compose, grainLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { onDarkPhoto } from '../palettes.js';
import { cropFor, photoLayer, wholePixels } from '../photo-region.js';
import { mainHeight, MARGIN, SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** The photo from edge to edge, as close as it bears; below it sinks into the dark, where the words begin at the left. */
export const closeupDesign: Design = { name: 'closeup', compose: composeCloseup };

async function composeCloseup(brief: Brief): Promise<Composition> {
  const { photo, size, random, texts } = brief;
  const type = look(size, { headline: 'Black', figures: 'Black', badge: 'block', onPhoto: true, lineHeight: 1.14 });
  const palette = brief.palette('dark');
  const ground = `#${palette.ground}`;
  const shape = shapeOf(size);
  const isStory = shape === 'story';
  const safe = SAFE[shape];
  const x = MARGIN * size.width;
  const width = size.width - 2 * x;
  const foot = brief.footHeight(type, width);
  const footBox = { x, y: safe.bottom * size.height - foot, width, height: foot };
  const main = mainHeight(texts, size, { look: type, width });
  const mainBox = { x, y: footBox.y - (foot > 0 ? 22 : 0) - main, width, height: main };

  // The dish keeps what is above the words: where they begin, the photo is gone.
  const visibleTop = isStory ? safe.top * size.height * 0.5 : 0;
  const end = Math.floor(mainBox.y) - 4;
  const fade = 0.15 * size.height;
  const region = wholePixels({ x: 0, y: 0, width: size.width, height: end });
  const clear = mainBox.y - 0.05 * size.height;
  const frame = cropFor(photo, region, { x: 0.5, y: (visibleTop + (clear - visibleTop) * 0.5) / end }, clear);
  const png = await compose(size, ground, [
    await photoLayer(photo, region, frame, [{ edge: 'bottom', length: fade }]),
    svgLayer(
      size,
      `<defs><linearGradient id="t" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity="0.34"/><stop offset="0.16" stop-color="#000" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#t)"/>`,
    ),
    await grainLayer(random, 6),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: null,
    prompt:
      'Full-bleed close-up of the dish, sinking into a dark ground at the bottom, where the words stand at the left.',
    areas: {
      main: area(mainBox, size, 'left', 'bottom'),
      foot: area(footBox, size, 'left', 'bottom'),
      colours: { ...onDarkPhoto(palette), ground: palette.ground },
      look: type,
    },
  });
}

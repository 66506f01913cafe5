import { keyLight, vignette } from '../atmosphere.js';
import { compose, grainLayer, softLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { centredAreas, look } from '../looks.js';
import { framePhoto } from '../photo-frame.js';
import { cropFor, wholePixels } from '../photo-region.js';
import { surfaceLayer } from '../texture.js';
import { photoComposition } from './photo-composition.js';

/** The photo as it was taken, printed and taped to the kitchen's wall; the words are written by hand. */
export const printDesign: Design = { name: 'print', compose: composePrint };

/** Pixels. */
const MARGIN = 26;
const FOOT = 62;
const TAPE = 26;

async function composePrint(brief: Brief): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'Gaegu',
    lead: 'SemiBold',
    body: 'SemiBold',
    figures: 'ExtraBold',
    badge: 'pill',
    onPhoto: true,
    lineHeight: 1.12,
    // Written by hand, its letters fill little of their height.
    largest: 0.15,
  });
  const rooms = brief.rooms({ look: type });
  const colours = brief.palette('dark');
  const height = rooms.stage.height - TAPE - 10;
  const width = Math.min(rooms.stage.width * 0.95, (height - FOOT - MARGIN) * 1.45 + 2 * MARGIN);
  const sheet = wholePixels({ x: (size.width - width) / 2, y: rooms.stage.y + TAPE, width, height });
  const region = {
    x: sheet.x + MARGIN,
    y: sheet.y + MARGIN,
    width: sheet.width - 2 * MARGIN,
    height: sheet.height - MARGIN - FOOT,
  };
  const frame = cropFor(photo, region);
  const centre = { x: sheet.x + sheet.width / 2, y: sheet.y + sheet.height / 2 };
  const paper = (paint: string): string =>
    `<rect x="${sheet.x}" y="${sheet.y}" width="${sheet.width}" height="${sheet.height}" rx="4" ${paint}/>`;
  const png = await compose(size, `#${colours.ground}`, [
    await surfaceLayer(random, 'stone', size, { strength: 0.45 }),
    keyLight(size, photo.light, 0.16),
    vignette(size, centre, '#120a05', 0.3),
    await softLayer(size, `<g transform="translate(4 16)">${paper('fill="#000" fill-opacity="0.55"')}</g>`, 16),
    svgLayer(size, paper('fill="#fbf8f1"')),
    {
      input: await framePhoto(photo, frame),
      raw: { width: region.width, height: region.height, channels: 3 as const },
      left: region.x,
      top: region.y,
    },
    svgLayer(
      size,
      `<rect x="${region.x}" y="${region.y}" width="${region.width}" height="${region.height}" fill="none" stroke="#000" stroke-opacity="0.12" stroke-width="2"/>` +
        tape(centre.x, sheet.y + 4, random.between(-5, 5)),
    ),
    await grainLayer(random, 10),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt:
      'Behind the scenes: the dish photograph as an instant print taped to a dark kitchen wall, plain wall for words written by hand.',
    areas: centredAreas(rooms, size, colours, type),
  });
}

/** A strip of paper tape with torn ends. */
const tape = (x: number, y: number, turn: number): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn.toFixed(1)})" fill="#e9d9a6" fill-opacity="0.86"><path d="M-92 -22L-86 -15L-92 -8L-87 -1L-92 6L-86 13L-92 22L92 22L87 14L92 7L86 0L92 -7L87 -14L92 -22Z"/><path d="M-92 -6H92" stroke="#fff" stroke-opacity="0.35" stroke-width="7"/></g>`;

import { keyLight, vignette, windowLight } from '../atmosphere.js';
import { compose, grainLayer, softLayer, svgLayer, tint } from '../canvas.js';
import type { CutoutPixels } from '../dish-photo.js';
import { type Brief, centreOf, type Composition, type CutOutDesign, dishOnStage } from '../layout.js';
import { look } from '../looks.js';
import { dishLayer, placeDish, shadowsOf } from '../placed-dish.js';
import { surfaceLayer } from '../texture.js';
import { cutOutComposition, roomsForDish } from './cut-out-composition.js';

/** A sunny afternoon at home: warm wall, pale wood or linen, light through a window. */
export const comfortDesign: CutOutDesign = { name: 'comfort', compose: atHome };

const WALL = 36;

async function atHome(brief: Brief, cutout: CutoutPixels): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, {
    headline: 'Serif',
    lead: 'Serif',
    body: 'SemiBold',
    figures: 'ExtraBold',
    onPhoto: true,
    lineHeight: 1.24,
  });
  const rooms = roomsForDish(brief, type);
  const { stage } = rooms;
  const box = dishOnStage(brief, stage, brief.wish.fill * 0.97);
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  const horizon = photo.isOverhead ? 0 : box.y + box.height * 0.3;
  const wall = `<defs><linearGradient id="w" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${tint(WALL, 58, 84)}"/><stop offset="1" stop-color="${tint(WALL - 6, 52, 72)}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#w)"/>`;
  const table = `<defs><linearGradient id="t" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tint(30, 42, 54)}"/><stop offset="0.3" stop-color="${tint(31, 46, 64)}"/><stop offset="1" stop-color="${tint(27, 44, 50)}"/></linearGradient></defs><rect y="${horizon}" width="100%" height="100%" fill="url(#t)"/>`;
  // A runner across the whole table: words above and below it stand on wood alone.
  const runner = { y: y - box.height * 0.33, height: box.height * 0.66 };
  const cloth = photo.isOverhead
    ? `<rect y="${runner.y}" width="100%" height="${runner.height}" fill="${tint(40, 40, 92)}"/>` +
      [0.05, 0.085, 0.9, 0.935]
        .map(
          (share) =>
            `<rect y="${runner.y + runner.height * share}" width="100%" height="${box.height * 0.009}" fill="${tint(photo.hue, 44, 56)}" fill-opacity="0.7"/>`,
        )
        .join('')
    : '';
  const png = await compose(size, tint(WALL, 55, 80), [
    svgLayer(size, photo.isOverhead ? table : wall + table),
    await surfaceLayer(random, 'wood', size, {
      where: `<rect y="${horizon}" width="100%" height="100%" fill="#fff"/>`,
      strength: 0.55,
    }),
    photo.isOverhead
      ? null
      : await softLayer(
          size,
          `<rect y="${horizon - 10}" width="100%" height="12" fill="#5a3a1c" fill-opacity="0.5"/>`,
          7,
        ),
    cloth === ''
      ? null
      : await softLayer(
          size,
          `<rect y="${runner.y + 8}" width="100%" height="${runner.height}" fill="#3a2410" fill-opacity="0.4"/>`,
          18,
        ),
    cloth === '' ? null : svgLayer(size, cloth),
    ...(await shadowsOf(photo, dish, { colour: '#3a1e08', strength: 0.95 })),
    await dishLayer(dish),
    await windowLight(size, photo.light, 0.5),
    keyLight(size, photo.light, 0.2, '#ffe2b0'),
    vignette(size, { x, y }, '#4a2a10', 0.12),
    await grainLayer(random, 12),
  ]);
  return cutOutComposition(png, brief, {
    box,
    rooms,
    prompt: `Homely food photograph: the dish ${photo.isOverhead ? 'from above on a linen runner' : 'on a pale wooden table before a cream wall'}, afternoon sun through a window, calm warm ground for a headline.`,
    colours: { ...brief.palette('light'), ink: '2b1408', quiet: '2b1408', ground: 'e9cfa6' },
    look: type,
  });
}

import { bokeh, keyLight, vignette } from '../atmosphere.js';
import { compose, grainLayer, softLayer, svgLayer, tint } from '../canvas.js';
import type { CutoutPixels } from '../dish-photo.js';
import { type Brief, centreOf, type Composition, type CutOutDesign, dishOnStage } from '../layout.js';
import { look } from '../looks.js';
import { dishLayer, placeDish, shadowsOf, silhouette } from '../placed-dish.js';
import { surfaceLayer } from '../texture.js';
import { cutOutComposition, roomsForDish } from './cut-out-composition.js';

/** The dish alone in warm light before a dark room. */
export const heroDesign: CutOutDesign = { name: 'hero', compose: onStage };

/** Dark grounds of green and blue food look like mould; they take the warm dark that every dining room has. */
const darkHue = (hue: number): number => (hue > 55 && hue < 330 ? 26 : hue);

async function onStage(brief: Brief, cutout: CutoutPixels): Promise<Composition> {
  const { photo, size, random } = brief;
  const type = look(size, { headline: 'ExtraBold', figures: 'ExtraBold', onPhoto: true, lineHeight: 1.16 });
  const rooms = roomsForDish(brief, type);
  const { stage } = rooms;
  const box = dishOnStage(brief, stage, brief.wish.fill);
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  const hue = darkHue(photo.hue);
  const side = photo.light > 0 ? 1 : -1;
  const horizon = photo.isOverhead ? 0 : box.y + box.height * 0.34;
  const light = { cx: (x / size.width).toFixed(3), cy: (y / size.height).toFixed(3) };
  const ground = photo.isOverhead
    ? `<defs><radialGradient id="t" cx="${light.cx}" cy="${light.cy}" r="0.75"><stop offset="0" stop-color="${tint(hue, 30, 36)}"/><stop offset="0.55" stop-color="${tint(hue, 34, 19)}"/><stop offset="1" stop-color="${tint(hue, 38, 8)}"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#t)"/>`
    : `<defs><radialGradient id="w" cx="${light.cx}" cy="${(horizon / size.height).toFixed(3)}" r="0.8"><stop offset="0" stop-color="${tint(hue + 4, 48, 38)}"/><stop offset="0.6" stop-color="${tint(hue, 46, 17)}"/><stop offset="1" stop-color="${tint(hue, 46, 8)}"/></radialGradient>` +
      `<linearGradient id="t" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tint(hue - 2, 40, 17)}"/><stop offset="0.35" stop-color="${tint(hue - 2, 38, 30)}"/><stop offset="1" stop-color="${tint(hue - 4, 42, 9)}"/></linearGradient></defs>` +
      `<rect width="100%" height="100%" fill="url(#w)"/><rect y="${horizon}" width="100%" height="100%" fill="url(#t)"/>`;
  const table = `<rect y="${horizon}" width="100%" height="100%" fill="#fff"/>`;
  const png = await compose(size, tint(hue, 40, 10), [
    svgLayer(size, ground),
    photo.isOverhead
      ? await surfaceLayer(random, 'stone', size, { strength: 0.6 })
      : await surfaceLayer(random, 'wood', size, { where: table, strength: 1.3 }),
    photo.isOverhead
      ? null
      : await bokeh(size, random, {
          count: 22,
          colour: tint(hue + 10, 80, 62),
          opacity: 0.5,
          from: size.height * 0.3,
          to: horizon - 30,
        }),
    await softLayer(
      size,
      `<rect y="${horizon - 6}" width="100%" height="${photo.isOverhead ? 0 : 12}" fill="#000" fill-opacity="0.4"/>`,
      5,
    ),
    await silhouette(dish, {
      colour: tint(hue + 8, 82, 60),
      opacity: 0.4,
      blur: 70,
      scaleX: 1.06,
      scaleY: 1.06,
      blend: 'screen',
    }),
    ...(await shadowsOf(photo, dish, { colour: tint(hue, 60, 3), strength: 1.25 })),
    await dishLayer(dish),
    keyLight(size, side, 0.2),
    vignette(size, { x, y }, tint(hue, 50, 4), 0.6),
    await grainLayer(random, 20),
  ]);
  return cutOutComposition(png, brief, {
    box,
    rooms,
    prompt:
      `Hero food photograph: the dish ${photo.isOverhead ? 'from above on dark stone' : 'on a dark wooden table before a room out of focus'}, ` +
      `warm key light from the ${side > 0 ? 'right' : 'left'}, deep shadows, dark calm ground for a headline.`,
    colours: { ...brief.palette('dark'), ground: '1b1613' },
    look: type,
  });
}

import { keyLight, vignette, windowLight } from '../atmosphere.js';
import { compose, cutToShape, grainLayer, softLayer, svgLayer, tint } from '../canvas.js';
import {
  type Brief,
  centreOf,
  type Composition,
  cutoutOnCanvas,
  type Design,
  dishInFrame,
  dishOnStage,
  dishSizeWithin,
  photoOnCanvas,
  placementOf,
} from '../layout.js';
import { framePhoto, withinPhoto } from '../photo-frame.js';
import { dishLayer, placeDish, shadowsOf } from '../placed-dish.js';
import { surfaceLayer } from '../texture.js';

/** A sunny afternoon at home: warm wall, pale wood or linen, light through a window. */
export const comfortDesign: Design = {
  name: 'comfort',
  compose: (brief) => (brief.photo.cutout ? atHome(brief, brief.photo.cutout) : asCard(brief)),
};

const WALL = 36;

async function atHome(brief: Brief, cutout: NonNullable<Brief['photo']['cutout']>): Promise<Composition> {
  const { photo, size, random, headline } = brief;
  const box = dishOnStage(brief, brief.wish.fill * 0.97);
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  const horizon = photo.isOverhead ? 0 : box.y + box.height * 0.3;
  const wall = `<defs><linearGradient id="w" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${tint(WALL, 58, 84)}"/><stop offset="1" stop-color="${tint(WALL - 6, 52, 72)}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#w)"/>`;
  const table = `<defs><linearGradient id="t" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tint(30, 42, 54)}"/><stop offset="0.3" stop-color="${tint(31, 46, 64)}"/><stop offset="1" stop-color="${tint(27, 44, 50)}"/></linearGradient></defs><rect y="${horizon}" width="100%" height="100%" fill="url(#t)"/>`;
  const cloth = photo.isOverhead
    ? `<g transform="rotate(${(random.next() * 8 - 4).toFixed(1)} ${x} ${y})"><rect x="${x - box.width * 0.56}" y="${y - box.height * 0.5}" width="${box.width * 1.12}" height="${size.height}" fill="${tint(40, 40, 92)}"/>` +
      [0.035, 0.055]
        .map(
          (inset) =>
            `<rect x="${x - box.width * (0.56 - inset)}" y="${y - box.height * 0.5}" width="${box.width * 0.009}" height="${size.height}" fill="${tint(photo.hue, 44, 56)}" fill-opacity="0.7"/><rect x="${x + box.width * (0.55 - inset)}" y="${y - box.height * 0.5}" width="${box.width * 0.009}" height="${size.height}" fill="${tint(photo.hue, 44, 56)}" fill-opacity="0.7"/>`,
        )
        .join('') +
      '</g>'
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
          `<rect x="${x - box.width * 0.55}" y="${y - box.height * 0.48}" width="${box.width * 1.12}" height="${size.height}" fill="#3a2410" fill-opacity="0.4"/>`,
          18,
        ),
    cloth === '' ? null : svgLayer(size, cloth),
    ...(await shadowsOf(photo, dish, { colour: '#3a1e08', strength: 0.95 })),
    await dishLayer(dish),
    await windowLight(size, photo.light, 0.5),
    keyLight(size, photo.light, 0.2, '#ffe2b0'),
    vignette(size, { x, y }, '#4a2a10', 0.3),
    await grainLayer(random, 12),
  ]);
  return {
    png,
    placement: placementOf(box, size),
    photoOnCanvas: cutoutOnCanvas(photo, box, size),
    prompt: `Homely food photograph: the dish ${photo.isOverhead ? 'from above on a linen cloth' : 'on a pale wooden table before a cream wall'}, afternoon sun through a window, calm warm ground at the ${headline} for a headline.`,
  };
}

/** Pixels. */
const BORDER = 12;

/** The photo as a large rounded card on linen, in the same light. */
async function asCard(brief: Brief): Promise<Composition> {
  const { photo, size, stage, random, headline } = brief;
  const dishSize = dishSizeWithin(photo, stage.width * 0.9, stage.height * 0.92);
  const wanted = {
    width: Math.round(stage.width),
    // Its white border belongs to the stage, too.
    height: Math.round(stage.height) - BORDER,
    centreX: stage.width / 2,
    centreY: (stage.height - BORDER) / 2,
    dishSize,
  };
  const { frame, left, top } = withinPhoto(photo, wanted);
  const { width, height } = frame;
  const at = { left: Math.round(stage.x) + left, top: Math.round(stage.y) + top };
  const rounded = (grow: number, paint: string): string =>
    `<rect x="${at.left - grow}" y="${at.top - grow}" width="${width + 2 * grow}" height="${height + 2 * grow}" rx="${56 + grow}" ${paint}/>`;
  const card = await cutToShape(
    await framePhoto(photo, frame),
    { width, height },
    `<rect width="${width}" height="${height}" rx="56" fill="#fff"/>`,
    at,
  );
  const png = await compose(size, tint(WALL, 48, 86), [
    await surfaceLayer(random, 'linen', size, { strength: 0.8 }),
    await softLayer(size, rounded(4, 'fill="#4a2a10" fill-opacity="0.5" transform="translate(0 20)"'), 22),
    svgLayer(size, rounded(BORDER, 'fill="#fffaf0"')),
    card,
    await windowLight(size, photo.light, 0.42),
    keyLight(size, photo.light, 0.14, '#ffe2b0'),
    await grainLayer(random, 10),
  ]);
  return {
    png,
    placement: placementOf(dishInFrame(photo, frame, at), size),
    photoOnCanvas: photoOnCanvas(photo, frame, size, at),
    prompt: `Homely food photograph as a rounded card on warm linen, afternoon sun through a window, plain linen at the ${headline} for a headline.`,
  };
}

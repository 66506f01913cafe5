import type { OverlayOptions } from 'sharp';
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
import { covering, framePhoto, withinPhoto } from '../photo-frame.js';
import { dishLayer, placeDish, shadowsOf, silhouette } from '../placed-dish.js';

/** A plain light ground in a colour that answers the dish, one simple shape behind it, a long soft shadow. */
export const minimalDesign: Design = {
  name: 'minimal',
  compose: (brief) => (brief.photo.cutout ? withDish(brief, brief.photo.cutout) : withArch(brief)),
};

const PROMPT =
  'Minimal poster: plain pastel ground in the complement of the food, one simple shape, a long soft shadow';

async function withDish(brief: Brief, cutout: NonNullable<Brief['photo']['cutout']>): Promise<Composition> {
  const { photo, size, random, stage } = brief;
  const box = dishOnStage(brief, 0.94 * brief.wish.fill);
  const dish = await placeDish(cutout, box, size);
  const { x, y } = centreOf(box);
  const hue = groundHue(brief);
  const accent = tint(photo.hue + 4, photo.hue > 60 && photo.hue < 300 ? 34 : 60, 78);
  const away = photo.light > 0 ? -1 : 1;
  const horizon = photo.isOverhead ? null : box.y + box.height * 0.36;
  const foot = brief.headline === 'top' ? stage.y + stage.height : box.y + box.height;
  const shape = photo.isOverhead
    ? `<circle cx="${x - away * box.width * 0.16}" cy="${y - box.height * 0.1}" r="${box.width * 0.5}" fill="${accent}"/>`
    : archPath(
        x - box.width * 0.43,
        box.y - box.height * 0.08,
        box.width * 0.86,
        (horizon as number) - box.y + box.height * 0.08,
        0,
        `fill="${accent}"`,
      );
  const layers: (OverlayOptions | null)[] = [
    svgLayer(
      size,
      `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${tint(hue, 34, 94)}"/>` +
        `<stop offset="1" stop-color="${tint(hue, 28, 83)}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${shape}`,
    ),
    horizon === null
      ? null
      : svgLayer(
          size,
          `<defs><linearGradient id="f" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tint(hue, 22, 78)}"/><stop offset="0.5" stop-color="${tint(hue, 26, 88)}"/><stop offset="1" stop-color="${tint(hue, 24, 84)}"/></linearGradient></defs>` +
            `<rect y="${horizon}" width="100%" height="${size.height - horizon}" fill="url(#f)"/>`,
        ),
    await silhouette(dish, {
      colour: tint(hue, 44, 22),
      opacity: 0.36,
      blur: 34,
      scaleY: photo.isOverhead ? 1 : 0.5,
      onFoot: !photo.isOverhead,
      dx: away * box.width * 0.09,
      dy: photo.isOverhead ? box.height * 0.07 : 14,
    }),
    ...(await shadowsOf(photo, dish, { colour: tint(hue, 40, 16), strength: 0.75 })),
    await dishLayer(dish),
    await softLayer(
      size,
      `<rect y="${foot + 90}" width="100%" height="100%" fill="${tint(hue, 30, 40)}" fill-opacity="0.12"/>`,
      60,
    ),
    await grainLayer(random, 9),
  ];
  return {
    png: await compose(size, tint(hue, 30, 90), layers),
    placement: placementOf(box, size),
    photoOnCanvas: cutoutOnCanvas(photo, box, size),
    prompt: `${PROMPT}, the cut-out dish ${photo.isOverhead ? 'seen from above' : 'on a plain floor'}, empty ground at the ${brief.headline} for a headline.`,
  };
}

/** Red food on mint, green on rose, or a paler shade of its own: the ground answers the dish. */
const groundHue = ({ photo, random }: Brief): number => photo.hue + random.pick([175, 190, 165, 14]);

/** Width of the arch divided by its height. */
const ARCH_ASPECT = 0.94;
/** Height divided by width of the lowest arch that still looks like one. */
const LOWEST_ARCH = 0.7;

async function withArch(brief: Brief): Promise<Composition> {
  const { photo, size, stage, random, headline } = brief;
  const tall = Math.round(stage.height * 0.99);
  const wide = Math.round(Math.min(tall * ARCH_ASPECT, stage.width * 0.86));
  const dishSize = dishSizeWithin(photo, wide * 0.96, tall * 0.8);
  const meant = { width: wide, height: tall, centreX: wide / 2, centreY: tall * 0.54, dishSize };
  // Nothing is drawn out that can be helped: a closer look at the dish first, then a lower arch.
  const close = covering(photo, meant, { most: 1.25, edges: 'all' });
  const within = withinPhoto(photo, close).frame;
  const frame = within.height > within.width * LOWEST_ARCH ? within : close;
  const { width, height } = frame;
  const left = Math.round(brief.wish.x * size.width - width / 2);
  const top = Math.round(stage.y + (stage.height - tall) / 2 + (headline === 'top' ? tall - height : 0));
  const hue = groundHue(brief);
  const side = random.pick([-1, 1]);
  const card = await cutToShape(
    await framePhoto(photo, frame),
    { width, height },
    archPath(0, 0, width, height, 22, 'fill="#fff"'),
    { left, top },
  );
  const accent = tint(photo.hue, photo.hue > 55 && photo.hue < 300 ? 34 : 60, 76);
  const png = await compose(size, tint(hue, 32, 90), [
    svgLayer(
      size,
      `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.42"/>` +
        `<stop offset="1" stop-color="${tint(hue, 34, 78)}" stop-opacity="0.36"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>` +
        `<circle cx="${left + width / 2 + side * width * 0.52}" cy="${top + height * 0.76}" r="${width * 0.2}" fill="${accent}"/>`,
    ),
    await softLayer(
      size,
      archPath(left + 14, top + 30, width - 28, height - 12, 22, `fill="${tint(hue, 40, 24)}" fill-opacity="0.42"`),
      26,
    ),
    svgLayer(
      size,
      archPath(
        left - 13,
        top - 13,
        width + 26,
        height + 26,
        22,
        `fill="none" stroke="${tint(photo.hue, 40, 52)}" stroke-opacity="0.75" stroke-width="2.5"`,
      ),
    ),
    card,
    await grainLayer(random, 7),
  ]);
  return {
    png,
    placement: placementOf(dishInFrame(photo, frame, { left, top }), size),
    photoOnCanvas: photoOnCanvas(photo, frame, size, { left, top }),
    prompt: `${PROMPT}, the dish photograph inside a tall arch with a thin outline, empty ground at the ${headline} for a headline.`,
  };
}

/** A doorway: round above, corners of the given radius below. */
function archPath(x: number, y: number, width: number, height: number, foot: number, paint: string): string {
  const radius = width / 2;
  return (
    `<path d="M${x} ${y + radius}A${radius} ${radius} 0 0 1 ${x + width} ${y + radius}V${y + height - foot}` +
    `Q${x + width} ${y + height} ${x + width - foot} ${y + height}H${x + foot}Q${x} ${y + height} ${x} ${y + height - foot}Z" ${paint}/>`
  );
}

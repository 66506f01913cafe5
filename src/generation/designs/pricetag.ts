import { compose, cutToShape, grainLayer, softLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { cropFor, wholePixels, windowFor } from '../photo-region.js';
import { framePhoto } from '../photo-frame.js';
import { mainHeight, MARGIN, SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** A flyer of one strong colour: headline, the photo on a rounded card, and the price as large as the street reads it. */
export const priceDesign: Design = { name: 'price', compose: composePrice };

const RADIUS = 44;

async function composePrice(brief: Brief): Promise<Composition> {
  const { photo, size, random, texts } = brief;
  const type = look(size, { headline: 'BlackHan', figures: 'BlackHan', badge: 'tag', lineHeight: 1.12 });
  const colours = brief.palette('bold');
  const safe = SAFE[shapeOf(size)];
  const x = MARGIN * size.width;
  const width = size.width - 2 * x;
  const [top, bottom] = [safe.top * size.height, safe.bottom * size.height];
  const foot = brief.footHeight(type, width);
  const footBox = { x, y: bottom - foot, width, height: foot };
  const hasDeal = (['price', 'priceWas', 'offer'] as const).some((slot) => texts[slot] !== undefined);
  const deal = hasDeal ? (texts.price !== undefined && texts.offer !== undefined ? 0.2 : 0.145) * size.width : 0;
  const dealBox = { x, y: footBox.y - (foot > 0 ? 16 : 0) - deal, width, height: deal };
  const main = mainHeight(texts, size, { look: type, width, hasDealArea: true, most: 0.26 });
  const mainBox = { x, y: top, width, height: main };
  const region = windowFor(
    photo,
    wholePixels({
      x: x * 0.75,
      y: top + main + 24,
      width: size.width - x * 1.5,
      height: dealBox.y - (hasDeal ? 26 : 10) - (top + main + 24),
    }),
  );
  const frame = cropFor(photo, region);
  const card = `<rect width="${region.width}" height="${region.height}" rx="${RADIUS}" fill="#fff"/>`;
  const picture = await cutToShape(
    await framePhoto(photo, frame),
    { width: region.width, height: region.height },
    card,
    { left: region.x, top: region.y },
  );
  const png = await compose(size, `#${colours.ground}`, [
    svgLayer(size, rays(size.width / 2, region.y + region.height / 2, Math.hypot(size.width, size.height))),
    await softLayer(
      size,
      `<rect x="${region.x + 4}" y="${region.y + 18}" width="${region.width - 8}" height="${region.height}" rx="${RADIUS}" fill="#1a0802" fill-opacity="0.42"/>`,
      18,
    ),
    picture,
    svgLayer(
      size,
      `<rect x="${region.x + 4}" y="${region.y + 4}" width="${region.width - 8}" height="${region.height - 8}" rx="${RADIUS - 4}" fill="none" stroke="#fff" stroke-width="8"/>`,
    ),
    await grainLayer(random, 5),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt:
      'A flyer of one strong colour, the dish photograph on a rounded card, room above for a headline and below for the price.',
    areas: {
      main: area(mainBox, size, 'center', 'middle'),
      ...(hasDeal && { deal: area(dealBox, size, 'center', 'middle') }),
      foot: area(footBox, size, 'center', 'bottom'),
      colours,
      look: type,
    },
  });
}

/** So faint that no letter notices them. */
function rays(x: number, y: number, reach: number): string {
  const count = 16;
  const wedges = Array.from({ length: count }, (_, index) => {
    const from = (index * 2 * Math.PI) / count;
    const to = from + Math.PI / count;
    return `<path d="M${x} ${y}L${x + reach * Math.cos(from)} ${y + reach * Math.sin(from)}L${x + reach * Math.cos(to)} ${y + reach * Math.sin(to)}Z"/>`;
  });
  return `<g fill="#fff" fill-opacity="0.05">${wedges.join('')}</g>`;
}

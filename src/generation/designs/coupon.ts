import { compose, grainLayer, softLayer, svgLayer } from '../canvas.js';
import type { Brief, Composition, Design } from '../layout.js';
import { area, look } from '../looks.js';
import { PALETTES } from '../palettes.js';
import { cropFor, photoLayer, wholePixels } from '../photo-region.js';
import { mainHeight, SAFE, shapeOf } from '../rooms.js';
import { photoComposition } from './photo-composition.js';

/** The photo from edge to edge and a paper coupon on its lower part that holds every word: what a customer would keep. */
export const couponDesign: Design = { name: 'coupon', compose: composeCoupon };

const BITE = 24;

async function composeCoupon(brief: Brief): Promise<Composition> {
  const { photo, size, random, texts } = brief;
  const type = look(size, {
    headline: 'Jua',
    lead: 'Jua',
    body: 'SemiBold',
    figures: 'Jua',
    badge: 'pill',
    lineHeight: 1.16,
  });
  const palette = brief.palette('light');
  const shape = shapeOf(size);
  const safe = SAFE[shape];
  const side = 0.05 * size.width;
  const pad = 0.045 * size.width;
  const width = size.width - 2 * side - 2 * pad;
  const foot = brief.footHeight(type, width);
  const main = mainHeight(texts, size, { look: type, width, most: 0.36 });
  const divider = foot > 0 ? 40 : 0;
  const card = wholePixels({
    x: side,
    y: safe.bottom * size.height - (main + foot + divider + 2 * pad) + (shape === 'story' ? 0 : 8),
    width: size.width - 2 * side,
    height: main + foot + divider + 2 * pad,
  });
  const inside = { x: card.x + pad, width: card.width - 2 * pad };
  const mainBox = { ...inside, y: card.y + pad, height: main };
  const tear = card.y + pad + main + divider / 2;
  const footBox = { ...inside, y: tear + divider / 2, height: foot };
  // The photo goes on behind the coupon; the dish keeps what is above it.
  const region = wholePixels({
    x: 0,
    y: 0,
    width: size.width,
    height: Math.min(size.height, card.y + card.height * 0.5),
  });
  const visibleTop = shape === 'story' ? safe.top * size.height : 0;
  const centre = { x: 0.5, y: (visibleTop + (card.y - visibleTop) * 0.5) / region.height };
  const frame = cropFor(photo, region, centre, card.y);
  const dark = `#${PALETTES.charcoal.ground}`;
  const shapePath = coupon(card, foot > 0 ? tear : null);
  const png = await compose(size, dark, [
    await photoLayer(photo, region, frame, [{ edge: 'bottom', length: region.height - card.y }]),
    await softLayer(
      size,
      `<g transform="translate(0 16)"><path d="${shapePath}" fill="#000" fill-opacity="0.55"/></g>`,
      20,
    ),
    svgLayer(
      size,
      `<path d="${shapePath}" fill="#${palette.ground}"/>` +
        (foot > 0
          ? `<path d="M${card.x + BITE + 18} ${tear}H${card.x + card.width - BITE - 18}" stroke="#${palette.quiet}" stroke-opacity="0.55" stroke-width="4" stroke-dasharray="2 14" stroke-linecap="round"/>`
          : ''),
    ),
    await grainLayer(random, 5),
  ]);
  return photoComposition(png, {
    photo,
    frame,
    region,
    size,
    axis: 0.5,
    prompt: 'Full-bleed dish photograph with a paper coupon on its lower part that holds the words.',
    areas: {
      main: area(mainBox, size, 'center', 'middle'),
      foot: area(footBox, size, 'center', 'middle'),
      colours: palette,
      look: type,
    },
  });
}

/** A rounded card, with a bite on either side where it is torn off. */
function coupon(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  tear: number | null,
): string {
  const r = 30;
  const [right, bottom] = [x + width, y + height];
  const rightBite = tear === null ? '' : `V${tear - BITE}A${BITE} ${BITE} 0 0 0 ${right} ${tear + BITE}`;
  const leftBite = tear === null ? '' : `V${tear + BITE}A${BITE} ${BITE} 0 0 0 ${x} ${tear - BITE}`;
  return (
    `M${x + r} ${y}H${right - r}A${r} ${r} 0 0 1 ${right} ${y + r}${rightBite}V${bottom - r}A${r} ${r} 0 0 1 ${right - r} ${bottom}` +
    `H${x + r}A${r} ${r} 0 0 1 ${x} ${bottom - r}${leftBite}V${y + r}A${r} ${r} 0 0 1 ${x + r} ${y}Z`
  );
}

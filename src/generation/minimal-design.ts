import { CANVAS, compose, cutToShape, grainLayer, svgLayer, tint } from './canvas.js';
import { type Brief, type Composition, type Design, dishSizeWithin, photoOnCanvas, pixels } from './layout.js';
import { framePhoto } from './photo-frame.js';

/** A plain light ground in a colour that answers the dish, the photo in an arch with a soft shadow. */
export const minimalDesign: Design = {
  name: 'minimal',
  usualSpot: { x: 0.5, y: 0.395, size: 0.66 },
  compose: composeMinimal,
};

/** Width of the arch divided by its height. */
const ARCH_ASPECT = 0.9;

async function composeMinimal({ photo, headline, spot, random }: Brief): Promise<Composition> {
  const height = pixels(spot.size);
  const width = Math.round(height * ARCH_ASPECT);
  const left = pixels(spot.x) - Math.round(width / 2);
  const top = pixels(spot.y) - Math.round(height / 2);
  const groundHue = photo.hue + random.pick([180, 160, 200, 20]);
  const side = random.pick([-1, 1]);

  const dishSize = dishSizeWithin(photo, width * 0.93, height * 0.78);
  const dishY = height * 0.55;
  const frame = { width, height, centreX: width / 2, centreY: dishY, dishSize };
  const framed = await framePhoto(photo, frame);
  const card = await cutToShape(framed, { width, height }, arch(0, 0, width, height, 'fill="#fff"'), { left, top });

  const shadow = tint(groundHue, 40, 24);
  const line = tint(photo.hue, 40, 52);
  const accentY = top + height - width * 0.2;
  const png = await compose(tint(groundHue, 32, 90), [
    svgLayer(
      `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.42"/>` +
        `<stop offset="1" stop-color="${tint(groundHue, 34, 78)}" stop-opacity="0.36"/></linearGradient>` +
        `<filter id="s" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="26"/></filter></defs>` +
        `<rect width="100%" height="100%" fill="url(#g)"/>` +
        // The disc peeks out beside the arch, above the headline's room.
        `<circle cx="${left + width / 2 + side * width * 0.5}" cy="${accentY}" r="${width * 0.2}" fill="${tint(photo.hue, photo.hue > 55 && photo.hue < 300 ? 34 : 60, 73)}"/>` +
        `<g filter="url(#s)">${arch(left + 14, top + 26, width - 28, height - 14, `fill="${shadow}" fill-opacity="0.42"`)}</g>` +
        arch(
          left - 13,
          top - 13,
          width + 26,
          height + 26,
          `fill="none" stroke="${line}" stroke-opacity="0.75" stroke-width="2.5"`,
        ),
    ),
    card,
    await grainLayer(random, 6),
  ]);
  return {
    png,
    placement: { x: spot.x, y: (top + dishY) / CANVAS, size: dishSize / CANVAS },
    photoOnCanvas: photoOnCanvas(photo, frame, { left, top }),
    prompt:
      `Minimal poster: plain pastel ground, the dish photograph inside a tall arch with a thin outline and a soft shadow, ` +
      `one round accent in the colour of the food, empty ground at the ${headline} for a headline.`,
  };
}

/** A doorway: round above, gently rounded corners below. */
function arch(x: number, y: number, width: number, height: number, paint: string): string {
  const radius = width / 2;
  const foot = 22;
  return (
    `<path d="M${x} ${y + radius}A${radius} ${radius} 0 0 1 ${x + width} ${y + radius}V${y + height - foot}` +
    `Q${x + width} ${y + height} ${x + width - foot} ${y + height}H${x + foot}Q${x} ${y + height} ${x} ${y + height - foot}Z" ${paint}/>`
  );
}

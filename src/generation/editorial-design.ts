import { sharp } from '../imaging/sharp.js';
import { CANVAS, compose, grainLayer, svgLayer, tint } from './canvas.js';
import { type Brief, type Composition, type Design, dishSizeWithin, photoOnCanvas, pixels } from './layout.js';
import { framePhoto, softBlur } from './photo-frame.js';

/** The photo fills the canvas; towards the headline it sinks into soft focus and a dark veil. */
export const editorialDesign: Design = {
  name: 'editorial',
  usualSpot: { x: 0.5, y: 0.63, size: 0.69 },
  compose: composeEditorial,
};

async function composeEditorial({ photo, headline, spot, random }: Brief): Promise<Composition> {
  // Wide dishes may use the width of the canvas, tall ones only the band below the headline.
  const dishSize = dishSizeWithin(photo, pixels(Math.min(0.9, spot.size * 1.22)), pixels(spot.size));
  const centreX = pixels(spot.x);
  const centreY = pixels(spot.y);
  const frame = { width: CANVAS, height: CANVAS, centreX, centreY, dishSize };
  const framed = await framePhoto(photo, frame);

  const calm = await calmHeadline(framed, headline);
  const dark = tint(photo.hue, 34, 7);
  const keyX = random.between(0.2, 0.34);
  const png = await compose(framed, [
    { input: calm },
    svgLayer(veil(headline, dark)),
    svgLayer(vignette(spot.x, spot.y, dark)),
    svgLayer(keyLight(keyX, spot.y - 0.3), 'screen'),
    await grainLayer(random, 10),
  ]);
  return {
    png,
    placement: { x: spot.x, y: spot.y, size: dishSize / CANVAS },
    photoOnCanvas: photoOnCanvas(photo, frame),
    prompt:
      `Full-bleed editorial food photograph, the dish large in the ${headline === 'top' ? 'lower' : 'upper'} part, ` +
      `soft focus and a dark veil at the ${headline} for a headline, warm key light from the upper left, fine film grain.`,
  };
}

/** The headline's side of the photo out of focus, fading into the sharp part: RGBA PNG of the canvas size. */
async function calmHeadline(framed: Buffer, headline: 'top' | 'bottom'): Promise<Buffer> {
  const blurred = await softBlur(framed, CANVAS, CANVAS, 34);
  const fade =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CANVAS}" height="${CANVAS}"><defs>` +
    `<linearGradient id="g" ${direction(headline)}><stop offset="0.2" stop-color="#fff"/>` +
    `<stop offset="0.33" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`;
  return sharp(blurred, { raw: { width: CANVAS, height: CANVAS, channels: 3 } })
    .ensureAlpha()
    .composite([{ input: Buffer.from(fade), blend: 'dest-in' }])
    .png({ compressionLevel: 0 })
    .toBuffer();
}

/** Gradient direction that starts at the headline's edge of the canvas. */
const direction = (headline: 'top' | 'bottom'): string =>
  headline === 'top' ? 'x1="0" y1="0" x2="0" y2="1"' : 'x1="0" y1="1" x2="0" y2="0"';

const veil = (headline: 'top' | 'bottom', dark: string): string =>
  `<defs><linearGradient id="v" ${direction(headline)}><stop offset="0" stop-color="${dark}" stop-opacity="0.9"/>` +
  `<stop offset="0.2" stop-color="${dark}" stop-opacity="0.74"/><stop offset="0.3" stop-color="${dark}" stop-opacity="0.34"/>` +
  `<stop offset="0.42" stop-color="${dark}" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#v)"/>`;

const vignette = (x: number, y: number, dark: string): string =>
  `<defs><radialGradient id="n" cx="${x}" cy="${y}" r="0.72"><stop offset="0.5" stop-color="${dark}" stop-opacity="0"/>` +
  `<stop offset="1" stop-color="${dark}" stop-opacity="0.62"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#n)"/>`;

const keyLight = (x: number, y: number): string =>
  `<defs><radialGradient id="k" cx="${x}" cy="${y}" r="0.62"><stop offset="0" stop-color="#ffdca8" stop-opacity="0.26"/>` +
  `<stop offset="1" stop-color="#ffdca8" stop-opacity="0"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#k)"/>`;

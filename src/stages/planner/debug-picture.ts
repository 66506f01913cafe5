import { type Raster, shrinkRaster } from '../../imaging/picture.js';
import { sharp } from '../../imaging/sharp.js';
import type { Proposal } from './plan.js';

/** Long side in pixels: enough to see where the frames lie, and they are seen by nobody else. */
const DEBUG_SIDE = 720;
const COLOURS = ['#00c853', '#2962ff', '#ff6d00', '#d500f9', '#00b8d4', '#ffd600'];

/** A small copy of the picture with what is forbidden tinted red and every proposal framed: RGB PNG, for people who look into a plan. */
export async function drawDebugPicture(
  picture: Raster,
  grid: { width: number; height: number; boxed: Uint8Array },
  proposals: Proposal[],
): Promise<{ png: Buffer; width: number; height: number }> {
  const { data, width, height } = await shrinkRaster(picture, DEBUG_SIDE);
  const tint = await sharp(tintOf(grid.boxed), {
    raw: { width: grid.width, height: grid.height, channels: 4 },
  })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer();
  const stroke = Math.max(2, Math.round(Math.min(width, height) / 200));
  const frames = proposals.map(({ box }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    return (
      `<rect x="${box.x * width}" y="${box.y * height}" width="${box.width * width}" height="${box.height * height}" ` +
      `fill="none" stroke="${colour}" stroke-width="${index === 0 ? stroke * 2 : stroke}"/>`
    );
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${frames.join('')}</svg>`;
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: tint, raw: { width, height, channels: 4 } }, { input: Buffer.from(svg) }])
    .removeAlpha()
    .png({ compressionLevel: 2 })
    .toBuffer();
  return { png, width, height };
}

/** RGBA: a translucent red where the grid is set. */
const tintOf = (grid: Uint8Array): Uint8Array => {
  const rgba = new Uint8Array(grid.length * 4);
  grid.forEach((value, i) => {
    if (value !== 0) rgba.set([255, 0, 0, 90], i * 4);
  });
  return rgba;
};

import type { Canvas } from '../../imaging/legibility.js';
import type { Raster } from '../../imaging/picture.js';
import { sharp } from '../../imaging/sharp.js';

/** A picture of any maker, whole and at its own size, transparency kept. */
export async function readCanvas(bytes: Buffer): Promise<Canvas> {
  const picture = sharp(bytes).autoOrient().toColourspace('srgb').ensureAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** A picture that was decoded already. */
export async function canvasOf({ data, width, height }: Raster): Promise<Canvas> {
  const opaque = sharp(data, { raw: { width, height, channels: 3 } }).ensureAlpha();
  return { data: await opaque.raw().toBuffer(), width, height };
}

import type { OverlayOptions } from 'sharp';
import { sharp } from '../imaging/sharp.js';
import { type Size, svgOf } from './canvas.js';
import type { Random } from './random.js';

/** One octave of noise: how many grains across and down, and how strong (0..127). */
type Octave = readonly [columns: number, rows: number, strength: number];

const SURFACES = {
  /** Long streaks from left to right. */
  wood: [
    [5, 60, 30],
    [9, 190, 26],
    [26, 540, 16],
  ],
  /** Clouds of two sizes and a fine tooth. */
  stone: [
    [9, 9, 26],
    [38, 38, 20],
    [270, 270, 12],
  ],
  /** Threads that cross. */
  linen: [
    [24, 540, 20],
    [540, 24, 20],
    [12, 12, 10],
  ],
  paper: [
    [14, 14, 12],
    [180, 180, 12],
    [540, 540, 8],
  ],
} as const satisfies Record<string, readonly Octave[]>;

export type Surface = keyof typeof SURFACES;

/**
 * The grain of a surface as a soft-light layer over the whole canvas, or over what `where` (a white-on-transparent
 * SVG shape) leaves of it.
 */
export async function surfaceLayer(
  random: Random,
  surface: Surface,
  size: Size,
  options: { strength?: number; where?: string } = {},
): Promise<OverlayOptions> {
  const { width, height } = size;
  const sum = new Int16Array(width * height);
  for (const [columns, rows, strength] of SURFACES[surface]) {
    const wide = Math.min(width, columns);
    const tall = Math.min(height, Math.round((rows * height) / 1080));
    const noise = Buffer.alloc(wide * tall);
    for (let i = 0; i < noise.length; i++)
      noise[i] = 128 + (random.next() * 2 - 1) * strength * (options.strength ?? 1);
    const grown = await sharp(noise, { raw: { width: wide, height: tall, channels: 1 } })
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (grown[i] as number) - 128;
  }
  const grey = new Uint8ClampedArray(sum.length);
  for (let i = 0; i < sum.length; i++) grey[i] = 128 + (sum[i] as number);
  let layer = sharp(grey, { raw: { width, height, channels: 1 } }).toColourspace('srgb');
  if (options.where !== undefined) {
    const opaque = await layer.ensureAlpha().png({ compressionLevel: 0 }).toBuffer();
    layer = sharp(opaque).composite([{ input: svgOf(size, options.where), blend: 'dest-in' }]);
  }
  return { input: await layer.png({ compressionLevel: 0 }).toBuffer(), left: 0, top: 0, blend: 'soft-light' };
}

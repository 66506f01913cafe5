import type { OverlayOptions } from 'sharp';
import { hslToRgb, toHex } from '../imaging/colour.js';
import { sharp } from '../imaging/sharp.js';
import type { Random } from './random.js';

/** Both sides of every generated picture, in pixels. */
export const CANVAS = 1080;

/** '#rrggbb' for a hue in degrees and saturation and lightness in percent, as the designs are thought out. */
export const tint = (hue: number, saturation: number, lightness: number): string =>
  `#${toHex(hslToRgb({ h: hue, s: saturation / 100, l: lightness / 100 }))}`;

/** A full-canvas SVG layer. */
export const svgLayer = (body: string, blend: NonNullable<OverlayOptions['blend']> = 'over'): OverlayOptions => ({
  input: Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CANVAS}" height="${CANVAS}" viewBox="0 0 ${CANVAS} ${CANVAS}">${body}</svg>`,
  ),
  left: 0,
  top: 0,
  blend,
});

/** A picture (raw RGB) cut to a white-on-transparent SVG shape of the same size, placed on the canvas. */
export async function cutToShape(
  pixels: Buffer,
  size: { width: number; height: number },
  shape: string,
  at: { left: number; top: number },
): Promise<OverlayOptions> {
  const mask = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">${shape}</svg>`;
  const input = await sharp(pixels, { raw: { ...size, channels: 3 } })
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { input, ...at };
}

/** Film grain of the given strength (0..255), the same for the same random stream. */
export async function grainLayer(random: Random, strength: number): Promise<OverlayOptions> {
  const side = CANVAS / 4;
  const noise = Buffer.alloc(side * side);
  for (let i = 0; i < noise.length; i++) noise[i] = 128 + (random.next() + random.next() - 1) * strength;
  // A small tile of noise, repeated: nobody sees the repeat, and drawing a random number a pixel would take longer.
  const tile = await sharp(noise, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('srgb')
    .png()
    .toBuffer();
  return { input: tile, tile: true, blend: 'soft-light' };
}

/** Lays the layers over each other, in order, on a plain colour or on RGB pixels of the canvas size. */
export async function compose(ground: string | Buffer, layers: OverlayOptions[]): Promise<Buffer> {
  const base =
    typeof ground === 'string'
      ? sharp({ create: { width: CANVAS, height: CANVAS, channels: 3, background: ground } })
      : sharp(ground, { raw: { width: CANVAS, height: CANVAS, channels: 3 } });
  return base.composite(layers).removeAlpha().toColourspace('srgb').png({ compressionLevel: 5 }).toBuffer();
}

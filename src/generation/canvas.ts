import type { OverlayOptions } from 'sharp';
import { hslToRgb, toHex } from '../imaging/colour.js';
import { sharp } from '../imaging/sharp.js';
import type { Random } from './random.js';

/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** '#rrggbb' for a hue in degrees and saturation and lightness in percent, as the designs are thought out. */
export const tint = (hue: number, saturation: number, lightness: number): string =>
  `#${toHex(hslToRgb({ h: hue, s: saturation / 100, l: lightness / 100 }))}`;

export const svgOf = ({ width, height }: Size, body: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`,
  );

/** A full-canvas SVG layer. */
export const svgLayer = (
  size: Size,
  body: string,
  blend: NonNullable<OverlayOptions['blend']> = 'over',
): OverlayOptions => ({ input: svgOf(size, body), left: 0, top: 0, blend });

/**
 * A layer of soft shapes. SVG blurs are slow at full size and a blur hides detail anyway, so it is drawn and blurred at
 * a quarter; `sigma` in pixels of the canvas.
 */
export async function softLayer(
  size: Size,
  body: string,
  sigma: number,
  blend: NonNullable<OverlayOptions['blend']> = 'over',
): Promise<OverlayOptions> {
  const small = { width: Math.ceil(size.width / 4), height: Math.ceil(size.height / 4) };
  const drawn = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${small.width}" height="${small.height}" viewBox="0 0 ${size.width} ${size.height}">${body}</svg>`,
    ),
  )
    .ensureAlpha()
    .blur(Math.max(0.4, sigma / 4))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const input = await sharp(drawn.data, { raw: { width: drawn.info.width, height: drawn.info.height, channels: 4 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { input, raw: { width: size.width, height: size.height, channels: 4 }, left: 0, top: 0, blend };
}

/** RGBA pixels put on the canvas; what reaches over its edge is cut away, which sharp itself refuses to do. */
export async function onCanvas(
  size: Size,
  pixels: { data: Buffer; width: number; height: number },
  at: { left: number; top: number },
  blend: NonNullable<OverlayOptions['blend']> = 'over',
): Promise<OverlayOptions | null> {
  const left = Math.max(0, at.left);
  const top = Math.max(0, at.top);
  const width = Math.min(size.width, at.left + pixels.width) - left;
  const height = Math.min(size.height, at.top + pixels.height) - top;
  if (width <= 0 || height <= 0) return null;
  const input = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 4 } })
    .extract({ left: left - at.left, top: top - at.top, width, height })
    .raw()
    .toBuffer();
  return { input, raw: { width, height, channels: 4 }, left, top, blend };
}

/** A picture (raw RGB) cut to a white-on-transparent SVG shape of the same size, placed on the canvas. */
export async function cutToShape(
  pixels: Buffer,
  size: Size,
  shape: string,
  at: { left: number; top: number },
): Promise<OverlayOptions> {
  const input = await sharp(pixels, { raw: { ...size, channels: 3 } })
    .ensureAlpha()
    .composite([{ input: svgOf(size, shape), blend: 'dest-in' }])
    .raw()
    .toBuffer();
  return { input, raw: { width: size.width, height: size.height, channels: 4 }, ...at };
}

/** Film grain of the given strength (0..255), the same for the same random stream. */
export async function grainLayer(random: Random, strength: number): Promise<OverlayOptions> {
  const side = 270;
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
export async function compose(size: Size, ground: string | Buffer, layers: (OverlayOptions | null)[]): Promise<Buffer> {
  const base =
    typeof ground === 'string'
      ? sharp({ create: { ...size, channels: 3, background: ground } })
      : sharp(ground, { raw: { ...size, channels: 3 } });
  return (
    base
      .composite(layers.filter((layer) => layer !== null))
      .removeAlpha()
      .toColourspace('srgb')
      // Higher levels take a quarter longer and save a twentieth.
      .png({ compressionLevel: 2 })
      .toBuffer()
  );
}

import type { OverlayOptions } from 'sharp';
import { parseHexColour } from '../imaging/colour.js';
import type { Box } from '../imaging/geometry.js';
import { sharp } from '../imaging/sharp.js';
import { onCanvas, type Size } from './canvas.js';
import type { CutoutPixels, DishPhoto } from './dish-photo.js';

/** The cut-out dish at its size on the canvas. */
export interface PlacedDish {
  box: Box;
  size: Size;
  pixels: CutoutPixels;
  /** One byte a pixel of `pixels`. */
  alpha: Buffer;
}

/** Scales the cut-out to its box on the canvas (pixels), a little sharpened as every enlargement needs. */
export async function placeDish(cutout: CutoutPixels, box: Box, size: Size): Promise<PlacedDish> {
  const width = Math.round(box.width);
  const height = Math.round(box.height);
  const raw = { width: cutout.width, height: cutout.height, channels: 4 as const };
  const data = await sharp(cutout.data, { raw })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .sharpen({ sigma: 0.8, m1: 0.5, m2: 1.6 })
    .raw()
    .toBuffer();
  const alpha = await sharp(data, { raw: { width, height, channels: 4 } })
    .extractChannel(3)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return { box, size, pixels: { data, width, height }, alpha };
}

export const dishLayer = ({ size, pixels, box }: PlacedDish): Promise<OverlayOptions | null> =>
  onCanvas(size, pixels, { left: Math.round(box.x), top: Math.round(box.y) });

interface SilhouetteLook {
  colour: string;
  opacity: number;
  /** Pixels. */
  blur: number;
  /** Size relative to the dish. */
  scaleX?: number;
  scaleY?: number;
  /** Shift of the centre, pixels. */
  dx?: number;
  dy?: number;
  /** The squashed shape stands on the dish's lower edge instead of its middle. */
  onFoot?: boolean;
  /** Grown by so many pixels, with a crisp edge: the white rim of a sticker. */
  grow?: number;
  blend?: NonNullable<OverlayOptions['blend']>;
}

/** The dish's shape in one colour: shadows, glows, rims. */
export async function silhouette(dish: PlacedDish, look: SilhouetteLook): Promise<OverlayOptions | null> {
  const { colour, opacity, blur, scaleX = 1, scaleY = 1, dx = 0, dy = 0, grow = 0 } = look;
  const width = Math.max(1, Math.round(dish.pixels.width * scaleX));
  const height = Math.max(1, Math.round(dish.pixels.height * scaleY));
  const pad = Math.ceil(blur * 3 + grow * 2);
  const shape = { width: width + 2 * pad, height: height + 2 * pad };
  const scaled = await sharp(dish.alpha, { raw: { width: dish.pixels.width, height: dish.pixels.height, channels: 1 } })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const padded = await sharp(scaled, { raw: { width, height, channels: 1 } })
    .extend({ top: pad, bottom: pad, left: pad, right: pad, background: '#000' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const one = { raw: { ...shape, channels: 1 as const } };
  // A blurred shape whose low values count as full is the shape grown outwards. Step by step: one pipeline blurs once.
  const grown =
    grow === 0
      ? padded
      : await sharp(padded, one)
          .blur(grow * 0.8)
          .linear(14, -14 * 255 * 0.1)
          .toColourspace('b-w')
          .raw()
          .toBuffer();
  const alpha = await sharp(grown, one)
    .blur(Math.max(0.5, blur))
    .linear(opacity, 0)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const rgb = parseHexColour(colour) ?? { r: 0, g: 0, b: 0 };
  const data = await sharp({ create: { ...shape, channels: 3, background: { r: rgb.r, g: rgb.g, b: rgb.b } } })
    .joinChannel(alpha, { raw: { ...shape, channels: 1 } })
    .raw()
    .toBuffer();
  const centreX = dish.box.x + dish.box.width / 2 + dx;
  const centreY = look.onFoot ? dish.box.y + dish.box.height - height / 2 + dy : dish.box.y + dish.box.height / 2 + dy;
  const at = { left: Math.round(centreX - shape.width / 2), top: Math.round(centreY - shape.height / 2) };
  return onCanvas(dish.size, { data, ...shape }, at, look.blend ?? 'over');
}

/** What keeps a dish on its ground: a wide faint shadow away from the light and a narrow dark one where it touches. */
export async function shadowsOf(
  photo: DishPhoto,
  dish: PlacedDish,
  { colour, strength = 1 }: { colour: string; strength?: number },
): Promise<(OverlayOptions | null)[]> {
  const away = photo.light > 0 ? -1 : 1;
  if (photo.isOverhead) {
    return [
      await silhouette(dish, {
        colour,
        opacity: 0.55 * strength,
        blur: 36,
        scaleX: 1.02,
        scaleY: 1.02,
        dx: 20 * away,
        dy: 42,
      }),
      await silhouette(dish, {
        colour,
        opacity: 0.62 * strength,
        blur: 10,
        scaleX: 0.985,
        scaleY: 0.985,
        dx: 6 * away,
        dy: 15,
      }),
    ];
  }
  return [
    // The rim's own shade, without which a plate seen at a slant hovers.
    await silhouette(dish, { colour, opacity: 0.4 * strength, blur: 13, scaleX: 0.985, dx: 5 * away, dy: 15 }),
    await silhouette(dish, {
      colour,
      opacity: 0.6 * strength,
      blur: 34,
      scaleX: 0.96,
      scaleY: 0.36,
      dx: 16 * away,
      dy: 26,
      onFoot: true,
    }),
    await silhouette(dish, {
      colour,
      opacity: 0.8 * strength,
      blur: 10,
      scaleX: 0.66,
      scaleY: 0.16,
      dy: 7,
      onFoot: true,
    }),
  ];
}

import { type Box, intersectionOf } from '../imaging/geometry.js';
import { sharp } from '../imaging/sharp.js';
import type { PhotoOnCanvas, PreparedPhoto } from './provider.js';

/** The ground that shows behind the dish: bright and neutral, so that every edge can be judged on it. */
const GROUND = { r: 255, g: 255, b: 255 };

interface CanvasSize {
  width: number;
  height: number;
}

/**
 * The dish where the picture has it, alone on a plain ground (RGB PNG), and the mask of everything around it
 * (one channel PNG, 255 = background). Without a cut-out the part of the photo that shows stands for the dish.
 */
export async function plainCanvas(
  prepared: PreparedPhoto,
  { box, window }: PhotoOnCanvas,
  size: CanvasSize,
): Promise<{ canvas: Buffer; mask: Buffer }> {
  const onto = shownPart(prepared.cutout ? box : intersectionOf(box, window), size);
  const from = sourceOf(onto, box, size, prepared);
  const dish = await sharp(prepared.cutout ?? prepared.upright)
    .extract(from)
    .resize(onto.width, onto.height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer();
  const raw = { width: onto.width, height: onto.height, channels: 4 as const };
  const layer = { input: dish, raw, left: onto.left, top: onto.top };
  const canvas = sharp({ create: { ...size, channels: 3, background: GROUND } })
    .composite([layer])
    .removeAlpha()
    .png({ compressionLevel: 2 })
    .toBuffer();
  const alpha = await sharp(dish, { raw }).extractChannel('alpha').negate().toColourspace('b-w').raw().toBuffer();
  const mask = sharp(alpha, { raw: { width: onto.width, height: onto.height, channels: 1 } })
    .extend({
      left: onto.left,
      top: onto.top,
      right: size.width - onto.left - onto.width,
      bottom: size.height - onto.top - onto.height,
      background: { r: 255, g: 255, b: 255 },
    })
    .toColourspace('b-w')
    .png({ compressionLevel: 2 })
    .toBuffer();
  const [canvasPng, maskPng] = await Promise.all([canvas, mask]);
  return { canvas: canvasPng, mask: maskPng };
}

interface PixelBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The whole pixels of the canvas that a box in shares covers; at least one. */
function shownPart(box: Box, { width, height }: CanvasSize): PixelBox {
  const left = Math.min(width - 1, Math.max(0, Math.round(box.x * width)));
  const top = Math.min(height - 1, Math.max(0, Math.round(box.y * height)));
  const right = Math.min(width, Math.max(left + 1, Math.round((box.x + box.width) * width)));
  const bottom = Math.min(height, Math.max(top + 1, Math.round((box.y + box.height) * height)));
  return { left, top, width: right - left, height: bottom - top };
}

/** Which pixels of the upright photo lie there. */
function sourceOf(onto: PixelBox, box: Box, canvas: CanvasSize, photo: CanvasSize): PixelBox {
  const scaleX = photo.width / (box.width * canvas.width);
  const scaleY = photo.height / (box.height * canvas.height);
  const left = Math.min(photo.width - 1, Math.max(0, Math.round((onto.left - box.x * canvas.width) * scaleX)));
  const top = Math.min(photo.height - 1, Math.max(0, Math.round((onto.top - box.y * canvas.height) * scaleY)));
  return {
    left,
    top,
    width: Math.min(photo.width - left, Math.max(1, Math.round(onto.width * scaleX))),
    height: Math.min(photo.height - top, Math.max(1, Math.round(onto.height * scaleY))),
  };
}

import { type Box, toPixels } from '../../imaging/geometry.js';
import { sharp } from '../../imaging/sharp.js';
import type { KnownDish } from '../common/known-dish.js';
import type { ImageAsset } from '../common/pictures.js';
import type { StageContext } from '../common/stage-context.js';
import type { DetectionResult } from '../engines/detection.js';

interface Size {
  width: number;
  height: number;
}

/**
 * What a detector would have to find: the dish that was placed there. Undefined when it cannot be told, because the
 * picture's size or the outline's file is missing; then the picture is looked at.
 */
export async function detectionOf(
  { assets, log }: Pick<StageContext, 'assets' | 'log'>,
  { box, confidence, backgroundMaskUrl }: KnownDish,
  { width, height }: ImageAsset,
): Promise<DetectionResult | undefined> {
  if (!width || !height) return undefined;
  const size = { width, height };
  const dish = { label: 'dish', confidence };
  if (backgroundMaskUrl === null) {
    const pixels = toPixels(box, width, height);
    const areaShare = (pixels.width * pixels.height) / (width * height);
    return { ...size, objects: [{ ...dish, box: pixels, areaShare }], maskPng: await boxMask(pixels, size) };
  }
  try {
    const outline = await outlineOf(await assets.read(backgroundMaskUrl), size);
    const exact = { x: box.x * width, y: box.y * height, width: box.width * width, height: box.height * height };
    return { ...size, objects: [{ ...dish, box: exact, areaShare: outline.areaShare }], maskPng: outline.png };
  } catch (error) {
    log.warn({ err: error, backgroundMaskUrl }, 'the outline of a placed dish cannot be read; looking for the dish');
    return undefined;
  }
}

const boxMask = ({ x, y, width, height }: Box, size: Size): Promise<Buffer> => {
  const data = Buffer.alloc(size.width * size.height);
  for (let row = y; row < y + height; row++) data.fill(255, row * size.width + x, row * size.width + x + width);
  return pngOf(data, size);
};

/** 255 where more dish than background is. */
async function outlineOf(png: Buffer, size: Size): Promise<{ png: Buffer; areaShare: number }> {
  const { data, info } = await sharp(png, { failOn: 'error' })
    .extractChannel(0)
    .negate()
    .threshold(128)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width !== size.width || info.height !== size.height)
    throw new Error(`the mask has ${info.width} x ${info.height} pixels, the picture ${size.width} x ${size.height}`);
  let covered = 0;
  for (const value of data) if (value !== 0) covered++;
  if (covered === 0) throw new Error('the mask shows no dish');
  return { png: await pngOf(data, size), areaShare: covered / data.length };
}

/** Large even areas: the quickest compression is nearly as small as the best. */
const pngOf = (data: Buffer, size: Size): Promise<Buffer> =>
  sharp(data, { raw: { ...size, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 2 })
    .toBuffer();

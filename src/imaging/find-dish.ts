import { type Box, toRatios } from './geometry.js';
import type { Raster } from './picture.js';
import { segmentDish } from './segmentation.js';
import { sharp } from './sharp.js';

/** Colours say where the dish is at this size as well as at any. */
const LOOKED_AT_SIDE = 640;
/** Below this nothing is known of the dish. */
const LEAST_CONFIDENCE = 0.2;

/**
 * The box around everything that stands out from its ground, in shares of the picture; null when nothing does. Two bowls
 * are one order: neither may be cut in half by a frame.
 */
export async function findDish({ data, width, height }: Raster): Promise<Box | null> {
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(LOOKED_AT_SIDE, LOOKED_AT_SIDE, { fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const found = await segmentDish(small);
  const sure = found.segments.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE).map(({ box }) => box);
  if (sure.length === 0) return null;
  const x = Math.min(...sure.map((box) => box.x));
  const y = Math.min(...sure.map((box) => box.y));
  const right = Math.max(...sure.map((box) => box.x + box.width));
  const bottom = Math.max(...sure.map((box) => box.y + box.height));
  return toRatios({ x, y, width: right - x, height: bottom - y }, found.width, found.height);
}

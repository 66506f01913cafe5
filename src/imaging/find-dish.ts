import { type Box, toRatios } from './geometry.js';
import type { Raster } from './picture.js';
import { segmentPixels } from './segmentation.js';

/** Below this nothing is known of the dish. */
const LEAST_CONFIDENCE = 0.2;

/**
 * The box around everything that stands out from its ground, in shares of the picture, and how clearly its least clear
 * part does, 0..1; null when nothing does. Two bowls are one order: neither may be cut in half by a frame.
 */
export async function findDish(picture: Raster): Promise<{ box: Box; confidence: number } | null> {
  const found = await segmentPixels({ ...picture, source: picture });
  const sure = found.segments.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE);
  if (sure.length === 0) return null;
  const x = Math.min(...sure.map(({ box }) => box.x));
  const y = Math.min(...sure.map(({ box }) => box.y));
  const right = Math.max(...sure.map(({ box }) => box.x + box.width));
  const bottom = Math.max(...sure.map(({ box }) => box.y + box.height));
  return {
    box: toRatios({ x, y, width: right - x, height: bottom - y }, found.width, found.height),
    confidence: Math.min(...sure.map(({ confidence }) => confidence)),
  };
}

import { edgeSteps, outlineOf, smooth } from '../../imaging/cutout/contour.js';
import type { Box } from '../../imaging/geometry.js';
import { findBlobs, type Mask } from '../../imaging/mask.js';
import type { Raster } from '../../imaging/picture.js';
import { sharp } from '../../imaging/sharp.js';
import type { Rule } from './advertisement.js';
import { finding } from './finding.js';

/** Width of the canvas on which outline and photo are compared, in pixels. */
const WIDTH = 540;
/** A colour step (RGB, 0..442) from which the dish is seen to end there. */
const CLEAR_STEP = 22;
/** Share of the outline that lies on such steps, and of its weakest twelfth: a bun cut flat is no longer than that. */
const LEAST = 0.85;
const LEAST_ARC = 0.7;
const ARC = 1 / 12;

/** A cut-out on the canvas, and the photo it came from, where it would lie. */
export interface Cut {
  /** Not 0 where the dish is. */
  mask: Mask;
  photo: Raster;
}

/**
 * A dish that was not cut out along an edge of the photo: food is missing, or table came along. Measured: share of the
 * outline on an edge, or of its weakest part.
 */
export const cutOffEdge: Rule = ({ cut }) => {
  if (cut === null) return [];
  const [blob] = findBlobs(cut.mask).sort((a, b) => b.pixels.length - a.pixels.length);
  if (!blob) return [];
  const data = new Uint8Array(cut.mask.data.length);
  for (const i of blob.pixels) data[i] = 255;
  const outline = smooth(outlineOf({ ...cut.mask, data }), 2);
  const clear = Array.from(edgeSteps(cut.photo, outline), (step): number => (step >= CLEAR_STEP ? 1 : 0));
  const whole = clear.reduce((sum, value) => sum + value, 0) / clear.length;
  const weakest = weakestArc(clear);
  if (whole < LEAST) return [finding('cut-off-edge', whole, LEAST, { mend: 'mark the dish' })];
  return weakest < LEAST_ARC ? [finding('cut-off-edge', weakest, LEAST_ARC, { mend: 'mark the dish' })] : [];
};

function weakestArc(clear: number[]): number {
  const length = Math.max(1, Math.round(clear.length * ARC));
  let least = Number.POSITIVE_INFINITY;
  for (let from = 0; from < clear.length; from += 4) {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += clear[(from + i) % clear.length] as number;
    least = Math.min(least, sum);
  }
  return least / length;
}

/** `mask` as the generation records it: 255 = background; `box` is where the whole photo lies, shares of the canvas. */
export async function cutFrom(mask: Raster, upright: Raster, box: Box): Promise<Cut> {
  const width = WIDTH;
  const height = Math.round((mask.height * WIDTH) / mask.width);
  const [across, down] = [Math.max(1, Math.round(box.width * width)), Math.max(1, Math.round(box.height * height))];
  const placed = await sharp(upright.data, { raw: { width: upright.width, height: upright.height, channels: 3 } })
    .resize(across, down, { fit: 'fill' })
    .raw()
    .toBuffer();
  const [left, top] = [Math.round(box.x * width), Math.round(box.y * height)];
  const inside = (value: number, length: number): number => Math.min(length - 1, Math.max(0, value));
  const data = new Uint8Array(width * height * 3);
  const dish = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (inside(y - top, down) * across + inside(x - left, across)) * 3;
      data.set(placed.subarray(from, from + 3), (y * width + x) * 3);
      const column = Math.floor(((x + 0.5) * mask.width) / width);
      const row = Math.floor(((y + 0.5) * mask.height) / height);
      dish[y * width + x] = (mask.data[(row * mask.width + column) * 3] as number) < 128 ? 255 : 0;
    }
  }
  return { mask: { width, height, data: dish }, photo: { width, height, data } };
}

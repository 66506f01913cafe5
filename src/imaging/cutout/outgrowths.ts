import { rgbToLab } from '../colour.js';
import { type Blob, findBlobs, type Mask, open } from '../mask.js';
import type { Raster } from '../picture.js';
import { POINTS } from './contour.js';
import { contourOf, type Oval, ovalArea, radiusAt } from './oval.js';

/** What the colours have beyond a rim, in one piece. */
export interface Outgrowth {
  blob: Blob;
  /** Furthest pixel, in radii of the oval. */
  reach: number;
}

/**
 * What an outgrowth is: of the vessel (food above the rim, the side of a bowl), not of it (cutlery, a neighbour behind
 * the rim), perhaps of it (a handle, or nobody knows), or a larger vessel all around.
 */
export type OutgrowthKind = 'part' | 'no part' | 'handle' | 'unsure' | 'around';

/** Less than this share of the vessel is nothing that anybody would miss. */
const LEAST_SHARE = 0.004;
/** What grows from less of the rim than this is cutlery or a handle, and from so little never more than cutlery. */
const NARROW = 0.055;
const THIN = 0.04;
/** What grows from more of the rim than this has the rim inside. */
const MOST = 0.45;
/** What reaches this far, in radii, is no part of the vessel. */
const FAR = 1.55;
/** What stays within this, in radii, is the shape of a vessel that is no ellipse. */
const NEAR = 1.12;
/** Share of the rim under an outgrowth that shows its edge: more, and the rim lies in front; less, and it is covered. */
const COVERED = 0.6;
const IN_FRONT = 0.8;
/** The side of a bowl: its middle lies this low, in short radii, and it takes this much of the rim. */
const LOW = 0.55;
const BROAD = 0.2;
/** Colours (Lab) this close are of one thing, and this far apart of different ones. */
const ALIKE = 14;
const FOREIGN = 22;

/** What the mask has beyond the oval, in pieces that hang together; hairs are left out. */
export function outgrowthsOf(mask: Mask, oval: Oval): Outgrowth[] {
  const { width, height } = mask;
  const radius = (i: number): number => radiusAt(oval, (i % width) + 0.5, Math.floor(i / width) + 0.5);
  const data = mask.data.map((value, i) => (value !== 0 && radius(i) > 1.03 ? 255 : 0));
  return findBlobs(open({ width, height, data }, 1.4))
    .filter(({ pixels }) => pixels.length >= LEAST_SHARE * ovalArea(oval))
    .map((blob) => ({ blob, reach: blob.pixels.reduce((furthest, i) => Math.max(furthest, radius(i)), 0) }));
}

/** @param clear per point of the oval's contour, 1 where the rim shows a clear edge. */
export function kindOf(small: Raster, oval: Oval, { blob, reach }: Outgrowth, clear: Float64Array): OutgrowthKind {
  const { width, height } = small;
  const contour = contourOf(oval);
  const pixelAt = (k: number, radii: number): number => {
    const x = Math.floor(oval.cx + ((contour[k * 2] as number) - oval.cx) * radii);
    const y = Math.floor(oval.cy + ((contour[k * 2 + 1] as number) - oval.cy) * radii);
    return x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x;
  };
  const inBlob = new Set(blob.pixels);
  const points = Array.from({ length: POINTS }, (_, k) => k);
  const roots = points.filter((k) => [1.045, 1.07].some((radii) => inBlob.has(pixelAt(k, radii))));
  if (roots.length === 0) return 'no part';
  const mean = (valueOf: (k: number) => number): number => roots.reduce((sum, k) => sum + valueOf(k), 0) / roots.length;
  const span = roots.length / POINTS;
  const seen = mean((k) => clear[k] as number);
  const down = mean((k) => (contour[k * 2 + 1] as number) - oval.cy) / oval.b;
  const atFrame = blob.left <= 2 || blob.top <= 2 || blob.right >= width - 3 || blob.bottom >= height - 3;
  const isAway = reach > FAR || atFrame;
  if (span > MOST) return 'around';
  if (span < NARROW) {
    // A handle is of the vessel's own stuff; cutlery crosses the rim and comes out of the food.
    const own = meanLab(small, blob.pixels);
    const colourOf = (of: number[], radii: number[]): number[] =>
      meanLab(
        small,
        of.flatMap((k) => radii.map((r) => pixelAt(k, r))).filter((i) => i >= 0),
      );
    const toRim = labDistance(
      own,
      colourOf(
        points.filter((k) => k % 4 === 0),
        [0.93, 0.95, 0.97, 0.99],
      ),
    );
    const toInside = labDistance(own, colourOf(roots, [0.84, 0.88, 0.92, 0.96]));
    if (toInside < ALIKE && toRim > ALIKE) return 'no part';
    return toRim > FOREIGN && (seen > 0.9 || span < THIN) ? 'no part' : 'handle';
  }
  if (reach < NEAR) return 'part';
  if (seen < COVERED) return isAway ? 'unsure' : 'part';
  if (down > LOW && span > BROAD && !atFrame) return 'part';
  return isAway && seen > IN_FRONT ? 'no part' : 'unsure';
}

function meanLab({ data }: Raster, pixels: ArrayLike<number>): number[] {
  const sum = { r: 0, g: 0, b: 0 };
  for (let n = 0; n < pixels.length; n++) {
    const i = (pixels[n] as number) * 3;
    sum.r += data[i] as number;
    sum.g += data[i + 1] as number;
    sum.b += data[i + 2] as number;
  }
  const count = Math.max(1, pixels.length);
  const { l, a, b } = rgbToLab({ r: sum.r / count, g: sum.g / count, b: sum.b / count });
  return [l, a, b];
}

const labDistance = (one: number[], other: number[]): number =>
  Math.hypot(...one.map((value, i) => value - (other[i] as number)));

import { labPlanes } from '../ground-distance.js';
import type { Raster } from '../picture.js';
import { type Oval, pointOf } from './oval.js';

const SECTORS = 72;
/** The ring around the rim that ears stand in, in radii. */
const RING = [1.06, 1.08, 1.1, 1.12, 1.14, 1.16, 1.18];
/** On a ground more varied than this (Lab, third quartile of the distances from its middle) ears cannot be told. */
const PLAIN = 18;
const STANDS_OUT = 22;
/** Share of a sector that stands out when an ear crosses it. */
const CROSSED = 0.1;

/**
 * Whether something stands out on both sides of a vessel, opposite to one another: the ears of a pot, which are thin and
 * often of another colour than the pot, so that neither rim nor colours know of them.
 */
export function hasEars(raster: Raster, oval: Oval): boolean {
  const lab = labPlanes(raster);
  const sectors = Array.from({ length: SECTORS }, (_, s) => coloursIn(lab, raster, oval, s));
  const all = sectors.flat();
  if (all.length === 0) return false;
  const middle = [0, 1, 2].map((c) =>
    quantile(
      all.map((colour) => colour[c] as number),
      0.5,
    ),
  );
  const distanceOf = (colour: number[]): number =>
    Math.hypot(...colour.map((value, c) => value - (middle[c] as number)));
  const spread = quantile(all.map(distanceOf), 0.75);
  if (spread > PLAIN) return false;
  const limit = Math.max(STANDS_OUT, 2.2 * spread);
  const crossed = sectors.map(
    (colours) => colours.filter((colour) => distanceOf(colour) > limit).length > CROSSED * Math.max(1, colours.length),
  );
  const around = (s: number, reach: number): number =>
    Array.from({ length: reach * 2 + 1 }, (_, i) => crossed[(s + i - reach + SECTORS) % SECTORS]).filter(Boolean)
      .length;
  return crossed.some((is, s) => is && around(s, 2) >= 2 && around(s + SECTORS / 2, 3) >= 2);
}

function coloursIn(lab: Float32Array, { width, height }: Raster, oval: Oval, sector: number): number[][] {
  const found: number[][] = [];
  for (const beside of [-0.03, 0, 0.03]) {
    for (const radii of RING) {
      const point = pointOf(oval, ((sector + 0.5) / SECTORS) * 2 * Math.PI + beside, radii);
      const [x, y] = [Math.floor(point.x), Math.floor(point.y)];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const i = (y * width + x) * 3;
      found.push([lab[i] as number, lab[i + 1] as number, lab[i + 2] as number]);
    }
  }
  return found;
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

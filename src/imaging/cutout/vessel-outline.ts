import { close, type Mask, open } from '../mask.js';
import type { Raster } from '../picture.js';
import {
  type Contour,
  drawToEdge,
  edgeSteps,
  normalsOf,
  outlineOf,
  POINTS,
  scaled,
  smooth,
  smoothSeries,
  spread,
} from './contour.js';
import type { EdgeField } from './edge-field.js';
import { cutAround } from './guided-cut.js';
import type { Cv } from './opencv.js';
import { kindOf, type Outgrowth, outgrowthsOf } from './outgrowths.js';
import { contourOf, contourOfHalves, upright } from './oval.js';
import type { FoundRim } from './rim-search.js';
import { findBody, lowered } from './vessel-body.js';

/** A colour step (RGB distance) under a rim that lies in front of what is behind it. */
const CLEAR_RIM = 22;
/** A side of a bowl deeper than this, in short radii, must be found by its colours too. */
const DEEP = 1.1;
/** Strips narrower than twice this, in pixels, are no disagreement. */
const SLIVER = 2;

/** A vessel's outline in pixels of the picture, or why there is none. */
export type VesselOutline =
  | {
      outline: Contour;
      /** Share of it that the colours too take for dish. */
      agreement: number;
    }
  | { doubt: 'not whole' | 'beside' }
  | 'inside a larger one';

/** The outline of the vessel that a rim belongs to, with what stands above the rim and hangs below it. */
export function outlineVessel(cv: Cv, picture: Raster, small: Raster, field: EdgeField, oval: FoundRim): VesselOutline {
  const scale = picture.width / small.width;
  const body = findBody(field, oval, picture);
  if (body === 'unsure') return { doubt: 'not whole' };
  const rim = upright(oval);
  const shape = body === 'none' ? contourOf(oval) : contourOfHalves(lowered(rim, body), rim);
  const onRim = alongEdge(picture, scaled(shape, scale), Math.max(5, 3.5 * scale));
  const clear = edgeSteps(picture, onRim).map((step) => (step >= CLEAR_RIM ? 1 : 0));
  const mask = cutAround(cv, small, oval);
  const parts: Outgrowth[] = [];
  for (const growth of outgrowthsOf(mask, oval)) {
    const kind = kindOf(small, oval, growth, clear);
    if (kind === 'around') return 'inside a larger one';
    if (kind === 'handle') return { doubt: 'not whole' };
    if (kind === 'unsure') return { doubt: 'beside' };
    if (kind === 'part') parts.push(growth);
  }
  if (parts.length === 0) {
    if (body !== 'none' && body.depth > DEEP) return { doubt: 'not whole' };
    return { outline: onRim, agreement: agreementOf(mask, maskOf(shape, small)) };
  }
  const whole = withParts(maskOf(contourOf(oval), small), parts);
  const coarse = scaled(smooth(outlineOf(whole), 2), scale);
  const followed = spread(smooth(drawToEdge(picture, coarse, Math.max(6, 5 * scale)).outline, 2.2), POINTS);
  return { outline: followed, agreement: agreementOf(mask, whole) };
}

/** The outline moved to the edges beside it, evenly: china has no bumps. */
function alongEdge(picture: Raster, outline: Contour, reach: number): Contour {
  const drawn = drawToEdge(picture, outline, reach).outline;
  const normals = normalsOf(outline);
  const offsets = Float64Array.from({ length: POINTS }, (_, k) => {
    const [dx, dy] = [0, 1].map((c) => (drawn[k * 2 + c] as number) - (outline[k * 2 + c] as number)) as [
      number,
      number,
    ];
    return dx * (normals[k * 2] as number) + dy * (normals[k * 2 + 1] as number);
  });
  const even = smoothSeries(middling(offsets, 14), 7);
  return spread(
    outline.map((value, i) => value + (even[i >> 1] as number) * (normals[i] as number)),
    POINTS,
  );
}

/** Running median: a fork over the rim shifts nothing. */
function middling(values: Float64Array, reach: number): Float64Array {
  const count = values.length;
  return values.map((_, k) => {
    const around = Array.from({ length: reach * 2 + 1 }, (_, i) => values[(k + i - reach + count) % count] as number);
    return around.sort((one, other) => one - other)[reach] as number;
  });
}

function withParts({ width, height, data }: Mask, parts: Outgrowth[]): Mask {
  const whole = Uint8Array.from(data);
  for (const { blob } of parts) for (const i of blob.pixels) whole[i] = 255;
  return { width, height, data: close({ width, height, data: whole }, 2).data };
}

/** What lies inside of the outline. */
function maskOf(outline: Contour, { width, height }: Raster): Mask {
  const data = new Uint8Array(width * height);
  const count = outline.length / 2;
  for (let y = 0; y < height; y++) {
    const crossings: number[] = [];
    for (let k = 0; k < count; k++) {
      const next = (k + 1) % count;
      const [y1, y2] = [outline[k * 2 + 1] as number, outline[next * 2 + 1] as number];
      if (y1 > y + 0.5 === y2 > y + 0.5) continue;
      const [x1, x2] = [outline[k * 2] as number, outline[next * 2] as number];
      crossings.push(x1 + ((y + 0.5 - y1) / (y2 - y1)) * (x2 - x1));
    }
    crossings.sort((one, other) => one - other);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.round(crossings[i] as number));
      const to = Math.min(width, Math.round(crossings[i + 1] as number));
      if (to > from) data.fill(255, y * width + from, y * width + to);
    }
  }
  return { width, height, data };
}

/** 1 minus the share of the shape that the colours take for ground, slivers along the edge left out. */
function agreementOf(mask: Mask, shape: Mask): number {
  const { width, height } = mask;
  const data = mask.data.map((value, i) => (value === 0 && shape.data[i] !== 0 ? 255 : 0));
  return 1 - pixelsOf(open({ width, height, data }, SLIVER)) / Math.max(1, pixelsOf(shape));
}

const pixelsOf = ({ data }: Mask): number => data.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);

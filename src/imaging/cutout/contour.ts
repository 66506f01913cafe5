import type { Mask } from '../mask.js';
import type { Raster } from '../picture.js';

/** A closed outline: x, y, x, y … in pixels, evenly spaced. */
export type Contour = Float64Array;

/** What a step sideways costs the path along an edge, in colour steps. */
const JOG = 6;

/** Points of an outline: about one every two pixels of a dish that fills a canvas. */
export const POINTS = 720;

/** The outer outline of the only blob of a mask, by walking its border (Moore neighbours), as evenly spaced points. */
export function outlineOf({ width, height, data }: Mask): Contour {
  const inside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0;
  const start = data.findIndex((value) => value !== 0);
  if (start < 0) return new Float64Array(0);
  const ring: readonly (readonly [number, number])[] = [
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 1],
    [-1, 0],
    [-1, -1],
    [0, -1],
    [1, -1],
  ];
  const walked: number[] = [];
  const first = { x: start % width, y: Math.floor(start / width) };
  let at = first;
  let heading = 0;
  for (let steps = 0; steps < width * height; steps++) {
    walked.push(at.x + 0.5, at.y + 0.5);
    let turned = 0;
    let next = at;
    for (; turned < 8; turned++) {
      const [dx, dy] = ring[(heading + 6 + turned) % 8] as readonly [number, number];
      if (!inside(at.x + dx, at.y + dy)) continue;
      heading = (heading + 6 + turned) % 8;
      next = { x: at.x + dx, y: at.y + dy };
      break;
    }
    if (turned === 8 || (next.x === first.x && next.y === first.y && walked.length > 4)) break;
    at = next;
  }
  return spread(Float64Array.from(walked), POINTS);
}

/** The same outline with `count` points at even distances. */
export function spread(outline: Contour, count: number): Contour {
  const size = outline.length / 2;
  const along = new Float64Array(size + 1);
  for (let i = 0; i < size; i++) {
    const j = (i + 1) % size;
    const step = Math.hypot(at(outline, j, 0) - at(outline, i, 0), at(outline, j, 1) - at(outline, i, 1));
    along[i + 1] = (along[i] as number) + step;
  }
  const whole = along[size] as number;
  const even = new Float64Array(count * 2);
  let i = 0;
  for (let k = 0; k < count; k++) {
    const wanted = (k / count) * whole;
    while (i < size - 1 && (along[i + 1] as number) < wanted) i++;
    const span = (along[i + 1] as number) - (along[i] as number);
    const share = span > 0 ? (wanted - (along[i] as number)) / span : 0;
    for (const c of [0, 1] as const) {
      even[k * 2 + c] = at(outline, i, c) * (1 - share) + at(outline, (i + 1) % size, c) * share;
    }
  }
  return even;
}

const at = (outline: Contour, point: number, axis: 0 | 1): number => outline[point * 2 + axis] as number;

/** Gaussian smoothing along the outline; `sigma` in points. */
export function smooth(outline: Contour, sigma: number): Contour {
  const smoothed = new Float64Array(outline.length);
  for (const axis of [0, 1]) {
    const series = smoothSeries(
      outline.filter((_, i) => i % 2 === axis),
      sigma,
    );
    for (const [k, value] of series.entries()) smoothed[k * 2 + axis] = value;
  }
  return smoothed;
}

/** The same for one value a point; the last is the first's neighbour. */
export function smoothSeries(values: Float64Array, sigma: number): Float64Array {
  const count = values.length;
  const reach = Math.ceil(sigma * 3);
  const weights = Array.from({ length: reach * 2 + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.map((_, k) => {
    let sum = 0;
    for (let i = -reach; i <= reach; i++) {
      sum += (weights[i + reach] as number) * (values[(((k + i) % count) + count) % count] as number);
    }
    return sum / total;
  });
}

export const scaled = (outline: Contour, factor: number): Contour => outline.map((value) => value * factor);

/** Unit normals that point out of the outline (walked clockwise on the screen). */
export function normalsOf(outline: Contour): Float64Array {
  const count = outline.length / 2;
  const normals = new Float64Array(outline.length);
  for (let k = 0; k < count; k++) {
    const [before, after] = [(k + count - 2) % count, (k + 2) % count];
    const dx = at(outline, after, 0) - at(outline, before, 0);
    const dy = at(outline, after, 1) - at(outline, before, 1);
    const length = Math.hypot(dx, dy) || 1;
    normals[k * 2] = dy / length;
    normals[k * 2 + 1] = -dx / length;
  }
  return normals;
}

/** Colour steps across an outline, one per point: how clearly the dish ends there. */
export interface Edge {
  outline: Contour;
  /** 0..442, distance of the mean RGB just inside from the one just outside. */
  steps: Float64Array;
}

/**
 * Draws the outline to where the picture changes most, at the picture's own resolution: along each normal up to
 * `reach` pixels in or out, neighbours at most one step apart (solved exactly by dynamic programming, closed).
 */
export function drawToEdge(picture: Raster, outline: Contour, reach: number): Edge {
  const count = outline.length / 2;
  const normals = normalsOf(outline);
  const step = Math.max(1, reach / 14);
  const offsets = Array.from({ length: 29 }, (_, i) => (i - 14) * step);
  const strength = new Float64Array(count * offsets.length);
  const depth = Math.max(2, step * 1.5);
  for (let k = 0; k < count; k++) {
    for (const [o, offset] of offsets.entries()) {
      const found = stepAcross(picture, outline, normals, k, offset, depth);
      // Far from where the shape was found an edge must be clearer to be believed.
      strength[k * offsets.length + o] = Math.min(90, found) * (1 - 0.35 * (Math.abs(offset) / reach) ** 2);
    }
  }
  const chosen = bestClosedPath(strength, count, offsets.length);
  const drawn = new Float64Array(outline.length);
  const steps = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const offset = offsets[chosen[k] as number] as number;
    for (const c of [0, 1] as const) drawn[k * 2 + c] = at(outline, k, c) + offset * (normals[k * 2 + c] as number);
    steps[k] = stepAcross(picture, outline, normals, k, offset, depth);
  }
  return { outline: drawn, steps };
}

/** The colour step across each point of an outline, at the best of a few pixels in or out. */
export function edgeSteps(picture: Raster, outline: Contour): Float64Array {
  const normals = normalsOf(outline);
  const depth = Math.max(2, Math.max(picture.width, picture.height) / 500);
  return Float64Array.from({ length: outline.length / 2 }, (_, k) =>
    Math.max(...[-1, 0, 1].map((shift) => stepAcross(picture, outline, normals, k, shift * depth, depth))),
  );
}

/** Where colours are read on either side of an edge, in shares of the depth; inside minus outside. */
const PARTS = [0.4, 0.7, 1] as const;
const SIDES = [1, -1] as const;

function stepAcross(
  picture: Raster,
  outline: Contour,
  normals: Float64Array,
  k: number,
  offset: number,
  depth: number,
): number {
  let [r, g, b] = [0, 0, 0];
  for (const part of PARTS) {
    for (const side of SIDES) {
      const out = offset - side * part * depth;
      const x = Math.round(at(outline, k, 0) + out * (normals[k * 2] as number) - 0.5);
      const y = Math.round(at(outline, k, 1) + out * (normals[k * 2 + 1] as number) - 0.5);
      if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return 0;
      const i = (y * picture.width + x) * 3;
      r += side * (picture.data[i] as number);
      g += side * (picture.data[i + 1] as number);
      b += side * (picture.data[i + 2] as number);
    }
  }
  return Math.hypot(r, g, b) / PARTS.length;
}

/** Viterbi over the offsets, run twice round: the half in the middle has a settled past and a settled future. */
function bestClosedPath(strength: Float64Array, count: number, choices: number): Int32Array {
  const rounds = count * 2;
  const from = new Int8Array(rounds * choices);
  let scores = Float64Array.from(strength.subarray(0, choices));
  for (let k = 1; k < rounds; k++) {
    const next = new Float64Array(choices);
    for (let o = 0; o < choices; o++) {
      let best = o;
      let value = scores[o] as number;
      for (const other of [o - 1, o + 1]) {
        // A jog costs something, so that noise draws no zigzag.
        if (other < 0 || other >= choices || (scores[other] as number) - JOG <= value) continue;
        best = other;
        value = (scores[other] as number) - JOG;
      }
      from[k * choices + o] = best;
      next[o] = value + (strength[(k % count) * choices + o] as number);
    }
    scores = next;
  }
  const path = new Int32Array(count);
  let o = scores.indexOf(Math.max(...scores));
  for (let k = rounds - 1; k >= count / 2; k--) {
    if (k < count * 1.5) path[k % count] = o;
    o = from[k * choices + o] as number;
  }
  return path;
}

/** Area inside, pixels². */
export function areaOf(outline: Contour): number {
  const count = outline.length / 2;
  let twice = 0;
  for (let k = 0; k < count; k++) {
    const next = (k + 1) % count;
    twice += at(outline, k, 0) * at(outline, next, 1) - at(outline, next, 0) * at(outline, k, 1);
  }
  return Math.abs(twice) / 2;
}

export const pathOf = (outline: Contour): string =>
  Array.from(
    { length: outline.length / 2 },
    (_, k) => `${k === 0 ? 'M' : 'L'}${at(outline, k, 0).toFixed(2)} ${at(outline, k, 1).toFixed(2)}`,
  ).join('') + 'Z';

import type { Raster } from '../picture.js';
import type { EdgeField } from './edge-field.js';
import { type Oval, pointOf, upright } from './oval.js';
import { edgeAt, SAMPLES } from './rim-search.js';

/** The side of a bowl that is seen under its rim: how far it and the middle of its arc lie below, in short radii. */
export interface Body {
  depth: number;
  shift: number;
}

/** Share of the lower arc that must have an edge along it. */
const LEAST_SUPPORT = 0.62;
const SHIFTS = [0, 0.15, 0.3];
/** Nearer to the rim than this it is the rim's own thickness, in short radii. */
const LEAST_DEPTH = 1.07;
const DEEPEST = 2.3;
/** A shadow is the ground at less light: within this (RGB distance), it may be one; beyond that, it is surely none. */
const SHADOW = 14;
const NO_SHADOW = 26;
/** Seen so flat, a bowl shows its side; so dark (0..255) nothing is told apart; so far from it, the rim is no dark one. */
const SEEN_FROM_THE_SIDE = 0.8;
const BLACK = 40;
const UNLIKE_BLACK = 124;
/** Ends of the arc that is looked at, in radians from the right on clockwise. */
const [FROM, TO] = [0.14 * Math.PI, 0.86 * Math.PI];

/**
 * What hangs below a rim. A bowl that is seen from the side has a second edge under the first; so has a plate that
 * throws a shadow, which is told by its colour.
 */
export function findBody(field: EdgeField, rim: Oval, picture: Raster): Body | 'none' | 'unsure' {
  const oval = upright(rim);
  const scale = picture.width / field.width;
  const own = colourAlong(picture, oval, scale, 0.985, 0) ?? [0, 0, 0];
  let known: Body = { depth: 1, shift: 0 };
  for (const body of arcsBelow(field, oval)) {
    const between = colourAlong(picture, oval, scale, (known.depth + body.depth) / 2, (known.shift + body.shift) / 2);
    const ground = colourAlong(picture, oval, scale, body.depth + 0.07, body.shift);
    if (!between || !ground) return 'unsure';
    const light =
      between.reduce((sum, value, c) => sum + value * (ground[c] as number), 0) /
      ground.reduce((sum, value) => sum + value * value, 1);
    const off = Math.hypot(...between.map((value, c) => value - Math.min(1, light) * (ground[c] as number)));
    // A dark bowl's side in its own shadow.
    if (off < SHADOW && distance(between, own) > NO_SHADOW) break;
    if (off < NO_SHADOW) return 'unsure';
    known = body;
  }
  // A dark bowl's side cannot be told from a dark shadow.
  const below = colourAlong(picture, oval, scale, known.depth + 0.06, known.shift);
  if (below && oval.b < SEEN_FROM_THE_SIDE * oval.a && mean(below) < BLACK && distance(own, below) < UNLIKE_BLACK)
    return 'unsure';
  return known.depth === 1 ? 'none' : known;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const distance = (one: number[], other: number[]): number =>
  Math.hypot(...one.map((value, c) => value - (other[c] as number)));

export const lowered = ({ cx, cy, a, b, turn }: Oval, { depth, shift }: Body): Oval => ({
  cx: cx - Math.sin(turn) * shift * b,
  cy: cy + Math.cos(turn) * shift * b,
  a,
  b: b * (depth - shift),
  turn,
});

/** Depths at which the lower arc has an edge along most of it, from the rim downwards. */
function arcsBelow(field: EdgeField, oval: Oval): Body[] {
  const tried: (Body & { support: number })[] = [];
  for (let depth = 1; depth <= DEEPEST; depth += 0.02) {
    const options = SHIFTS.map((shift) => ({
      depth,
      shift,
      support: supportBelow(field, lowered(oval, { depth, shift })),
    }));
    tried.push(options.reduce((best, one) => (one.support > best.support ? one : best)));
  }
  return tried.filter(
    ({ depth, support }, i) =>
      depth >= LEAST_DEPTH &&
      support >= LEAST_SUPPORT &&
      support >= (tried[i - 1]?.support ?? 0) &&
      support > (tried[i + 1]?.support ?? 0),
  );
}

function supportBelow(field: EdgeField, oval: Oval): number {
  let [supported, all] = [0, 0];
  for (let s = 0; s < SAMPLES; s++) {
    const angle = ((s + 0.5) / SAMPLES) * 2 * Math.PI;
    if (angle < FROM || angle > TO) continue;
    all++;
    if (edgeAt(field, oval, s) >= 0.5) supported++;
  }
  return supported / all;
}

/** Mean RGB on a line below the rim; null where the picture ends. */
function colourAlong(picture: Raster, oval: Oval, scale: number, depth: number, shift: number): number[] | null {
  const line = lowered(oval, { depth, shift });
  const sum = [0, 0, 0];
  let [count, all] = [0, 0];
  for (let angle = 0.22 * Math.PI; angle < 0.78 * Math.PI; angle += 0.01) {
    all++;
    const point = pointOf(line, angle);
    const [x, y] = [Math.floor(point.x * scale), Math.floor(point.y * scale)];
    if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (picture.data[(y * picture.width + x) * 3 + c] as number);
  }
  return count < all / 2 ? null : sum.map((value) => value / count);
}

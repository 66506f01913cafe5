import type { Raster } from '../picture.js';
import { type EdgeField, edgeFields } from './edge-field.js';
import { type Oval, scaledOval } from './oval.js';

/** An oval and what speaks for it. */
export interface FoundRim extends Oval {
  /** Share of the whole oval under which the picture has an edge that runs along it, 0..1. */
  support: number;
  /** Share of the oval that lies inside of the picture. */
  framed: number;
}

export const SAMPLES = 72;
/** Gradient (Lab a pixel) that counts as a whole edge, and the share of it that must run across the oval. */
const FULL_EDGE = 3;
const ACROSS = 0.55;
/** Halved three times: on the coarsest an oval some pixels off still feels its edge. */
const LEVELS = 4;
/** Ovals followed up: of each size on the coarsest level, then altogether on each level, coarsest first. */
const KEPT_OF_A_SIZE = 8;
const KEPT = [40, 32, 24, 20];
/** What lies outside of the picture speaks neither for nor against an oval: as much as a random one has. */
const OUTSIDE = -1;
const NEUTRAL = 0.3;
const RATIOS = [1, 0.86, 0.72, 0.6, 0.48, 0.36];

const DIRECTIONS = Array.from({ length: SAMPLES }, (_, s) => {
  const angle = ((s + 0.5) / SAMPLES) * 2 * Math.PI;
  return { cos: Math.cos(angle), sin: Math.sin(angle) };
});

/**
 * The ovals along which the picture has an edge, best supported first, in pixels of the raster. Plates, bowls and pans
 * are among them whatever stands on them; so is much that is none.
 */
export function searchRims(raster: Raster): { rims: FoundRim[]; fields: EdgeField[] } {
  const fields = edgeFields(raster, LEVELS);
  const coarse = fields.at(-1) as EdgeField;
  let found = seeds(coarse);
  for (let level = LEVELS - 1; level >= 0; level--) {
    const field = fields[level] as EdgeField;
    if (level < LEVELS - 1) found = found.map(({ oval, score }) => ({ oval: scaledOval(oval, 2), score }));
    found = distinct(
      found.map(({ oval }) => climb(field, oval)),
      KEPT[LEVELS - 1 - level] as number,
      0.08,
    );
  }
  const finest = fields[0] as EdgeField;
  const rims = found.map(({ oval }) => ({ ...oval, ...supportOf(finest, oval) }));
  return { rims: rims.sort((x, y) => y.support - x.support), fields };
}

interface Scored {
  oval: Oval;
  score: number;
}

/** Every size and shape at every place, the best of them that are not all the same. */
function seeds(field: EdgeField): Scored[] {
  const { width, height } = field;
  const kept: Scored[] = [];
  const long = Math.max(width, height);
  for (let a = long * 0.16; a < long * 0.7; a *= 1.1) {
    const tried: Scored[] = [];
    for (const ratio of RATIOS) {
      const b = a * ratio;
      if (b > height * 0.7 || b < long * 0.1 || a > width * 0.7) continue;
      for (let cy = height * 0.26; cy <= height * 0.76; cy += Math.max(1.5, b * 0.12)) {
        for (let cx = width * 0.26; cx <= width * 0.76; cx += Math.max(1.5, a * 0.12)) {
          const oval = { cx, cy, a, b, turn: 0 };
          tried.push({ oval, score: scoreOf(field, oval, 2) });
        }
      }
    }
    // A large plate on a pale table is fainter than what lies on it.
    kept.push(...distinct(tried, KEPT_OF_A_SIZE, 0.12));
  }
  return kept;
}

/** The best first, none within `apart` (share of its size) of a better one. */
function distinct(found: Scored[], count: number, apart: number): Scored[] {
  const kept: Scored[] = [];
  for (const one of [...found].sort((x, y) => y.score - x.score)) {
    const near = kept.some(
      ({ oval }) =>
        Math.max(
          Math.abs(oval.cx - one.oval.cx),
          Math.abs(oval.cy - one.oval.cy),
          Math.abs(oval.a - one.oval.a),
          Math.abs(oval.b - one.oval.b),
        ) <
        apart * one.oval.a,
    );
    if (near) continue;
    kept.push(one);
    if (kept.length === count) break;
  }
  return kept;
}

/** Moves and reshapes the oval by ever smaller steps as long as its score rises. */
export function climb(field: EdgeField, start: Oval, fullEdge = FULL_EDGE): Scored {
  let best = { oval: start, score: scoreOf(field, start, 1, fullEdge) };
  for (let step = 2; step >= 0.5; step /= 2) {
    for (let round = 0; round < 8; round++) {
      const before = best.score;
      for (const sign of [1, -1]) {
        const by = sign * step;
        const { oval } = best;
        const moved: Oval[] = [
          { ...oval, cx: oval.cx + by },
          { ...oval, cy: oval.cy + by },
          { ...oval, a: oval.a + by },
          { ...oval, b: oval.b + by },
          { ...oval, turn: oval.turn + (by * 1.5) / oval.a },
          { ...oval, a: oval.a + by, cx: oval.cx + by },
          { ...oval, a: oval.a + by, cx: oval.cx - by },
          { ...oval, b: oval.b + by, cy: oval.cy + by },
          { ...oval, b: oval.b + by, cy: oval.cy - by },
          { ...oval, a: oval.a + by, b: oval.b + by },
        ].filter(({ a, b }) => Math.min(a, b) >= 6);
        for (const next of moved) {
          const score = scoreOf(field, next, 1, fullEdge);
          if (score > best.score) best = { oval: next, score };
        }
      }
      if (best.score <= before) break;
    }
  }
  return best;
}

/** Mean strength of the edges that run along the oval, 0..1; what lies outside of the picture counts for nothing. */
function scoreOf(field: EdgeField, oval: Oval, every = 1, fullEdge = FULL_EDGE): number {
  let sum = 0;
  for (let s = 0; s < SAMPLES; s += every) {
    const edge = edgeAt(field, oval, s, fullEdge);
    sum += edge === OUTSIDE ? NEUTRAL : edge;
  }
  return (sum * every) / SAMPLES;
}

export function supportOf(field: EdgeField, oval: Oval, fullEdge = FULL_EDGE): { support: number; framed: number } {
  let [supported, framed] = [0, 0];
  for (let s = 0; s < SAMPLES; s++) {
    const edge = edgeAt(field, oval, s, fullEdge);
    if (edge >= 0) framed++;
    if (edge >= 0.5) supported++;
  }
  return { support: supported / SAMPLES, framed: framed / SAMPLES };
}

/** 0..1 under the oval's sample; OUTSIDE where the picture ends. */
export function edgeAt(field: EdgeField, { cx, cy, a, b, turn }: Oval, sample: number, fullEdge = FULL_EDGE): number {
  const { cos, sin } = DIRECTIONS[sample] as { cos: number; sin: number };
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const x = Math.floor(cx + a * cos * c - b * sin * s);
  const y = Math.floor(cy + a * cos * s + b * sin * c);
  if (x < 0 || y < 0 || x >= field.width || y >= field.height) return OUTSIDE;
  // The normal of an ellipse, not its radius.
  let nx = (cos / a) * c - (sin / b) * s;
  let ny = (cos / a) * s + (sin / b) * c;
  const length = Math.sqrt(nx * nx + ny * ny);
  nx /= length;
  ny /= length;
  const i = y * field.width + x;
  const [xx, xy, yy] = [field.xx[i] as number, field.xy[i] as number, field.yy[i] as number];
  const across = nx * nx * xx + 2 * nx * ny * xy + ny * ny * yy;
  const all = xx + yy;
  if (all <= 0) return 0;
  const share = across / all;
  const aligned = share <= ACROSS ? 0 : (share - ACROSS) / (1 - ACROSS);
  return Math.min(1, Math.sqrt(across) / fullEdge) * Math.min(1, aligned * 1.6);
}

import type { Raster } from '../picture.js';
import { areaOf, type Contour, edgeSteps, smoothSeries } from './contour.js';
import { type Cv, withNative } from './opencv.js';

/** A plate's rim: an ellipse that may be turned. */
export interface Rim {
  cx: number;
  cy: number;
  /** Semi-axes in pixels and the turn of the first in radians. */
  a: number;
  b: number;
  turn: number;
  /** Share of the outline that lies on it, 0..1. */
  fit: number;
}

/** An outline point this close to the ellipse (share of the radius) lies on the rim. */
const ON_RIM = 0.022;
/** From this share of the outline on, the dish is a round plate or bowl, whatever stands on it. */
const LEAST_FIT = 0.7;
/** What stands out less than this over the rim is a shadow or a neighbour, not a handle or food. */
const LEAST_HANDLE = 0.05;
/** Further out than this it is a handle, a cup or food in any case. */
const SURE_HANDLE = 0.2;
/** What stands out over less of the outline than this is cutlery. */
const NARROW = 0.09;
/** Deeper bites than this are no mistakes of the outline: the shape is another one there. */
const DEEPEST_BITE = 0.45;
/** Arcs of the outline that ellipses are tried through: how much of it, and from how many places. */
const SPANS = [0.3, 0.45, 0.6, 1];
const STARTS = 24;

/**
 * The ellipse most of the outline lies on, found through arcs of it, so that a cup on its saucer or food over the rim
 * does not bend it. Null when there is none.
 */
export function fitPlateRim(cv: Cv, outline: Contour): Rim | null {
  const count = outline.length / 2;
  if (areaOf(outline) === 0) return null;
  let best: Rim | null = null;
  for (const span of SPANS) {
    for (let start = 0; start < (span === 1 ? 1 : STARTS); start++) {
      const from = Math.round((start / STARTS) * count);
      const arc = Array.from({ length: Math.round((count * span) / 3) }, (_, i) => (from + i * 3) % count);
      const rim = ellipseThrough(cv, outline, arc);
      if (rim.fit > (best?.fit ?? 0)) best = rim;
    }
  }
  for (let round = 0; round < 3 && best && best.fit > 0.3; round++) {
    const known: Rim = best;
    const near = Array.from({ length: count }, (_, k) => k).filter(
      (k) => Math.abs(overRim(known, outline, k)) < ON_RIM,
    );
    const refined = ellipseThrough(cv, outline, near);
    if (refined.fit < known.fit) break;
    best = refined;
  }
  return best && best.fit >= LEAST_FIT ? best : null;
}

function ellipseThrough(cv: Cv, outline: Contour, points: number[]): Rim {
  const fitted = withNative((keep) => {
    const flat = points.flatMap((k) => [outline[k * 2] as number, outline[k * 2 + 1] as number]);
    return cv.fitEllipse(keep(cv.matFromArray(points.length, 1, cv.CV_32FC2, flat)));
  });
  const { center, size, angle } = fitted;
  const rim = {
    cx: center.x,
    cy: center.y,
    a: size.width / 2,
    b: size.height / 2,
    turn: (angle * Math.PI) / 180,
    fit: 0,
  };
  if (!(rim.a > 1 && rim.b > 1)) return rim;
  const count = outline.length / 2;
  let near = 0;
  for (let k = 0; k < count; k++) if (Math.abs(overRim(rim, outline, k)) < ON_RIM) near++;
  return { ...rim, fit: near / count };
}

/** 0 on the rim, less inside, more outside; in shares of the radius. */
function overRim({ cx, cy, a, b, turn }: Rim, outline: Contour, k: number): number {
  const dx = (outline[k * 2] as number) - cx;
  const dy = (outline[k * 2 + 1] as number) - cy;
  const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) / a;
  const v = (-dx * Math.sin(turn) + dy * Math.cos(turn)) / b;
  return Math.hypot(u, v) - 1;
}

/**
 * The outline laid onto the rim where it follows it or was bitten into, and where it strayed outwards although the
 * picture has an edge on the rim (a shadow, a patch of table); what really stands out stays. A smooth edge is what the
 * eye expects of china.
 */
export function layOnRim(picture: Raster, outline: Contour, rim: Rim): Contour {
  const count = outline.length / 2;
  const over = Float64Array.from({ length: count }, (_, k) => overRim(rim, outline, k));
  const onRim = outline.map((value, i) => {
    const centre = i % 2 === 0 ? rim.cx : rim.cy;
    return centre + (value - centre) / (1 + (over[i >> 1] as number));
  });
  const own = edgeSteps(picture, outline);
  const rims = edgeSteps(picture, onRim);
  // One point may miss its edge by chance; a stretch of them decides.
  const gains = smoothSeries(
    Float64Array.from(
      { length: count },
      (_, k) => Math.min(60, rims[k] as number) - 0.75 * Math.min(60, own[k] as number),
    ),
    8,
  );
  const stays = standingOut(over, gains);
  const pulls = smoothSeries(
    Float64Array.from({ length: count }, (_, k) => {
      // Bites are filled: a reflex or a spoon that was taken for table.
      return stays.has(k) || (over[k] as number) < -DEEPEST_BITE ? 0 : 1;
    }),
    4,
  );
  return outline.map((value, i) => {
    const pull = pulls[i >> 1] as number;
    return (onRim[i] as number) * pull + value * (1 - pull);
  });
}

/**
 * Points of the stretches that stand out over the rim and stay: what is far out (a handle, a cup), and what is not quite
 * so far but broad and with no edge of the rim under it. Whole stretches, down to the rim itself, or their feet would be nicked.
 */
function standingOut(over: Float64Array, gains: Float64Array): Set<number> {
  const count = over.length;
  const at = (k: number): number => over[((k % count) + count) % count] as number;
  const stays = new Set<number>();
  for (let start = 0; start < count; start++) {
    if (at(start) <= ON_RIM || at(start - 1) > ON_RIM) continue;
    let end = start;
    while (end - start < count && at(end) > ON_RIM) end++;
    const stretch = Array.from({ length: end - start }, (_, i) => (start + i) % count);
    const furthest = Math.max(...stretch.map(at));
    const gain = stretch.reduce((sum, k) => sum + (gains[k] as number), 0);
    const isNarrow = stretch.length < count * NARROW;
    if (furthest < LEAST_HANDLE || (furthest < SURE_HANDLE && (gain > 0 || isNarrow))) continue;
    for (const k of stretch) stays.add(k);
    for (let k = start - 1; at(k) > 0 && start - k < count; k--) stays.add(((k % count) + count) % count);
    for (let k = end; at(k) > 0 && k - end < count; k++) stays.add(k % count);
  }
  return stays;
}

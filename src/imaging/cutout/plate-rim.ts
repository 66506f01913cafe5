import { areaOf, type Contour } from './contour.js';
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
/** From this share of the outline on, the dish is a round plate or bowl. */
const LEAST_FIT = 0.62;

/** The ellipse most of the outline lies on; food that stands over the rim does not bend it. Null when there is none. */
export function fitPlateRim(cv: Cv, outline: Contour): Rim | null {
  const count = outline.length / 2;
  let kept = Array.from({ length: count }, (_, k) => k);
  let rim: Rim | null = null;
  for (let round = 0; round < 4; round++) {
    const next = ellipseThrough(cv, outline, kept);
    if (!next) return null;
    rim = next;
    const tolerance = round === 0 ? ON_RIM * 3 : ON_RIM * (round === 1 ? 1.6 : 1);
    const near = Array.from({ length: count }, (_, k) => k).filter(
      (k) => Math.abs(radiusOn(rim as Rim, outline, k) - 1) < tolerance,
    );
    rim.fit = near.length / count;
    if (near.length < count * 0.4) return null;
    kept = near;
  }
  return rim && rim.fit >= LEAST_FIT ? rim : null;
}

function ellipseThrough(cv: Cv, outline: Contour, points: number[]): Rim | null {
  if (points.length < 20 || areaOf(outline) === 0) return null;
  return withNative((keep) => {
    const flat = points.flatMap((k) => [outline[k * 2] as number, outline[k * 2 + 1] as number]);
    const mat = keep(cv.matFromArray(points.length, 1, cv.CV_32FC2, flat));
    const { center, size, angle } = cv.fitEllipse(mat);
    return { cx: center.x, cy: center.y, a: size.width / 2, b: size.height / 2, turn: (angle * Math.PI) / 180, fit: 0 };
  });
}

/** 1 on the rim, less inside, more outside. */
function radiusOn({ cx, cy, a, b, turn }: Rim, outline: Contour, k: number): number {
  const dx = (outline[k * 2] as number) - cx;
  const dy = (outline[k * 2 + 1] as number) - cy;
  const u = (dx * Math.cos(turn) + dy * Math.sin(turn)) / a;
  const v = (-dx * Math.sin(turn) + dy * Math.cos(turn)) / b;
  return Math.hypot(u, v);
}

/**
 * The outline laid onto the rim where it follows it, and where it was bitten into (a reflex, a shadow); what stands
 * out over the rim stays. A perfectly smooth edge is what the eye expects of china.
 */
export function layOnRim(outline: Contour, rim: Rim): Contour {
  const count = outline.length / 2;
  const pulls = Float64Array.from({ length: count }, (_, k) => {
    const over = radiusOn(rim, outline, k) - 1;
    return over < ON_RIM ? 1 : Math.max(0, 1 - (over - ON_RIM) / ON_RIM);
  });
  return outline.map((value, i) => {
    const k = i >> 1;
    const radius = radiusOn(rim, outline, k);
    const centre = i % 2 === 0 ? rim.cx : rim.cy;
    const onRim = centre + (value - centre) / radius;
    const pull = pulls[k] as number;
    return onRim * pull + value * (1 - pull);
  });
}

import { type Contour, POINTS, spread } from './contour.js';

/** An ellipse that may be turned: semi-axes in pixels, turn of the first in radians. */
export interface Oval {
  cx: number;
  cy: number;
  a: number;
  b: number;
  turn: number;
}

export const ovalArea = ({ a, b }: Oval): number => Math.PI * a * b;

export const scaledOval = ({ cx, cy, a, b, turn }: Oval, factor: number): Oval => ({
  cx: cx * factor,
  cy: cy * factor,
  a: a * factor,
  b: b * factor,
  turn,
});

/** Distance from the oval's centre in shares of its radius there: 1 on it. */
export function radiusAt({ cx, cy, a, b, turn }: Oval, x: number, y: number): number {
  const [dx, dy] = [x - cx, y - cy];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return Math.hypot((dx * cos + dy * sin) / a, (-dx * sin + dy * cos) / b);
}

/** The point at an angle (radians, clockwise from its first axis) and a distance in radii. */
export function pointOf({ cx, cy, a, b, turn }: Oval, angle: number, radii = 1): { x: number; y: number } {
  const [along, across] = [radii * a * Math.cos(angle), radii * b * Math.sin(angle)];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return { x: cx + along * cos - across * sin, y: cy + along * sin + across * cos };
}

export const contourOf = (oval: Oval): Contour => contourOfHalves(oval, oval);

/** The lower half of one oval and the upper half of another with the same first axis. */
export function contourOfHalves(lower: Oval, upper: Oval): Contour {
  const points = new Float64Array(POINTS * 2);
  for (let k = 0; k < POINTS; k++) {
    const angle = (k / POINTS) * 2 * Math.PI;
    const { x, y } = pointOf(angle < Math.PI ? lower : upper, angle);
    points[k * 2] = x;
    points[k * 2 + 1] = y;
  }
  return spread(points, POINTS);
}

/** The same oval with its first axis the one that lies flatter. */
export function upright({ cx, cy, a, b, turn }: Oval): Oval {
  let [flat, steep, angle] = [a, b, turn];
  while (Math.abs(angle) > Math.PI / 4) {
    angle -= (Math.sign(angle) * Math.PI) / 2;
    [flat, steep] = [steep, flat];
  }
  return { cx, cy, a: flat, b: steep, turn: angle };
}

import type { Random } from '../random.js';

/** Pieces of food as SVG, each with its own shadow and light, drawn on a 1200 x 1200 table. Light falls from the upper left. */
export const TABLE = 1200;
export const MIDDLE = TABLE / 2;

export interface Point {
  x: number;
  y: number;
}

export const at = (angle: number, radius: number, centre: Point = { x: MIDDLE, y: MIDDLE }): Point => ({
  x: centre.x + radius * Math.cos(angle),
  y: centre.y + radius * Math.sin(angle),
});

const n = (value: number): string => value.toFixed(1);

/** A point inside a ring sector, spread evenly over its area. */
export function inSector(random: Random, from: number, to: number, inner: number, outer: number): Point {
  const radius = Math.sqrt(random.between(inner * inner, outer * outer));
  return at(random.between(from, to), radius);
}

/** A soft, bent strand (sprout, noodle, leaf stem): dark underside, body, thin light along its back. */
export function strand(
  random: Random,
  p: Point,
  length: number,
  width: number,
  body: string,
  under: string,
  shine: string,
  turn?: number,
): string {
  const angle = turn ?? random.between(0, Math.PI * 2);
  const half = length / 2;
  const bend = random.between(-0.45, 0.45) * length;
  const a = at(angle, -half, p);
  const b = at(angle, half, p);
  const c = at(angle + Math.PI / 2, bend, p);
  const path = (dx: number, dy: number): string =>
    `M${n(a.x + dx)} ${n(a.y + dy)}Q${n(c.x + dx)} ${n(c.y + dy)} ${n(b.x + dx)} ${n(b.y + dy)}`;
  return (
    `<g fill="none" stroke-linecap="round"><path d="${path(width * 0.25, width * 0.45)}" stroke="#120803" stroke-opacity="0.35" stroke-width="${n(width * 1.15)}"/>` +
    `<path d="${path(0, 0)}" stroke="${under}" stroke-width="${n(width)}"/>` +
    `<path d="${path(-width * 0.1, -width * 0.14)}" stroke="${body}" stroke-width="${n(width * 0.66)}"/>` +
    `<path d="${path(-width * 0.16, -width * 0.24)}" stroke="${shine}" stroke-opacity="0.6" stroke-width="${n(width * 0.16)}"/></g>`
  );
}

/** A lumpy piece (meat, kimchi, mushroom) with a shaded edge and a glint. */
export function chunk(
  random: Random,
  p: Point,
  radius: number,
  body: string,
  under: string,
  shine: string,
  stretch = 0.7,
): string {
  const turn = random.between(0, Math.PI * 2);
  const corners = 9;
  const outline = Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * Math.PI * 2;
    const r = radius * random.between(0.78, 1.12);
    const x = Math.cos(angle) * r;
    const y = Math.sin(angle) * r * stretch;
    return { x: p.x + x * Math.cos(turn) - y * Math.sin(turn), y: p.y + x * Math.sin(turn) + y * Math.cos(turn) };
  });
  const blob = (dx: number, dy: number, scale: number): string =>
    smoothLoop(outline.map((q) => ({ x: p.x + (q.x - p.x) * scale + dx, y: p.y + (q.y - p.y) * scale + dy })));
  return (
    `<path d="${blob(radius * 0.1, radius * 0.2, 1.05)}" fill="#120602" fill-opacity="0.4"/>` +
    `<path d="${blob(0, 0, 1)}" fill="${under}"/>` +
    `<path d="${blob(-radius * 0.06, -radius * 0.09, 0.84)}" fill="${body}"/>` +
    `<path d="${blob(-radius * 0.22, -radius * 0.26, 0.36)}" fill="${shine}" fill-opacity="0.5"/>`
  );
}

/** A closed curve through the middles of the given corners. */
export function smoothLoop(points: Point[]): string {
  const middle = (a: Point, b: Point): string => `${n((a.x + b.x) / 2)} ${n((a.y + b.y) / 2)}`;
  const start = middle(points.at(-1) as Point, points[0] as Point);
  return `M${start}${points.map((p, i) => `Q${n(p.x)} ${n(p.y)} ${middle(p, points[(i + 1) % points.length] as Point)}`).join('')}Z`;
}

/** A ring of spring onion seen from above. */
export function onionRing(random: Random, p: Point, radius: number): string {
  const turn = n(random.between(0, 180));
  const flat = random.between(0.62, 0.95);
  const ellipse = (r: number, paint: string, dy = 0): string =>
    `<ellipse cy="${n(dy)}" rx="${n(r)}" ry="${n(r * flat)}" ${paint}/>`;
  const w = radius * 0.34;
  return (
    `<g transform="translate(${n(p.x)} ${n(p.y)}) rotate(${turn})">` +
    ellipse(radius, `fill="none" stroke="#0a1403" stroke-opacity="0.4" stroke-width="${n(w * 1.2)}"`, radius * 0.2) +
    ellipse(radius, `fill="#dff0b4" fill-opacity="0.35" stroke="#3f8a2c" stroke-width="${n(w)}"`) +
    ellipse(radius * 0.94, `fill="none" stroke="#9fd36a" stroke-width="${n(w * 0.42)}"`, -radius * 0.05) +
    ellipse(radius * 0.5, `fill="none" stroke="#c9e59a" stroke-width="${n(w * 0.4)}"`) +
    '</g>'
  );
}

export function sesame(random: Random, p: Point): string {
  const turn = n(random.between(0, 180));
  return (
    `<g transform="translate(${n(p.x)} ${n(p.y)}) rotate(${turn})"><ellipse cx="1" cy="2" rx="7" ry="4" fill="#1a0a02" fill-opacity="0.45"/>` +
    `<ellipse rx="6.6" ry="3.9" fill="#f3dfae"/><ellipse cx="-1.6" cy="-1" rx="3" ry="1.5" fill="#fff8e2"/></g>`
  );
}

/** A radial gradient definition lit from the upper left. */
export const glow = (
  id: string,
  stops: [offset: number, colour: string, opacity?: number][],
  cx = 0.4,
  cy = 0.36,
  r = 0.68,
): string =>
  `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stops
    .map(
      ([offset, colour, opacity]) =>
        `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`,
    )
    .join('')}</radialGradient>`;

export const blurDef = (id: string, deviation: number): string =>
  `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;

export const disc = (radius: number, paint: string, dx = 0, dy = 0): string =>
  `<circle cx="${MIDDLE + dx}" cy="${MIDDLE + dy}" r="${radius}" ${paint}/>`;

export const times = (count: number, draw: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => draw(i)).join('');

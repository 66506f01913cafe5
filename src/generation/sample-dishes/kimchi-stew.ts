import type { Random } from '../random.js';
import { at, blurDef, chunk, disc, glow, inSector, onionRing, type Point, strand, times } from './strokes.js';

/** Kimchi stew bubbling in a brown earthenware pot: tofu, pork, kimchi, spring onion. */
export function drawKimchiStew(random: Random): string {
  const tofuPlaces = [0.5, 1.75, 3.0, 4.15, 5.3].map((angle) =>
    at(angle + random.between(-0.15, 0.15), random.between(120, 195)),
  );
  return (
    `<defs>${glow('clay', [
      [0, '#6b4630'],
      [0.55, '#3b2216'],
      [1, '#170b06'],
    ])}${glow(
      'broth',
      [
        [0, '#f0601f'],
        [0.55, '#c9310d'],
        [1, '#7d1404'],
      ],
      0.42,
      0.4,
      0.66,
    )}` +
    `${glow('tofu', [
      [0, '#fffdf2'],
      [0.7, '#f6e7c4'],
      [1, '#d8b884'],
    ])}${blurDef('soft', 26)}${blurDef('tiny', 5)}</defs>` +
    disc(442, 'fill="#0a0502" fill-opacity="0.62" filter="url(#soft)"', 22, 42) +
    disc(432, 'fill="url(#clay)"') +
    disc(420, 'fill="none" stroke="#c79a74" stroke-opacity="0.45" stroke-width="6"', -4, -5) +
    disc(376, 'fill="none" stroke="#0c0502" stroke-opacity="0.7" stroke-width="16"') +
    disc(370, 'fill="url(#broth)"') +
    // Foam and oil gather at the rim.
    times(190, () =>
      bubble(random, at(random.between(0, Math.PI * 2), random.between(318, 362)), random.between(4, 12)),
    ) +
    times(105, () => kimchi(random, inSector(random, 0, Math.PI * 2, 20, 300))) +
    times(20, () => pork(random, inSector(random, 0, Math.PI * 2, 40, 285))) +
    tofuPlaces.map((p) => tofu(random, p)).join('') +
    times(9, () => kimchi(random, inSector(random, 0, Math.PI * 2, 0, 90))) +
    times(42, () => onionRing(random, inSector(random, 0, Math.PI * 2, 0, 290), random.between(14, 23))) +
    times(9, () => chilli(random, inSector(random, 0, Math.PI * 2, 40, 270))) +
    times(90, () => bubble(random, inSector(random, 0, Math.PI * 2, 180, 345), random.between(3, 9))) +
    disc(
      340,
      'fill="none" stroke="#ffd9a8" stroke-opacity="0.18" stroke-width="26" stroke-dasharray="300 1900" stroke-linecap="round" transform="rotate(205 600 600)" filter="url(#tiny)"',
    )
  );
}

function bubble(random: Random, p: Point, radius: number): string {
  const x = p.x.toFixed(1);
  const y = p.y.toFixed(1);
  const tone = random.next() < 0.5 ? '#ffb35c' : '#f58a35';
  return (
    `<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" fill="${tone}" fill-opacity="0.35" stroke="#ffcf8c" stroke-opacity="0.55" stroke-width="1.4"/>` +
    `<circle cx="${(p.x - radius * 0.35).toFixed(1)}" cy="${(p.y - radius * 0.35).toFixed(1)}" r="${(radius * 0.25).toFixed(1)}" fill="#fff" fill-opacity="0.8"/>`
  );
}

function kimchi(random: Random, p: Point): string {
  const stem = random.next() < 0.14;
  return stem
    ? strand(random, p, random.between(70, 110), random.between(26, 34), '#f3b98a', '#a8431c', '#fff0da')
    : chunk(random, p, random.between(36, 62), random.next() < 0.5 ? '#e2531f' : '#c9330f', '#7a1406', '#ffb48a', 0.6);
}

const pork = (random: Random, p: Point): string =>
  chunk(random, p, random.between(34, 46), '#d79a72', '#7d4327', '#ffe6cf', 0.66) +
  strand(random, { x: p.x, y: p.y - 6 }, 36, 7, '#f8dcc4', '#e2b594', '#ffffff');

function tofu(random: Random, p: Point): string {
  const turn = random.between(-35, 35).toFixed(1);
  return (
    `<g transform="translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) rotate(${turn})">` +
    `<rect x="-66" y="-44" width="144" height="112" rx="16" fill="#2a0802" fill-opacity="0.55" filter="url(#tiny)"/>` +
    `<rect x="-70" y="-40" width="140" height="96" rx="14" fill="#c9a46a"/>` +
    `<rect x="-70" y="-52" width="140" height="92" rx="13" fill="url(#tofu)"/>` +
    `<path d="M-56 -42H46" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-opacity="0.85"/>` +
    times(
      9,
      () =>
        `<circle cx="${random.between(-58, 58).toFixed(1)}" cy="${random.between(-40, 30).toFixed(1)}" r="${random.between(1.5, 4).toFixed(1)}" fill="#d9602a" fill-opacity="0.5"/>`,
    ) +
    '</g>'
  );
}

function chilli(random: Random, p: Point): string {
  const red = random.next() < 0.6;
  const turn = random.between(0, 180).toFixed(1);
  const [skin, flesh] = red ? ['#c4160c', '#f2644a'] : ['#2f7d22', '#a6d67c'];
  return (
    `<g transform="translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) rotate(${turn})"><ellipse cx="3" cy="6" rx="26" ry="18" fill="#200500" fill-opacity="0.5"/>` +
    `<ellipse rx="25" ry="17" fill="${skin}"/><ellipse rx="17" ry="10.5" fill="${flesh}"/>` +
    times(5, (i) => `<ellipse cx="${-9 + i * 4.5}" cy="${i % 2 === 0 ? -3 : 3}" rx="2.6" ry="1.7" fill="#fff3cf"/>`) +
    `<path d="M-16 -10Q0 -17 14 -11" fill="none" stroke="#fff" stroke-opacity="0.6" stroke-width="3" stroke-linecap="round"/></g>`
  );
}

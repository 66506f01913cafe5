import type { Random } from '../random.js';
import { at, blurDef, disc, glow, inSector, onionRing, type Point, sesame, strand, times } from './strokes.js';

/** Tteokbokki on a white plate: glossy rice cakes and fish cake in chilli sauce, two egg halves. */
export function drawTteokbokki(random: Random): string {
  return (
    `<defs>${glow('plate', [
      [0, '#ffffff'],
      [0.7, '#f3eee6'],
      [1, '#cfc5b6'],
    ])}${glow('well', [
      [0, '#f2ebe0'],
      [1, '#d9cebf'],
    ])}` +
    `${glow(
      'sauce',
      [
        [0, '#f4501e'],
        [0.6, '#cf2408'],
        [1, '#8f0f02'],
      ],
      0.42,
      0.4,
      0.66,
    )}${glow('eggwhite', [
      [0, '#fff'],
      [0.8, '#faf3e4'],
      [1, '#e0cfae'],
    ])}` +
    `${glow('yolk', [
      [0, '#ffe08a'],
      [0.6, '#f7b733'],
      [1, '#d98a14'],
    ])}${blurDef('soft', 24)}${blurDef('tiny', 5)}</defs>` +
    disc(468, 'fill="#0a0502" fill-opacity="0.5" filter="url(#soft)"', 20, 36) +
    disc(460, 'fill="url(#plate)"') +
    disc(452, 'fill="none" stroke="#fff" stroke-width="5"', -2, -3) +
    disc(372, 'fill="url(#well)"') +
    disc(372, 'fill="none" stroke="#b8aa96" stroke-opacity="0.5" stroke-width="4"', 2, 3) +
    `<path d="${puddle(random, 338)}" fill="#5a0a00" fill-opacity="0.35" transform="translate(5 9)" filter="url(#tiny)"/>` +
    `<path d="${puddle(random, 334)}" fill="url(#sauce)"/>` +
    times(13, () => fishCake(random, inSector(random, 0, Math.PI * 2, 60, 250))) +
    times(46, () => riceCake(random, inSector(random, 0, Math.PI * 2, 40, 262))) +
    times(7, () => fishCake(random, inSector(random, 0, Math.PI * 2, 40, 230))) +
    times(20, () => riceCake(random, inSector(random, 0, Math.PI * 2, 0, 200))) +
    eggHalf(at(-0.55, 168), -20) +
    eggHalf(at(2.5, 160), 24) +
    times(34, () => onionRing(random, inSector(random, 0, Math.PI * 2, 0, 270), random.between(13, 21))) +
    times(16, () =>
      strand(
        random,
        inSector(random, 0, Math.PI * 2, 30, 270),
        random.between(50, 80),
        9,
        '#5faa3a',
        '#2a6418',
        '#c8eb9c',
      ),
    ) +
    times(85, () => sesame(random, inSector(random, 0, Math.PI * 2, 0, 285)))
  );
}

function puddle(random: Random, radius: number): string {
  const points = Array.from({ length: 18 }, (_, i) => at((i * Math.PI) / 9, radius * random.between(0.93, 1.04)));
  const mid = (i: number): string => {
    const a = points[(i + 18) % 18] as Point;
    const b = points[(i + 1) % 18] as Point;
    return `${((a.x + b.x) / 2).toFixed(1)} ${((a.y + b.y) / 2).toFixed(1)}`;
  };
  return `M${mid(-1)}${points.map((p, i) => `Q${p.x.toFixed(1)} ${p.y.toFixed(1)} ${mid(i)}`).join('')}Z`;
}

/** A cylinder lying in sauce: shaded in bands across its width, with a wet glint along the top. */
function riceCake(random: Random, p: Point): string {
  const turn = random.between(0, 180).toFixed(1);
  const half = random.between(58, 82);
  const bar = (width: number, colour: string, dy: number, shrink = 0, opacity = 1): string =>
    `<path d="M${(-half + shrink).toFixed(1)} ${dy}H${(half - shrink).toFixed(1)}" stroke="${colour}" stroke-opacity="${opacity}" stroke-width="${width}"/>`;
  const warm = random.next() < 0.7;
  return (
    `<g transform="translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) rotate(${turn})" stroke-linecap="round" fill="none">` +
    bar(48, '#3d0500', 9, 0, 0.5) +
    bar(44, '#a81d04', 0) +
    bar(36, warm ? '#e8502a' : '#ee6a3c', -2) +
    bar(22, warm ? '#f7835a' : '#fba27a', -6, 3) +
    bar(9, '#ffc7a6', -10, 8, 0.85) +
    bar(4, '#fff6ec', -12, 22, 0.9) +
    '</g>'
  );
}

function fishCake(random: Random, p: Point): string {
  const turn = random.between(0, 360).toFixed(1);
  return (
    `<g transform="translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) rotate(${turn})" stroke-linejoin="round">` +
    `<path d="M-60 44L62 36L6 -62Z" fill="#3d0500" fill-opacity="0.5" stroke="#3d0500" stroke-opacity="0.5" stroke-width="14" transform="translate(5 9)"/>` +
    `<path d="M-60 44L62 36L6 -62Z" fill="#c9722c" stroke="#a8521a" stroke-width="14"/>` +
    `<path d="M-50 36L50 30L5 -48Z" fill="#e39a4e" stroke="#e39a4e" stroke-width="8"/>` +
    `<path d="M-34 26Q2 2 4 -34" fill="none" stroke="#ffdca8" stroke-opacity="0.75" stroke-width="6" stroke-linecap="round"/>` +
    times(
      6,
      () =>
        `<circle cx="${random.between(-26, 26).toFixed(1)}" cy="${random.between(-6, 28).toFixed(1)}" r="${random.between(2, 5).toFixed(1)}" fill="#a8481a" fill-opacity="0.5"/>`,
    ) +
    '</g>'
  );
}

const eggHalf = (p: Point, turn: number): string =>
  `<g transform="translate(${p.x.toFixed(1)} ${p.y.toFixed(1)}) rotate(${turn})"><ellipse cx="6" cy="14" rx="92" ry="72" fill="#2d0400" fill-opacity="0.55" filter="url(#tiny)"/>` +
  `<ellipse rx="90" ry="69" fill="url(#eggwhite)"/><circle cx="6" cy="2" r="43" fill="#b9862c" fill-opacity="0.5"/><circle cx="4" r="42" fill="url(#yolk)"/>` +
  `<ellipse cx="-44" cy="-34" rx="26" ry="10" fill="#fff" fill-opacity="0.9" transform="rotate(-30 -44 -34)"/>` +
  `<ellipse cx="-8" cy="-16" rx="13" ry="6" fill="#fff3c4" fill-opacity="0.9" transform="rotate(-28 -8 -16)"/></g>`;

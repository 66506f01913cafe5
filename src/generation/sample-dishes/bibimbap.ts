import type { Random } from '../random.js';
import { at, blurDef, chunk, disc, glow, inSector, MIDDLE, onionRing, sesame, strand, times } from './strokes.js';

/** Bibimbap from above: six vegetables around an egg, in a black stone pot. */
export function drawBibimbap(random: Random): string {
  const reach = 318;
  const sixth = Math.PI / 3;
  const sector = (i: number, draw: (p: { x: number; y: number }) => string, count: number): string =>
    times(count, () => draw(inSector(random, i * sixth - 0.55, (i + 1) * sixth - 0.5, 90, reach)));
  const spinach = (p: { x: number; y: number }): string =>
    strand(
      random,
      p,
      random.between(60, 110),
      random.between(15, 24),
      random.next() < 0.5 ? '#3c7a26' : '#2c641c',
      '#12330b',
      '#8fc46a',
    );
  const carrot =
    (i: number) =>
    (p: { x: number; y: number }): string =>
      strand(
        random,
        p,
        random.between(80, 120),
        15,
        '#f4852a',
        '#b34b0c',
        '#ffd39a',
        i * sixth + random.between(-0.4, 0.5),
      );
  const sprout = (p: { x: number; y: number }): string => {
    const turn = random.between(0, Math.PI * 2);
    const head = at(turn, 52, p);
    return (
      strand(random, p, 105, 12, '#f6efcf', '#bfae77', '#ffffff', turn) +
      chunk(random, head, 15, '#f2c64b', '#b3831a', '#fff2b8', 0.75)
    );
  };
  const beef = (p: { x: number; y: number }): string =>
    chunk(random, p, random.between(22, 36), '#7a4526', '#3c1d0d', '#d9a36f');
  const mushroom = (p: { x: number; y: number }): string =>
    strand(random, p, random.between(70, 100), random.between(18, 26), '#b98a5a', '#5f3d1f', '#ecd0a4');
  const cucumber = (p: { x: number; y: number }): string =>
    `<g>${chunk(random, p, 36, '#cfe6a2', '#4f8a2c', '#ffffff', 0.8)}</g>`;
  return (
    `<defs>${glow('stone', [
      [0, '#4a4743'],
      [0.6, '#24211f'],
      [1, '#0e0d0c'],
    ])}${glow('inner', [
      [0, '#1c1815'],
      [1, '#060504'],
    ])}` +
    `${glow('white', [
      [0, '#ffffff'],
      [0.7, '#fbf4e6'],
      [1, '#d9c9a8'],
    ])}${glow(
      'yolk',
      [
        [0, '#ffe27a'],
        [0.45, '#ffb21f'],
        [1, '#d9720a'],
      ],
      0.38,
      0.34,
      0.7,
    )}` +
    `${blurDef('soft', 26)}${blurDef('tiny', 4)}</defs>` +
    disc(452, 'fill="#0a0502" fill-opacity="0.6" filter="url(#soft)"', 22, 40) +
    // Two stone ears to carry the pot by.
    times(2, (i) => `<rect x="${i === 0 ? 110 : 1000}" y="535" width="90" height="130" rx="34" fill="url(#stone)"/>`) +
    disc(440, 'fill="url(#stone)"') +
    disc(430, 'fill="none" stroke="#8d8780" stroke-opacity="0.4" stroke-width="5"', -3, -4) +
    disc(388, 'fill="none" stroke="#000" stroke-opacity="0.55" stroke-width="12"') +
    disc(382, 'fill="url(#inner)"') +
    disc(350, 'fill="#e9dfc8"') +
    disc(350, 'fill="none" stroke="#2a1a0c" stroke-opacity="0.5" stroke-width="14" filter="url(#tiny)"') +
    times(620, () => {
      const p = inSector(random, 0, Math.PI * 2, 190, 346);
      return strand(random, p, 20, 10, '#fffaf0', '#d8ccb0', '#ffffff');
    }) +
    sector(0, beef, 56) +
    sector(1, sprout, 46) +
    sector(2, carrot(2), 56) +
    sector(3, mushroom, 46) +
    sector(4, spinach, 62) +
    sector(5, cucumber, 34) +
    // The egg in the middle.
    `<path d="${wobble(random, 150)}" fill="#0d0602" fill-opacity="0.45" transform="translate(6 16)" filter="url(#tiny)"/>` +
    `<path d="${wobble(random, 142)}" fill="url(#white)"/>` +
    `<ellipse cx="604" cy="612" rx="80" ry="76" fill="#b98a3c" fill-opacity="0.55" filter="url(#tiny)"/>` +
    disc(76, 'fill="url(#yolk)"') +
    `<ellipse cx="574" cy="566" rx="25" ry="14" fill="#fff" fill-opacity="0.82" transform="rotate(-32 574 566)" filter="url(#tiny)"/>` +
    times(5, () =>
      chunk(
        random,
        at(random.between(0.3, 1.2), random.between(128, 170)),
        random.between(20, 34),
        '#c8281a',
        '#6f0d06',
        '#ff9a7a',
        0.85,
      ),
    ) +
    times(7, () => onionRing(random, inSector(random, 0, Math.PI * 2, 130, 300), random.between(13, 18))) +
    times(60, () => sesame(random, inSector(random, 0, Math.PI * 2, 60, 320)))
  );
}

function wobble(random: Random, radius: number): string {
  const points = Array.from({ length: 12 }, (_, i) => at((i * Math.PI) / 6, radius * random.between(0.88, 1.1)));
  const mid = (i: number): string => {
    const a = points[(i + 12) % 12] ?? { x: MIDDLE, y: MIDDLE };
    const b = points[(i + 1) % 12] ?? a;
    return `${((a.x + b.x) / 2).toFixed(1)} ${((a.y + b.y) / 2).toFixed(1)}`;
  };
  return `M${mid(-1)}${points.map((p, i) => `Q${p.x.toFixed(1)} ${p.y.toFixed(1)} ${mid(i)}`).join('')}Z`;
}

import { type Size, tint } from '../canvas.js';
import type { Season } from '../../seasons.js';
import type { TextColours } from '../../typography/text-areas.js';
import type { Random } from '../random.js';

/** The colours and the drawn motif of a season; shapes are drawn around 0, 0 and about 100 pixels long. */
export interface SeasonLook {
  ground: [light: string, deep: string];
  disc: string;
  shade: string;
  colours: [string, string, string];
  motif: (colour: string, random: Random) => string;
  /** Of what is written on the ground. */
  text: TextColours;
  words: string;
}

/** The shape turned about 0, 0 so many times. */
const rosette = (times: number, shape: string): string =>
  Array.from({ length: times }, (_, i) => `<g transform="rotate(${(i * 360) / times})">${shape}</g>`).join('');

/** Five petals, each notched, as cherry blossoms have them; or a single one. */
const PETAL = '<path d="M0 0C-26 -14 -24 -46 -7 -52L0 -45L7 -52C24 -46 26 -14 0 0Z"/>';
const blossomOrPetal = (colour: string, random: Random): string =>
  random.next() < 0.55
    ? `<g fill="${colour}">${rosette(5, PETAL)}</g><circle r="7" fill="#e8a33d"/>`
    : `<g fill="${colour}">${PETAL}</g>`;

const leaf = (colour: string): string =>
  `<path d="M0 -60C34 -30 34 24 0 62C-34 24 -34 -30 0 -60Z" fill="${colour}"/><path d="M0 -50V72" stroke="#fff" stroke-opacity="0.35" stroke-width="3" fill="none"/>` +
  `<path d="M0 -20L14 -32M0 -20L-14 -32M0 6L17 -8M0 6L-17 -8M0 30L13 18M0 30L-13 18" stroke="#fff" stroke-opacity="0.28" stroke-width="2" fill="none"/>`;

/** The fan of the ginkgo, which is autumn in every Korean street. */
const ginkgo = (colour: string): string =>
  `<path d="M0 46C-10 20 -40 4 -62 -6C-52 -34 -24 -50 -4 -46L0 -30L4 -46C24 -50 52 -34 62 -6C40 4 10 20 0 46Z" fill="${colour}"/>` +
  `<path d="M0 44Q4 66 -6 86" stroke="${colour}" stroke-width="5" fill="none"/><path d="M0 40L-34 -14M0 40L-14 -30M0 40L14 -30M0 40L34 -14" stroke="#7a4a08" stroke-opacity="0.25" stroke-width="2"/>`;

const CRYSTAL = '<path d="M0 0V-52M0 -22L-13 -35M0 -22L13 -35M0 -38L-9 -47M0 -38L9 -47"/>';
const snowflake = (colour: string): string =>
  `<g stroke="${colour}" stroke-width="6" stroke-linecap="round" fill="none">${rosette(6, CRYSTAL)}</g>`;
const flakeOrDot = (colour: string, random: Random): string =>
  random.next() < 0.5 ? snowflake(colour) : `<circle r="${random.between(8, 20).toFixed(0)}" fill="${colour}"/>`;

export const SEASONS: Record<Season, SeasonLook> = {
  spring: {
    ground: [tint(345, 70, 95), tint(345, 56, 85)],
    disc: tint(342, 62, 80),
    shade: tint(340, 40, 24),
    colours: ['#f7b7c8', '#f291ab', '#fde3ea'],
    motif: blossomOrPetal,
    text: { ink: '4a1a2a', quiet: '71404f', accent: 'b8325a', onAccent: 'ffffff', ground: 'f7dbe4' },
    words: 'cherry blossom on pale pink',
  },
  summer: {
    ground: [tint(74, 56, 92), tint(84, 46, 80)],
    disc: tint(48, 90, 74),
    shade: tint(110, 40, 16),
    colours: ['#3f9e57', '#6cc06a', '#2c7f56'],
    motif: leaf,
    text: { ink: '1d3321', quiet: '40573f', accent: '2c6a3a', onAccent: 'ffffff', ground: 'e3efcd' },
    words: 'fresh green leaves on pale lime',
  },
  autumn: {
    ground: [tint(40, 70, 90), tint(30, 62, 74)],
    disc: tint(22, 66, 64),
    shade: tint(24, 60, 16),
    colours: ['#f2b01e', '#e48a17', '#f7cf5a'],
    motif: ginkgo,
    text: { ink: '3a1c08', quiet: '5c3a1a', accent: '9c3417', onAccent: 'ffffff', ground: 'f2d7ae' },
    words: 'yellow ginkgo leaves on warm amber',
  },
  winter: {
    ground: [tint(214, 46, 40), tint(220, 50, 22)],
    disc: tint(212, 42, 56),
    shade: tint(222, 60, 8),
    colours: ['#ffffff', '#dbe9fb', '#f3f8ff'],
    motif: flakeOrDot,
    text: { ink: 'ffffff', quiet: 'e6eefb', accent: 'ffd23f', onAccent: '2a1508', ground: '22345c' },
    words: 'snow on evening blue',
  },
};

/** Of so many places the one farthest from what is there already: scattered, and never in a heap. */
const TRIES = 6;

/** Motifs along both sides and at the foot, away from the headline: small and sharp or large and out of focus. */
export function scattered(
  random: Random,
  size: Size,
  look: SeasonLook,
  { count, scale, from, to }: { count: number; scale: [number, number]; from: number; to: number },
): string {
  const taken: { x: number; y: number }[] = [];
  return Array.from({ length: count }, (_, i) => {
    const places = Array.from({ length: TRIES }, () => {
      const inwards = Math.abs(random.next() + random.next() - 1) * 0.2 * size.width;
      return { x: i % 2 === 0 ? inwards - 10 : size.width + 10 - inwards, y: random.between(from, to) };
    });
    const room = (at: { x: number; y: number }): number =>
      Math.min(...taken.map((other) => Math.hypot(at.x - other.x, at.y - other.y)));
    const at = places.reduce((best, place) => (room(place) > room(best) ? place : best));
    taken.push(at);
    const grown = random.between(...scale);
    return `<g transform="translate(${at.x.toFixed(0)} ${at.y.toFixed(0)}) rotate(${random.between(0, 360).toFixed(0)}) scale(${grown.toFixed(2)} ${(grown * random.between(0.72, 1)).toFixed(2)})">${look.motif(random.pick(look.colours), random)}</g>`;
  }).join('');
}

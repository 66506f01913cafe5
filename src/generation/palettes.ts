import { hslToRgb, parseHexColour, rgbToHsl, toHex } from '../imaging/colour.js';
import { contrastRatio, type Rgb } from '../imaging/contrast.js';
import type { TextColours } from '../typography/text-areas.js';

/** Colours that belong together, RRGGBB: a ground, what is written on it, and one accent. */
export interface Palette extends TextColours {
  name: string;
  mood: 'light' | 'dark' | 'bold';
}

const palette = (
  name: string,
  mood: Palette['mood'],
  [ground, ink, quiet, accent, onAccent]: [string, string, string, string, string],
): Palette => ({ name, mood, ground, ink, quiet, accent, onAccent });

/**
 * Grounds on which food looks good: warm, or the dark of a dining room. Cold blues are missing on purpose, they make meat
 * look old. Every ink reaches 4.5 : 1 on its ground, and so does what is written on the accent (tested).
 */
export const PALETTES = {
  cream: palette('cream', 'light', ['fbf3e4', '2b1a12', '68523f', 'c4321c', 'ffffff']),
  milk: palette('milk', 'light', ['f8f5f0', '1f1a17', '5f5750', 'b3261e', 'ffffff']),
  sand: palette('sand', 'light', ['f1e2c8', '2e1c10', '664c33', '9c3417', 'ffffff']),
  blush: palette('blush', 'light', ['fbe6de', '4a1a1c', '7a4542', 'bb3450', 'ffffff']),
  matcha: palette('matcha', 'light', ['ecf1dd', '1d3321', '4a5f4c', '2c6a3a', 'ffffff']),
  charcoal: palette('charcoal', 'dark', ['1b1613', 'fff6e9', 'd9c9b8', 'ffc83d', '2a1508']),
  espresso: palette('espresso', 'dark', ['2a1912', 'fbefdf', 'd8c2ac', 'f2a93b', '2a1508']),
  forest: palette('forest', 'dark', ['12372a', 'f6f1e2', 'cbd8c6', 'f2c14e', '12281e']),
  wine: palette('wine', 'dark', ['43121a', 'fff1e4', 'e9c6bb', 'ffcf5c', '3a0f12']),
  tomato: palette('tomato', 'bold', ['b12a1a', 'fff9f0', 'fff0e4', 'ffd23f', '3a0f08']),
  mustard: palette('mustard', 'bold', ['f6ba30', '2a1508', '4c300e', 'a31e17', 'fff7ea']),
  persimmon: palette('persimmon', 'bold', ['f18a3c', '2b1206', '3a1a05', 'fff3df', '7c1d0c']),
} as const;
export type PaletteName = keyof typeof PALETTES;

/** Food of each family of hues, by mood: what flatters it and is not its own colour. */
const FOR_HUE: readonly { from: number; to: number; names: Record<Palette['mood'], readonly PaletteName[]> }[] = [
  // Red stews, meat, tomatoes.
  {
    from: 340,
    to: 18,
    names: { light: ['cream', 'sand', 'milk'], dark: ['charcoal', 'espresso', 'forest'], bold: ['mustard', 'tomato'] },
  },
  // Fried, baked, noodles: gold and brown.
  {
    from: 18,
    to: 48,
    names: { light: ['cream', 'milk', 'sand'], dark: ['espresso', 'charcoal', 'wine'], bold: ['tomato', 'mustard'] },
  },
  {
    from: 48,
    to: 70,
    names: {
      light: ['milk', 'cream', 'sand'],
      dark: ['forest', 'charcoal', 'espresso'],
      bold: ['tomato', 'persimmon'],
    },
  },
  // Salads, greens, matcha.
  {
    from: 70,
    to: 170,
    names: {
      light: ['matcha', 'cream', 'milk'],
      dark: ['forest', 'charcoal', 'espresso'],
      bold: ['mustard', 'persimmon'],
    },
  },
  // Blue plates and grey light say nothing of the food.
  {
    from: 170,
    to: 290,
    names: { light: ['milk', 'cream', 'sand'], dark: ['charcoal', 'espresso', 'wine'], bold: ['mustard', 'tomato'] },
  },
  {
    from: 290,
    to: 340,
    names: { light: ['blush', 'milk', 'cream'], dark: ['wine', 'charcoal', 'espresso'], bold: ['mustard', 'tomato'] },
  },
];

const isWithin = (hue: number, from: number, to: number): boolean =>
  from <= to ? hue >= from && hue < to : hue >= from || hue < to;

/** The palette of a mood that suits food of this hue (degrees); `turn` walks through the alternatives. */
export function paletteFor(hue: number, mood: Palette['mood'], turn: number): Palette {
  const family = FOR_HUE.find(({ from, to }) => isWithin(((hue % 360) + 360) % 360, from, to)) ?? FOR_HUE[0];
  const names = (family as (typeof FOR_HUE)[number]).names[mood];
  return PALETTES[names[turn % names.length] as PaletteName];
}

/** The palette with the brand's colour as its accent, moved in lightness until text on it is legible. */
export function withBrand(base: Palette, colour: string | undefined): Palette {
  const rgb = colour === undefined ? null : parseHexColour(colour);
  if (!rgb) return base;
  const ground = parseHexColour(base.ground) as Rgb;
  const { h, s, l } = rgbToHsl(rgb);
  // The nearest lightness at which the badge stands out from its ground and its text from the badge.
  const steps = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 1 : -1) * Math.ceil(index / 2) * 0.02);
  for (const step of steps) {
    const lightness = l + step;
    if (lightness < 0.04 || lightness > 0.97) continue;
    const accent = step === 0 ? rgb : hslToRgb({ h, s, l: lightness });
    const onAccent = contrastRatio(WHITE, accent) >= LEGIBLE ? WHITE : DARK;
    if (contrastRatio(onAccent, accent) < LEGIBLE || contrastRatio(accent, ground) < STANDS_OUT) continue;
    return { ...base, accent: toHex(accent).toLowerCase(), onAccent: toHex(onAccent).toLowerCase() };
  }
  return base;
}

const WHITE = { r: 255, g: 255, b: 255 };
const DARK = { r: 32, g: 18, b: 10 };
const LEGIBLE = 4.6;
const STANDS_OUT = 1.6;

/** The same colours for text that stands on a dark photo. */
export const onDarkPhoto = ({ accent, onAccent, ground, mood }: Palette): TextColours => ({
  ink: 'ffffff',
  quiet: 'f4e9dc',
  accent,
  onAccent,
  ground: mood === 'dark' ? ground : '1b1613',
});

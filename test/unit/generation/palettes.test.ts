import fc from 'fast-check';
import { expect, it } from 'vitest';
import { paletteFor, PALETTES, withBrand } from '../../../src/generation/palettes.js';
import { parseHexColour } from '../../../src/imaging/colour.js';
import { contrastRatio, type Rgb } from '../../../src/imaging/contrast.js';

const contrast = (one: string, other: string): number =>
  contrastRatio(parseHexColour(one) as Rgb, parseHexColour(other) as Rgb);

it.each(Object.values(PALETTES))('$name: what is written is legible, with room for grain and soft light', (palette) => {
  expect(contrast(palette.ink, palette.ground)).toBeGreaterThan(6);
  expect(contrast(palette.quiet, palette.ground)).toBeGreaterThan(5.2);
  expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThan(5.2);
  expect(contrast(palette.accent, palette.ground)).toBeGreaterThan(2);
});

it('any brand colour becomes an accent that can be written on and stands out', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => value.toString(16).padStart(6, '0'));
  fc.assert(
    fc.property(hex, fc.constantFrom(...Object.values(PALETTES)), (colour, base) => {
      const { accent, onAccent, ground } = withBrand(base, colour);
      expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accent, ground)).toBeGreaterThan(1.4);
    }),
    { numRuns: 300 },
  );
});

it('every hue has palettes of every mood, and no cold blue among them', () => {
  for (let hue = 0; hue < 360; hue += 10)
    for (const mood of ['light', 'dark', 'bold'] as const)
      for (const turn of [0, 1, 2]) expect(paletteFor(hue, mood, turn).mood).toBe(mood);
});

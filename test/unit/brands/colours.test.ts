import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  INKS,
  LEAST_CONTRAST,
  readableGround,
  type ReadableColour,
  readableText,
} from '../../../src/brands/colours.js';
import { hslToRgb, parseHexColour, rgbToHsl } from '../../../src/imaging/colour.js';
import { contrastRatio, type Rgb } from '../../../src/imaging/contrast.js';

const rgbOf = (colour: string): Rgb => {
  const rgb = parseHexColour(colour);
  if (!rgb) throw new Error(`${colour} is no colour`);
  return rgb;
};
const contrastOf = (one: string, other: string): number => contrastRatio(rgbOf(one), rgbOf(other));

const colours = fc.integer({ min: 0, max: 0xffffff }).map((value) => value.toString(16).padStart(6, '0'));

/** How far two hues are apart, in degrees. */
const apart = (one: number, other: number): number => Math.abs(((one - other + 540) % 360) - 180);

/** A colour of another lightness: the hue is the same as far as eight bits a channel can say it. */
const expectSameHue = (chosen: string, result: ReadableColour): void => {
  const rgb = rgbOf(result.colour);
  const span = Math.max(rgb.r, rgb.g, rgb.b) - Math.min(rgb.r, rgb.g, rgb.b);
  const [before, after] = [rgbToHsl(rgbOf(chosen)), rgbToHsl(rgb)];
  // Each channel is rounded by half a step at most, and 60 degrees lie between two of them.
  if (span > 1 && before.s > 0) expect(apart(before.h, after.h)).toBeLessThanOrEqual(60 / (span - 1));
  expect(Math.abs(after.l - before.l - result.shift)).toBeLessThan(1 / 255);
};

describe('a brand’s colour', () => {
  it('can be read as text on any ground, in its own hue', () => {
    fc.assert(
      fc.property(colours, colours, (colour, ground) => {
        const result = readableText(colour, ground);
        expect(contrastOf(result.colour, ground)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(result.contrast).toBeCloseTo(contrastOf(result.colour, ground), 10);
        expectSameHue(colour, result);
      }),
      { numRuns: 500 },
    );
  });

  it('can be written on, with one of the inks, in its own hue', () => {
    fc.assert(
      fc.property(colours, (colour) => {
        const result = readableGround(colour);
        expect(INKS).toContain(result.ink);
        expect(contrastOf(result.colour, result.ink)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expectSameHue(colour, result);
      }),
      { numRuns: 500 },
    );
  });

  it('is left as it is where it can be read, and says that it is', () => {
    fc.assert(
      fc.property(colours, colours, (colour, ground) => {
        fc.pre(contrastOf(colour, ground) >= LEAST_CONTRAST);
        expect(readableText(colour, ground)).toMatchObject({ colour, shift: 0 });
      }),
      { numRuns: 300 },
    );
  });

  it('goes no further than it must: a step before, it could not be read', () => {
    fc.assert(
      fc.property(colours, colours, (colour, ground) => {
        const { shift } = readableText(colour, ground);
        // Whole steps alone: black and white are reached with a shorter one.
        fc.pre(shift !== 0 && Number.isInteger(shift * 512));
        const hsl = rgbToHsl(rgbOf(colour));
        const before = hslToRgb({ ...hsl, l: hsl.l + shift - Math.sign(shift) / 512 });
        expect(contrastRatio(before, rgbOf(ground))).toBeLessThan(LEAST_CONTRAST);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['ffd400', 'ffffff', 'darker'],
    ['1b3b6f', '000000', 'lighter'],
    ['000000', '000000', 'lighter'],
    ['ffffff', 'ffffff', 'darker'],
  ])('%s on %s becomes %s', (colour, ground, way) => {
    const { shift } = readableText(colour, ground);
    expect(shift < 0 ? 'darker' : 'lighter').toBe(way);
  });

  it('that is none is refused by its name', () => {
    expect(() => readableText('red', 'ffffff')).toThrow('"red" is no colour');
  });
});

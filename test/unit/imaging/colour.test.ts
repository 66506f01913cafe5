import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hslToRgb, labToRgb, parseHexColour, rgbToHsl, rgbToLab, toHex } from '../../../src/imaging/colour.js';
import { contrastRatio, relativeLuminance } from '../../../src/imaging/contrast.js';
import { measurePicture, type PictureMeasures } from '../../../src/imaging/measure.js';
import { readPicture } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate, plain } from './pictures.js';

const rgb = (r: number, g: number, b: number) => ({ r, g, b });

describe('WCAG contrast', () => {
  it('knows the published values', () => {
    expect(contrastRatio(rgb(0, 0, 0), rgb(255, 255, 255))).toBeCloseTo(21, 10);
    expect(contrastRatio(rgb(12, 34, 56), rgb(12, 34, 56))).toBe(1);
    // #777 on white is the well-known grey that just misses AA.
    expect(contrastRatio(rgb(0x77, 0x77, 0x77), rgb(255, 255, 255))).toBeCloseTo(4.48, 2);
    expect(relativeLuminance(rgb(255, 0, 0))).toBeCloseTo(0.2126, 4);
  });
});

describe('colours', () => {
  const anyColour = fc.record({ r: fc.nat(255), g: fc.nat(255), b: fc.nat(255) });

  it('survive the way to Lab, HSL and hex and back', () => {
    fc.assert(
      fc.property(anyColour, (colour) => {
        expect(labToRgb(rgbToLab(colour))).toEqual(colour);
        expect(hslToRgb(rgbToHsl(colour))).toEqual(colour);
        expect(parseHexColour(toHex(colour))).toEqual({ ...colour, alpha: 255 });
      }),
      { seed: 11 },
    );
  });

  it('are read with and without alpha, and refused when they are none', () => {
    expect(parseHexColour('#1a120c80')).toEqual({ r: 26, g: 18, b: 12, alpha: 128 });
    expect(toHex(rgb(26, 18, 12), 255)).toBe('1a120cff');
    for (const text of ['', 'red', '12345', '1234567', 'gggggg']) expect(parseHexColour(text)).toBeNull();
  });
});

const measured = async (png: Buffer): Promise<PictureMeasures> => measurePicture(await readPicture(png, 2200));

describe('measures', () => {
  it('tell light from dark, sharp from blurred, colour from grey', async () => {
    const plate = await drawPlate();
    const crisp = await measured(plate);
    const soft = await measured(await sharp(plate).blur(9).png().toBuffer());
    const dim = await measured(await sharp(plate).linear(0.4, 0).png().toBuffer());
    const grey = await measured(await sharp(plate).greyscale().png().toBuffer());
    expect(crisp).toMatchObject({ width: 480, height: 360 });
    expect(soft.sharpness).toBeLessThan(crisp.sharpness / 5);
    expect(dim.brightness).toBeLessThan(crisp.brightness * 0.6);
    expect(grey.dominantHue).toBeNull();
    expect(grey.saturation).toBeLessThan(0.01);
    // Half of the picture is the brown table.
    expect(toHex(crisp.palette[0]!)).toBe('7a4a26');
    expect(crisp.dominantHue).toBeLessThan(40);
  });

  it('of a plain picture are plain', async () => {
    expect(await measured(await plain('#ffffff', 64, 64))).toMatchObject({
      brightness: expect.closeTo(1, 3),
      contrast: 0,
      sharpness: 0,
      clippedHighlights: 1,
      clippedShadows: 0,
    });
  });
});

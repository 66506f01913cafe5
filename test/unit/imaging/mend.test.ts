import { describe, expect, it } from 'vitest';
import { rgbToHsl, rgbToLab } from '../../../src/imaging/colour.js';
import { measureMend, mendPixels, NEUTRAL } from '../../../src/imaging/mend.js';
import { type Raster, rasterOf } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate, PLATE } from './pictures.js';

const DISH = {
  x: (PLATE.cx - PLATE.rx) / 480,
  y: (PLATE.cy - PLATE.ry) / 360,
  width: (2 * PLATE.rx) / 480,
  height: (2 * PLATE.ry) / 360,
};
/** Places on the drawing: the white of the plate, the red food, the wood of the table. */
const WHITE = { x: 285, y: 240 };
const FOOD = { x: 170, y: 200 };
const TABLE = { x: 440, y: 40 };

/** A napkin and a knife with a black handle beside the plate: what is white and black on any table. */
const BESIDE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360"><rect x="350" y="90" width="120" height="180" fill="#f6f6f6"/>' +
  '<rect x="20" y="320" width="300" height="16" fill="#0c0c0c"/></svg>';

/** The drawn plate as it would be in another light: factors of red, green and blue, and what haze adds. */
async function plateIn(factors: [number, number, number] = [1, 1, 1], haze = 0, food?: string): Promise<Raster> {
  const scene = await sharp(await drawPlate(undefined, food))
    .composite([{ input: Buffer.from(BESIDE) }])
    .removeAlpha()
    .png()
    .toBuffer();
  return rasterOf(await sharp(scene).linear(factors, [haze, haze, haze]).png().toBuffer(), 480);
}
const mended = (raster: Raster): Raster => ({ ...raster, data: mendPixels(raster.data, 3, measureMend(raster, DISH)) });
const colourAt = ({ data, width }: Raster, { x, y }: { x: number; y: number }) => {
  const [r, g, b] = data.subarray((y * width + x) * 3) as unknown as [number, number, number];
  return { r, g, b };
};
const labAt = (raster: Raster, place: { x: number; y: number }) => rgbToLab(colourAt(raster, place));

describe('a photo is mended', () => {
  it('when it is dim: the dish is lifted, within bounds, and no colour turns into another', async () => {
    const dim = await plateIn([0.4, 0.4, 0.4]);
    const bright = mended(dim);
    expect(labAt(bright, WHITE).l).toBeGreaterThan(labAt(dim, WHITE).l + 12);
    expect(labAt(bright, FOOD).l).toBeGreaterThan(labAt(dim, FOOD).l + 8);
    const turned = rgbToHsl(colourAt(bright, FOOD)).h - rgbToHsl(colourAt(dim, FOOD)).h;
    expect(Math.abs(((turned + 540) % 360) - 180)).toBeLessThan(8);
  });

  it('when it is dull: black becomes black and white white, and grey stays grey', async () => {
    const dull = await plateIn([0.45, 0.45, 0.45], 75);
    const clear = mended(dull);
    expect(labAt(clear, WHITE).l - labAt(clear, TABLE).l).toBeGreaterThan(
      1.3 * (labAt(dull, WHITE).l - labAt(dull, TABLE).l),
    );
    const grey = mendPixels(new Uint8Array([120, 120, 120]), 3, measureMend(dull, DISH));
    expect(grey[0]).toBe(grey[1]);
    expect(grey[1]).toBe(grey[2]);
  });

  it('when the light is yellow: the plate is nearly white, and the food still warmer than it', async () => {
    const yellow = await plateIn([1, 0.82, 0.55]);
    const white = mended(yellow);
    expect(labAt(yellow, WHITE).b).toBeGreaterThan(25);
    expect(labAt(white, WHITE).b).toBeLessThan(labAt(yellow, WHITE).b * 0.6);
    expect(labAt(white, FOOD).a).toBeGreaterThan(labAt(white, WHITE).a + 20);
  });

  it('when the light is blue or green, as in shade and under tubes', async () => {
    for (const factors of [
      [0.88, 0.95, 1.05],
      [0.9, 1, 0.92],
    ] as [number, number, number][]) {
      const cast = await plateIn(factors);
      const distance = (raster: Raster) => Math.hypot(labAt(raster, WHITE).a, labAt(raster, WHITE).b);
      expect(distance(mended(cast)), String(factors)).toBeLessThan(distance(cast) * 0.75);
    }
  });
});

describe('a photo is left alone', () => {
  it('when its light is right', async () => {
    const good = await plateIn();
    const same = mended(good);
    for (const place of [WHITE, FOOD, TABLE]) {
      const [before, after] = [labAt(good, place), labAt(same, place)];
      expect(Math.hypot(before.l - after.l, before.a - after.a, before.b - after.b)).toBeLessThan(7);
    }
  });

  it('in its colours when yellow food stands on a white plate', async () => {
    const { gains } = measureMend(await plateIn([1, 1, 1], 0, '#e8b820'), DISH);
    for (const gain of gains) expect(gain).toBeCloseTo(1, 4);
  });

  it('byte by byte by the neutral mend, and its transparency by every other', async () => {
    const pixels = new Uint8Array([0, 10, 20, 7, 250, 128, 3, 0, 255, 255, 255, 255]);
    expect([...mendPixels(pixels, 4, NEUTRAL)]).toEqual([...pixels]);
    const strong = {
      gains: [1, 1.2, 1.6] as [number, number, number],
      black: 0.1,
      white: 0.8,
      gamma: 0.7,
      contrast: 0.2,
      saturation: 1.1,
    };
    const out = mendPixels(pixels, 4, strong);
    expect([out[3], out[7], out[11]]).toEqual([7, 0, 255]);
    expect([...out.subarray(8, 11)]).toEqual([255, 255, 255]);
  });

  it('when nothing is on it to measure', () => {
    const black = { width: 20, height: 20, data: new Uint8Array(1200) };
    expect([...mended(black).data].every((value) => value === 0)).toBe(true);
  });
});

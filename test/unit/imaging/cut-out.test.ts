import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutOutDish, CUTOUT_GATE } from '../../../src/imaging/cutout/cut-out-dish.js';
import { rasterOf } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawnKoreanDishes } from '../../support/korean-dishes.js';
import { clearDishes, temptingDishes } from '../../support/dishes-to-refuse.js';
import { drawPlate, PLATE, plain, realPhotos } from './pictures.js';

const alphaOf = (png: Buffer): Promise<Buffer> =>
  sharp(png).extractChannel('alpha').toColourspace('b-w').raw().toBuffer();

function overlap(a: Uint8Array, b: Uint8Array): number {
  let [both, either] = [0, 0];
  for (const [i, value] of a.entries()) {
    if (value > 127 && b[i]! > 127) both++;
    if (value > 127 || b[i]! > 127) either++;
  }
  return both / either;
}

const filled = (body: string, width: number, height: number): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/><g fill="#fff">${body}</g></svg>`,
    ),
  )
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer();

/** A large upright photo of the plate: 1200 x 900. */
const bigPlate = async () =>
  sharp(await drawPlate())
    .resize(1200, 900, { kernel: 'cubic' })
    .png()
    .toBuffer();
const scale = 1200 / 480;
const plateTruth = () =>
  filled(
    `<ellipse cx="${PLATE.cx * scale}" cy="${PLATE.cy * scale}" rx="${PLATE.rx * scale}" ry="${PLATE.ry * scale}"/>`,
    1200,
    900,
  );

describe('cutting the dish out', () => {
  it('follows a plate to the pixel, with a soft edge, the same every time', async () => {
    const raster = await rasterOf(await bigPlate(), 1600);
    const cut = await cutOutDish(raster);
    expect(cut.confidence).toBeGreaterThan(0.9);
    const alpha = await alphaOf(cut.png!);
    expect(overlap(alpha, await plateTruth())).toBeGreaterThan(0.985);
    const soft = alpha.filter((value) => value > 16 && value < 240).length;
    expect(soft).toBeGreaterThan(500);
    expect(soft).toBeLessThan(alpha.length * 0.02);
    expect((await cutOutDish(raster)).png!.equals(cut.png!)).toBe(true);
  });

  it('cuts Korean tableware to an IoU of 0.9 or more, or refuses', async () => {
    const cut: string[] = [];
    for (const { name, photo, truth } of await drawnKoreanDishes()) {
      const { png, confidence, reason } = await cutOutDish(await rasterOf(photo, 1600));
      expect(png === null, name).toBe(confidence < CUTOUT_GATE);
      if (!png) {
        expect(reason).not.toBe('');
        continue;
      }
      cut.push(name);
      expect(overlap(await alphaOf(png), truth.data), name).toBeGreaterThanOrEqual(0.9);
    }
    // A gate that refuses everything would be right too, and useless.
    expect(cut).toEqual(expect.arrayContaining(['black stone pot', 'stew in a ttukbaegi', 'a grill']));
    expect(cut).not.toContain('many small side dishes');
  });

  it('cuts every clear dish whole', async () => {
    for (const { name, photo, truth } of await clearDishes()) {
      const { png, reason } = await cutOutDish(await rasterOf(photo, 1600));
      expect(png, `${name}: ${reason}`).not.toBeNull();
      expect(overlap(await alphaOf(png!), truth.data), name).toBeGreaterThan(0.97);
    }
  });

  it('refuses what tempts it into a wrong cut, or cuts it whole', { timeout: 180_000 }, async () => {
    const wrong: string[] = [];
    for (const { name, photo, truth } of await temptingDishes()) {
      const { png, confidence } = await cutOutDish(await rasterOf(photo, 1600));
      const iou = png ? overlap(await alphaOf(png), truth.data) : 1;
      if (iou < 0.97) wrong.push(`${name}: ${iou.toFixed(3)} at ${confidence.toFixed(2)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('refuses a dish that runs out of the photo, one too small, and a photo without any', async () => {
    const photo = await bigPlate();
    const cropped = await sharp(photo).extract({ left: 400, top: 0, width: 800, height: 900 }).png().toBuffer();
    expect(await cutOutDish(await rasterOf(cropped, 1600))).toMatchObject({ png: null });
    expect(await cutOutDish(await rasterOf(await drawPlate(), 400))).toMatchObject({
      png: null,
      reason: expect.stringContaining('too small'),
    });
    expect((await cutOutDish(await rasterOf(await plain('#8a6a4a'), 800))).png).toBeNull();
  });

  it('takes the owner at their word about which of two dishes it is', async () => {
    const dish = (cx: number, food: string) =>
      `<ellipse cx="${cx}" cy="450" rx="230" ry="220" fill="#f2efe8"/><ellipse cx="${cx}" cy="446" rx="150" ry="140" fill="${food}"/>`;
    const photo = await sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="100%" height="100%" fill="#7a4a26"/>${dish(310, '#c8321c')}${dish(890, '#3f7d2c')}</svg>`,
      ),
    )
      .png()
      .toBuffer();
    const raster = await rasterOf(photo, 1600);
    expect((await cutOutDish(raster)).png).toBeNull();
    const truth = await filled('<ellipse cx="890" cy="450" rx="230" ry="220"/>', 1200, 900);
    for (const hint of [
      { x: 0.74, y: 0.5 },
      { x: 0.54, y: 0.24, width: 0.4, height: 0.52 },
    ]) {
      const { png } = await cutOutDish(raster, { hint });
      expect(png, JSON.stringify(hint)).not.toBeNull();
      expect(overlap(await alphaOf(png!), truth)).toBeGreaterThan(0.97);
    }
  });

  it('is right about the dish on real photos, or refuses', { timeout: 90_000 }, async () => {
    const marks = JSON.parse(readFileSync(join(import.meta.dirname, '../../support/dish-outlines.json'), 'utf8'));
    for (const { name, bytes } of realPhotos(10)) {
      const raster = await rasterOf(bytes, 900);
      const { png } = await cutOutDish(raster);
      if (!png) continue;
      const path = (outline: [number, number][]) =>
        `<path d="M${outline.map(([x, y]) => `${x * raster.width} ${y * raster.height}`).join('L')}Z"/>`;
      const truth = await filled(marks[name].outlines.map(path).join(''), raster.width, raster.height);
      expect(overlap(await alphaOf(png), truth), name).toBeGreaterThan(0.93);
    }
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { blurOf } from '../../../src/imaging/blur.js';
import { adviseOn } from '../../../src/imaging/photo-advice.js';
import { rasterOf, UnreadableImageError } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawSampleDish, SAMPLE_DISHES } from '../../../src/generation/sample-dishes.js';
import { drawPlate, plain, realPhotos } from './pictures.js';

const codes = async (bytes: Buffer): Promise<string[]> => (await adviseOn(bytes)).advice.map(({ code }) => code);
const dish = (): Promise<Buffer> => drawSampleDish(1);

describe('a photo is advised on', () => {
  it('by nothing when it is good', async () => {
    for (const index of SAMPLE_DISHES.keys()) expect(await codes(await drawSampleDish(index))).toEqual([]);
    for (const { name, bytes } of realPhotos(10)) {
      const said = await codes(bytes);
      expect([name, said.filter((code) => ['dark', 'bright', 'blurred', 'no_dish'].includes(code))]).toEqual([
        name,
        [],
      ]);
    }
  });

  it('with what was measured, its limit, and where the dish is', async () => {
    const {
      width,
      height,
      format,
      advice,
      dish: box,
    } = await adviseOn(
      await sharp(await dish())
        .resize(500)
        .jpeg()
        .toBuffer(),
    );
    expect({ width, height, format, advice }).toEqual({
      width: 500,
      height: 500,
      format: 'jpeg',
      advice: [{ code: 'small', measured: 500, limit: 600 }],
    });
    expect(box?.width).toBeGreaterThan(0.3);
  });

  it.each<[string, (photo: Buffer) => Promise<Buffer>]>([
    ['blurred', (photo) => sharp(photo).blur(7).jpeg().toBuffer()],
    ['dark', (photo) => sharp(photo).linear(0.3, 0).jpeg().toBuffer()],
    ['bright', (photo) => sharp(photo).linear(4, 40).jpeg().toBuffer()],
  ])('when it is %s', async (code, spoil) => {
    expect(await codes(await dish())).not.toContain(code);
    expect(await codes(await spoil(await dish()))).toContain(code);
  });

  it('when the dish is far away, or nothing stands out', async () => {
    const far = await sharp(await drawPlate())
      .extend({ top: 170, bottom: 170, left: 220, right: 220, background: '#7a4a26' })
      .jpeg({ quality: 95 })
      .toBuffer();
    expect(await codes(far)).toContain('small_dish');
    const cloth = await sharp({
      create: {
        width: 900,
        height: 900,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 120, sigma: 20 },
      },
    })
      .png()
      .toBuffer();
    expect(await codes(cloth)).toContain('no_dish');
  });

  it('when the frame cuts it', async () => {
    const plate = sharp(await drawPlate()).resize(1440, 1080);
    expect(await codes(await plate.clone().png().toBuffer())).toEqual([]);
    const cut = plate.extract({ left: 242, top: 0, width: 1198, height: 1080 });
    expect(await codes(await cut.png().toBuffer())).toContain('dish_cut');
  });

  it('as the file that was sent, when that was HEIC', async () => {
    const heic = readFileSync(path.join(import.meta.dirname, '../../support/pictures/turned-p3.heic'));
    expect(await adviseOn(heic)).toMatchObject({ format: 'heic', width: 96, height: 128 });
  });

  it('not at all when it cannot be used', async () => {
    for (const bytes of [Buffer.from('words'), await plain('#808080', 700, 700)])
      await expect(adviseOn(bytes)).rejects.toThrow(UnreadableImageError);
  });
});

it('blur grows as a picture is blurred, and a part without drawing is all blur', async () => {
  const photo = await dish();
  const whole = { x: 0, y: 0, width: 1, height: 1 };
  const seen: number[] = [];
  for (const sigma of [0, 1, 2, 4, 8])
    seen.push(
      blurOf(await rasterOf(sigma === 0 ? photo : await sharp(photo).blur(sigma).png().toBuffer(), 1024), whole),
    );
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(blurOf({ width: 30, height: 30, data: new Uint8Array(2700).fill(90) }, whole)).toBe(1);
});

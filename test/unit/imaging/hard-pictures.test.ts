import { afterEach, describe, expect, it } from 'vitest';
import { measureExposure } from '../../../src/imaging/exposure.js';
import {
  decodePicture,
  inspectPicture,
  limitPictures,
  rasterOf,
  UnreadableImageError,
} from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { badHeif, badPictures, type HardPicture, hardPictures } from '../../support/hard-pictures.js';
import { drawPlate } from './pictures.js';

afterEach(() => limitPictures(200));

describe('pictures from strangers', () => {
  it('are taken when they are whole, upright and in plain colours', async () => {
    for (const { name, bytes, width, height } of await hardPictures()) {
      expect(await inspectPicture(bytes), name).toMatchObject({ width, height });
      const { raster, ...info } = await decodePicture(bytes, 320);
      expect(info, name).toMatchObject({ width, height });
      expect(Math.max(raster.width, raster.height), name).toBe(Math.min(320, Math.max(width, height)));
      expect(raster.data.length, name).toBe(raster.width * raster.height * 3);
    }
  });

  it('keep their colours through every way of storing them', async () => {
    const food = { x: 190, y: 186 };
    const colour = async (bytes: Buffer) => {
      const { raster } = await decodePicture(bytes, 480);
      return [...raster.data.subarray((food.y * raster.width + food.x) * 3).subarray(0, 3)];
    };
    const plain = await colour(await drawPlate());
    for (const { name, bytes, width, height } of await hardPictures()) {
      if (width !== 480 || height !== 360 || ['grey', 'dark'].includes(name)) continue;
      const seen = await colour(bytes);
      const distance = Math.max(...seen.map((value, i) => Math.abs(value - plain[i]!)));
      // CMYK has no such red.
      expect(distance, `${name}: ${seen} instead of ${plain}`).toBeLessThan(name === 'CMYK' ? 48 : 14);
    }
  });

  it('are lifted when they are too dark', async () => {
    const dark = (await hardPictures()).find(({ name }) => name === 'dark') as HardPicture;
    const { raster } = await decodePicture(dark.bytes, 480);
    expect(measureExposure(await rasterOf(dark.bytes, 480)).bright).toBeLessThan(60);
    expect(measureExposure(raster).bright).toBeGreaterThan(130);
  });

  it('are refused in words that say what they are', async () => {
    for (const { name, bytes, refusal } of await badPictures()) {
      const answer = await decodePicture(bytes, 320).catch((error: unknown) => error);
      expect(answer, name).toBeInstanceOf(UnreadableImageError);
      expect((answer as Error).message, name).toMatch(refusal);
      // A whole picture of nothing is a picture.
      const isWhole = ['nearly black', 'one colour'].includes(name);
      if (isWhole) await expect(inspectPicture(bytes), name).resolves.toBeDefined();
      else await expect(inspectPicture(bytes), name).rejects.toThrow(refusal);
    }
  });

  it('are not decoded here when they are HEIC or AVIF', async () => {
    for (const { name, bytes } of badHeif())
      await expect(inspectPicture(bytes), name).rejects.toThrow(/but an? (HEIC|AVIF) file/);
  });

  it('may be as large as the operator says', async () => {
    limitPictures(1);
    const photo = await sharp(await drawPlate())
      .resize(1200, 900)
      .jpeg()
      .toBuffer();
    await expect(inspectPicture(photo)).rejects.toThrow('1200 x 900 pixels (2 MP); at most 1 MP are taken');
    limitPictures(2);
    await expect(inspectPicture(photo)).resolves.toMatchObject({ width: 1200 });
  });

  it('reach no decoder but three, even where nobody sniffs first', async () => {
    const plate = sharp(await drawPlate());
    for (const foreign of [await plate.clone().tiff().toBuffer(), await plate.clone().gif().toBuffer()]) {
      await expect(sharp(foreign).metadata()).rejects.toThrow(/unsupported image format/);
    }
    await expect(sharp('/etc/hostname').metadata()).rejects.toThrow();
  });
});

import { describe, expect, it } from 'vitest';
import { inspectPicture, rasterOf } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { drawPlate, realPhotos } from './pictures.js';

describe('inspectPicture', () => {
  it('tells format and size, with the camera rotation applied', async () => {
    const plate = await drawPlate();
    expect(await inspectPicture(plate)).toEqual({ format: 'png', width: 480, height: 360 });
    expect(await inspectPicture(await sharp(plate).webp().toBuffer())).toEqual({
      format: 'webp',
      width: 480,
      height: 360,
    });
    const turned = await sharp(plate).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await inspectPicture(turned)).toEqual({ format: 'jpeg', width: 360, height: 480 });
    for (const { bytes } of realPhotos(3)) expect((await inspectPicture(bytes)).format).toBe('jpeg');
  });
});

describe('rasterOf', () => {
  it('shrinks, never enlarges, turns upright and lays transparency on white', async () => {
    const clear = await sharp({
      create: { width: 60, height: 40, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const raster = await rasterOf(clear, 320);
    expect([raster.width, raster.height, raster.data.length]).toEqual([40, 60, 40 * 60 * 3]);
    expect(raster.data.every((value) => value === 255)).toBe(true);
    const small = await rasterOf(await drawPlate(), 120);
    expect([small.width, small.height]).toEqual([120, 90]);
  });
});

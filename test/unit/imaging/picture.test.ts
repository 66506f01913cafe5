import { describe, expect, it } from 'vitest';
import { inspectPicture, rasterOf, UnreadableImageError } from '../../../src/imaging/picture.js';
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

  it('refuses what is no whole photo and says what to do', async () => {
    const plate = await drawPlate();
    const jpeg = await sharp(plate).jpeg().toBuffer();
    const webp = await sharp(plate).webp().toBuffer();
    const cases: [string, Buffer, RegExp][] = [
      ['nothing', Buffer.alloc(0), /empty/],
      ['text', Buffer.from('hello, I am a photo'), /not a JPEG, PNG or WebP/],
      [
        'SVG',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"/>'),
        /not a JPEG, PNG or WebP/,
      ],
      ['TIFF', await sharp(plate).tiff().toBuffer(), /not a JPEG, PNG or WebP/],
      ['GIF', await sharp(plate).gif().toBuffer(), /not a JPEG, PNG or WebP/],
      ['half a JPEG', jpeg.subarray(0, jpeg.length >> 1), /damaged or cut off/],
      ['half a PNG', plate.subarray(0, plate.length >> 1), /damaged or cut off/],
      ['half a WebP', webp.subarray(0, webp.length >> 1), /damaged or cut off/],
      ['only a header', jpeg.subarray(0, 20), /damaged or cut off/],
      ['a tiny icon', await sharp(plate).resize(8, 8).png().toBuffer(), /8 x 8/],
    ];
    for (const [name, bytes, message] of cases) {
      const refusal = await inspectPicture(bytes).catch((error: unknown) => error);
      expect(refusal, name).toBeInstanceOf(UnreadableImageError);
      expect((refusal as Error).message, name).toMatch(message);
    }
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

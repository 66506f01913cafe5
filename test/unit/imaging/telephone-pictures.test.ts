import { afterEach, describe, expect, it } from 'vitest';
import { readJpegFrame } from '../../../src/imaging/jpeg-frame.js';
import {
  decodePicture,
  inspectPicture,
  limitPictures,
  type Raster,
  rasterOf,
  shrinkPicture,
  UnreadableImageError,
} from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { peakOf } from '../../support/peak-of.js';
import {
  deepPng,
  largeJpeg,
  quartered,
  QUARTERS,
  RED,
  SEEN,
  withMoreBehind,
  withoutScanParameters,
} from '../../support/telephone-pictures.js';
import { drawPlate } from './pictures.js';

afterEach(() => limitPictures(200));

/** Compared at once: a matcher that goes from byte to byte takes minutes. */
const areSame = (one: Raster, other: Raster): boolean => Buffer.from(one.data).equals(other.data);

type Colour = [number, number, number];
const colourAt = (raster: Raster, x: number, y: number): Colour => {
  const at = (Math.floor(y * raster.height) * raster.width + Math.floor(x * raster.width)) * 3;
  return [...raster.data.subarray(at, at + 3)] as Colour;
};
const farthest = (one: Colour, other: Colour): number =>
  Math.max(...one.map((value, i) => Math.abs(value - other[i]!)));

const fileOf = async (format: 'jpeg' | 'progressive' | 'png' | 'webp'): Promise<Buffer> => {
  const photo = sharp(await drawPlate())
    .resize(900, 675)
    .sharpen();
  if (format === 'png') return photo.png().toBuffer();
  if (format === 'webp') return photo.webp().toBuffer();
  return photo.jpeg({ progressive: format === 'progressive' }).toBuffer();
};

describe('a JPEG whose scan has no parameters', () => {
  it('is taken, with the pixels of the file that has them', async () => {
    const good = await fileOf('jpeg');
    const bytes = withoutScanParameters(good);
    expect(bytes.equals(good)).toBe(false);
    await expect(sharp(bytes, { failOn: 'warning' }).stats()).rejects.toThrow(/SOS/);
    expect(await inspectPicture(bytes)).toEqual({ format: 'jpeg', width: 900, height: 675 });
    const decoded = await decodePicture(bytes, 900);
    expect([decoded.width, decoded.height]).toEqual([900, 675]);
    expect(areSame(decoded.raster, (await decodePicture(good, 900)).raster)).toBe(true);
    expect(areSame(await rasterOf(bytes, 300), await rasterOf(good, 300))).toBe(true);
    expect((await shrinkPicture(bytes, 320)).equals(await shrinkPicture(good, 320))).toBe(true);
  });
});

describe('a file that was cut', () => {
  it.each(['jpeg', 'progressive', 'png', 'webp', 'no parameters'] as const)('is refused wherever: %s', async (kind) => {
    const whole = kind === 'no parameters' ? withoutScanParameters(await fileOf('jpeg')) : await fileOf(kind);
    await expect(inspectPicture(whole)).resolves.toBeDefined();
    for (const share of [0.05, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share));
      await expect(inspectPicture(cut), `${share}`).rejects.toThrow(UnreadableImageError);
      await expect(decodePicture(cut, 320), `${share}`).rejects.toThrow(/damaged or cut off/);
      await expect(shrinkPicture(cut, 320), `${share}`).rejects.toThrow(/damaged or cut off/);
    }
  });

  it('is refused too when a JPEG was filled up with zeros, as an interrupted copy is', async () => {
    for (const whole of [
      await fileOf('jpeg'),
      withoutScanParameters(await fileOf('jpeg')),
      await fileOf('progressive'),
    ]) {
      const filled = Buffer.from(whole);
      filled.fill(0, Math.floor(whole.length * 0.7));
      await expect(inspectPicture(filled)).rejects.toThrow(/damaged or cut off/);
    }
  });
});

describe('colours', () => {
  it.each(['srgb', 'p3'] as const)('of 16 bits with a profile (%s) come out as they are', async (profile) => {
    for (const bytes of [await deepPng(profile), await deepPng(profile, true)]) {
      const { raster } = await decodePicture(bytes, 320);
      expect(farthest(colourAt(raster, 0.5, 0.5), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(2);
      expect(farthest(colourAt(await rasterOf(bytes, 100), 0.5, 0.5), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(2);
      const thumbnail = await rasterOf(await shrinkPicture(bytes, 320), 320);
      expect(farthest(colourAt(thumbnail, 0.5, 0.5), [RED.r, RED.g, RED.b])).toBeLessThanOrEqual(3);
    }
  });

  it('of Display P3 and CMYK are what they stand for, and white stays white', async () => {
    const plate = await drawPlate();
    const seen = async (bytes: Buffer) => colourAt(await rasterOf(bytes, 480), 190 / 480, 186 / 360);
    const plain = await seen(plate);
    const p3 = await sharp(plate).withIccProfile('p3').jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
    expect(farthest(await seen(p3), plain)).toBeLessThanOrEqual(3);
    const white = sharp({ create: { width: 64, height: 64, channels: 3, background: '#ffffff' } });
    const cmyk = await white.toColourspace('cmyk').jpeg().toBuffer();
    expect(colourAt(await rasterOf(cmyk, 64), 0.5, 0.5)).toEqual([255, 255, 255]);
  });

  it('of a photo that carries a gain map or a film behind it are the photo’s', async () => {
    const jpeg = await fileOf('jpeg');
    for (const film of [false, true]) {
      const bytes = await withMoreBehind(jpeg, film);
      expect(await inspectPicture(bytes)).toEqual({ format: 'jpeg', width: 900, height: 675 });
      expect(areSame(await rasterOf(bytes, 300), await rasterOf(jpeg, 300))).toBe(true);
    }
  });
});

it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %s is followed, once', async (orientation) => {
  const bytes = await quartered(orientation);
  const size = orientation > 4 ? [96, 128] : [128, 96];
  const info = await inspectPicture(bytes);
  expect([info.width, info.height]).toEqual(size);
  const { raster } = await decodePicture(bytes, 320);
  const corners: [number, number][] = [
    [0.2, 0.2],
    [0.8, 0.2],
    [0.2, 0.8],
    [0.8, 0.8],
  ];
  for (const [index, [x, y]] of corners.entries()) {
    const wanted = QUARTERS[SEEN[orientation]![index]!]!;
    const rgb = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16)) as Colour;
    expect(farthest(colourAt(raster, x, y), rgb), `corner ${index}`).toBeLessThan(12);
  }
});

describe('large pictures', () => {
  const all =
    'await picture.inspectPicture(bytes); await picture.decodePicture(bytes, 2048); await picture.shrinkPicture(bytes, 720);';

  it.each([
    [8160, 6144],
    [12_000, 9_000],
    [16_320, 12_240],
  ])('%i x %i, as telephones take them, need no more memory than small ones', async (width, height) => {
    const bytes = await largeJpeg(width, height);
    expect(peakOf(bytes, all)).toBeLessThan(250);
  });

  it('that can only be had whole are read while they fit the memory kept for them', async () => {
    const fits = await largeJpeg(7040, 5280, { progressive: true });
    expect(readJpegFrame(fits)).toEqual({ heldBytes: 7040 * 5280 * 3, hasEnd: true });
    expect(peakOf(fits, all) - peakOf(fits, '')).toBeLessThan(200);
  });

  it('and else refused from the header alone, with what to do', async () => {
    const progressive = await largeJpeg(8000, 6000, { progressive: true, full: true });
    await expect(inspectPicture(progressive)).rejects.toThrow(
      '8000 x 6000 pixels in a form that can only be opened whole (a progressive JPEG); of such at most 19 MP are taken. Send a smaller copy, or save it as an ordinary (baseline) JPEG.',
    );
    const interlaced = await sharp(await largeJpeg(8000, 7000))
      .png({ progressive: true, compressionLevel: 1 })
      .toBuffer();
    await expect(inspectPicture(interlaced)).rejects.toThrow('an interlaced PNG');
    const refusing = `await picture.inspectPicture(bytes).then(() => { throw new Error('taken'); }, () => {});`;
    expect(peakOf(progressive, refusing)).toBeLessThan(150);
  });
});

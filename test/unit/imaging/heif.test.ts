import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sniffHeif } from '../../../src/imaging/file-format.js';
import { jpegFromHeif } from '../../../src/imaging/heif/decode-heif.js';
import { withProfile } from '../../../src/imaging/heif/jpeg-profile.js';
import { inspectPicture, limitPictures, rasterOf } from '../../../src/imaging/picture.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { takePhoto } from '../../../src/imaging/take-photo.js';
import { QUARTERS, SEEN } from '../../support/telephone-pictures.js';
import { drawPlate } from './pictures.js';

const stored = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, '../../support/pictures', name));

/** The colours in the middle of the four quarters, as they are seen. */
async function quartersOf(bytes: Buffer): Promise<number[][]> {
  const { width, height, data } = await rasterOf(bytes, 128);
  return [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
      return [...data.subarray(at, at + 3)];
    }),
  );
}
const wanted = (orientation: number): number[][] =>
  SEEN[orientation]!.map((quarter) => [1, 3, 5].map((at) => Number.parseInt(QUARTERS[quarter]!.slice(at, at + 2), 16)));
const farthest = (one: number[][], other: number[][]): number =>
  Math.max(...one.flat().map((value, i) => Math.abs(value - other.flat()[i]!)));

describe('HEIC and AVIF', () => {
  it.each([
    ['turned-p3.heic', 6, 96, 128],
    ['ten-bits.heic', 1, 128, 96],
    ['quarters-p3.avif', 1, 128, 96],
    ['ten-bits.avif', 1, 128, 96],
  ] as const)('%s becomes a JPEG, turned once and in its colours', async (name, orientation, width, height) => {
    const jpeg = await takePhoto(stored(name));
    expect(await inspectPicture(jpeg)).toEqual({ format: 'jpeg', width, height });
    expect(farthest(await quartersOf(jpeg), wanted(orientation))).toBeLessThan(14);
  });

  it('that were cut are refused wherever, and by name', async () => {
    for (const name of ['turned-p3.heic', 'quarters-p3.avif']) {
      const whole = stored(name);
      for (const share of [0.2, 0.7, 0.97]) {
        const cut = whole.subarray(0, Math.floor(whole.length * share));
        await expect(takePhoto(cut), `${name} ${share}`).rejects.toThrow(
          /^The (HEIC|AVIF) picture is damaged or cut off \(.+\)\. Upload the photo again/,
        );
      }
    }
  });

  it('are told apart by any of their brands, and from films', () => {
    const brands = (...names: string[]): Buffer => {
      const box = Buffer.alloc(8 + names.length * 4 + 4);
      box.writeUInt32BE(box.length, 0);
      box.write(`ftyp${names[0]}\0\0\0\0${names.slice(1).join('')}`, 4, 'latin1');
      return box;
    };
    expect(sniffHeif(brands('heic', 'mif1', 'heic'))).toBe('heic');
    expect(sniffHeif(brands('mif1', 'miaf', 'heix'))).toBe('heic');
    expect(sniffHeif(brands('mif1', 'avif', 'miaf'))).toBe('avif');
    expect(sniffHeif(brands('qt  '))).toBeNull();
    expect(sniffHeif(brands('isom', 'avc1'))).toBeNull();
    expect(sniffHeif(Buffer.from('ft'))).toBeNull();
  });

  it('of more pixels than may be held whole are refused before a pixel is decoded', async () => {
    limitPictures(0.01);
    try {
      await expect(takePhoto(stored('turned-p3.heic'))).rejects.toThrow(
        'The picture has 96 x 128 pixels; as HEIC at most 0 MP are taken. Save it as a JPEG or send a smaller copy.',
      );
      await expect(takePhoto(stored('ten-bits.avif'))).rejects.toThrow('as AVIF at most 0 MP are taken');
    } finally {
      limitPictures(200);
    }
  });

  it('are refused when the container holds another kind of picture, or nothing', async () => {
    await expect(jpegFromHeif(await drawPlate(), 'heic')).rejects.toThrow(/HEIC picture is damaged/);
    await expect(jpegFromHeif(Buffer.alloc(0), 'avif')).rejects.toThrow(/AVIF picture is damaged/);
  });

  it('never reach a decoder of this process', async () => {
    await takePhoto(stored('quarters-p3.avif'));
    await expect(sharp(stored('quarters-p3.avif')).metadata()).rejects.toThrow(/unsupported image format/);
  });
});

it('everything else is left as it was sent', async () => {
  const plate = await drawPlate();
  expect(await takePhoto(plate)).toBe(plate);
});

it('a colour profile of any length is carried by a JPEG, and one that is not for RGB is not', async () => {
  const pixel = sharp({ create: { width: 16, height: 16, channels: 3, background: '#c03020' } });
  const plain = await pixel.clone().jpeg().toBuffer();
  const icc = (await sharp(await pixel.clone().withIccProfile('p3').jpeg().toBuffer()).metadata()).icc as Buffer;
  const long = Buffer.concat([icc, Buffer.alloc(150_000)]);
  expect((await sharp(withProfile(plain, icc)).metadata()).icc?.equals(icc)).toBe(true);
  expect((await sharp(withProfile(plain, long)).metadata()).icc?.equals(long)).toBe(true);
  const foreign = Buffer.from(icc);
  foreign.write('CMYK', 16, 'latin1');
  expect(withProfile(plain, foreign)).toBe(plain);
});

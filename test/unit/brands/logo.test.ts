import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LARGEST_LOGO, prepareLogo } from '../../../src/brands/logo.js';
import { UnreadableImageError } from '../../../src/imaging/picture.js';

const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

/** A red box of `width` x `height` at (40, 30) on a transparent sheet. */
const boxOn = (sheet: number, width: number, height: number) =>
  sharp({ create: { width: sheet, height: sheet, channels: 4, background: CLEAR } }).composite([
    { input: { create: { width, height, channels: 4, background: '#d4380d' } }, left: 40, top: 30 },
  ]);

describe('a logo', () => {
  it('is kept without its empty margins and without what else is in the file', async () => {
    const sent = await boxOn(400, 200, 100)
      .withMetadata({ exif: { IFD0: { Copyright: 'somebody' } } })
      .png()
      .toBuffer();
    const kept = await prepareLogo(sent);
    const { format, width, height, hasAlpha, exif } = await sharp(kept).metadata();
    expect({ format, width, height, hasAlpha, exif }).toEqual({
      format: 'png',
      width: 200,
      height: 100,
      hasAlpha: true,
      exif: undefined,
    });
    const { data } = await sharp(kept).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 4)]).toEqual([0xd4, 0x38, 0x0d, 255]);
  });

  it('is made smaller, never larger', async () => {
    const { width } = await sharp(await prepareLogo(await boxOn(3000, 2900, 1450).png().toBuffer())).metadata();
    expect(width).toBeLessThanOrEqual(1024);
    expect(width).toBeGreaterThan(900);
  });

  it('with soft edges keeps them', async () => {
    const svg = '<svg width="300" height="300"><circle cx="150" cy="150" r="100" fill="#046"/></svg>';
    const kept = await prepareLogo(await sharp(Buffer.from(svg)).png().toBuffer());
    const { width, height } = await sharp(kept).metadata();
    expect([width, height]).toEqual([200, 200]);
  });

  it('of few colours with transparency (a palette) is taken', async () => {
    const kept = await prepareLogo(await boxOn(300, 100, 100).png({ palette: true }).toBuffer());
    expect((await sharp(kept).metadata()).width).toBe(100);
  });

  it.each([8, 16])('in black alone (grey with transparency, %i bits) is taken', async (bits) => {
    const grey = sharp(await boxOn(300, 120, 80).png().toBuffer()).toColourspace(bits === 16 ? 'grey16' : 'b-w');
    const sent = await grey.png().toBuffer();
    expect((await sharp(sent).metadata()).channels).toBe(2);
    const { data, info } = await sharp(await prepareLogo(sent))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([120, 80, 4]);
    const [r, g, b, alpha] = data;
    expect([g, b, alpha]).toEqual([r, r, 255]);
  });

  it.each(['srgb', 'p3'] as const)('of sixteen bits in the colours of %s keeps its colours', async (profile) => {
    const sheet = sharp(await boxOn(400, 200, 100).png().toBuffer());
    const kept = await prepareLogo(await sheet.toColourspace('rgb16').withIccProfile(profile).png().toBuffer());
    const [r = 0, g = 0, b = 0, alpha] = await sharp(kept).raw().toBuffer();
    expect(Math.max(Math.abs(r - 0xd4), Math.abs(g - 0x38), Math.abs(b - 0x0d))).toBeLessThanOrEqual(3);
    expect(alpha).toBe(255);
  });

  const png = (sheet: number, width: number, height: number) => boxOn(sheet, width, height).png().toBuffer();
  it.each([
    ['is an SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /not a PNG but an SVG/],
    ['is a JPEG', () => boxOn(200, 100, 100).flatten().jpeg().toBuffer(), /not a PNG but a JPEG/],
    ['is a WebP', () => boxOn(200, 100, 100).webp().toBuffer(), /not a PNG but a WEBP/],
    ['is nothing', async () => Buffer.alloc(0), /empty/],
    ['is no picture', async () => Buffer.from('hello'), /not a PNG\. Save it/],
    ['is cut off', async () => (await png(200, 100, 100)).subarray(0, 300), /damaged or cut off/],
    ['is but a signature', async () => (await png(200, 100, 100)).subarray(0, 10), /damaged or cut off/],
    ['has no transparency', () => boxOn(200, 100, 100).flatten({ background: '#fff' }).png().toBuffer(), /as a box/],
    [
      'shows nothing',
      () =>
        sharp({ create: { width: 99, height: 99, channels: 4, background: CLEAR } })
          .png()
          .toBuffer(),
      /throughout/,
    ],
    ['is tiny', () => png(200, 20, 30), /only 20 x 30 pixels/],
    ['is huge', () => png(4500, 10, 10), /21 megapixels; at most 16/],
    ['is heavy', async () => Buffer.concat([await png(200, 100, 100), Buffer.alloc(LARGEST_LOGO)]), /more than 2 MB/],
  ])('that %s is refused with what to do', async (_, make, message) => {
    const refusal = prepareLogo(await make());
    await expect(refusal).rejects.toThrow(UnreadableImageError);
    await expect(refusal).rejects.toThrow(message);
  });
});

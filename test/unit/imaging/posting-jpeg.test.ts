import { expect, it } from 'vitest';
import { jpegForPosting } from '../../../src/imaging/posting-jpeg.js';
import { sharp } from '../../../src/imaging/sharp.js';
import { plain } from './pictures.js';

it('what is too large at the wished quality is had at a lower one', async () => {
  const [width, height] = [2400, 2400];
  const noise = Buffer.alloc(width * height * 3);
  let seed = 1;
  for (let i = 0; i < noise.length; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    noise[i] = seed >> 16;
  }
  const png = await sharp(noise, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const atOnce = await sharp(png).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
  expect(atOnce.length).toBeGreaterThan(8_000_000);
  const jpeg = await jpegForPosting(png);
  expect(jpeg.length).toBeLessThan(8_000_000);
  expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width, height });
});

it('transparency is laid on white, and colours stay what they are', async () => {
  const png = await sharp(await plain('#c81e24', 64, 64))
    .ensureAlpha(0.5)
    .png()
    .toBuffer();
  const { data } = await sharp(await jpegForPosting(png))
    .raw()
    .toBuffer({ resolveWithObject: true });
  for (const [channel, value] of [0xe3, 0x8e, 0x91].entries())
    expect(Math.abs((data[channel] as number) - value)).toBeLessThanOrEqual(3);
});

it('what is no picture is refused', async () => {
  await expect(jpegForPosting(Buffer.from('no picture'))).rejects.toThrow(/not a JPEG/u);
});

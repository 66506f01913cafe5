import { sharp } from '../../src/imaging/sharp.js';

/* Pictures as telephones and editors write them, where that differs from what a library writes. */

/** The colour in the middle of each of these pictures. */
export const RED = { r: 220, g: 30, b: 20 };

const CREAM = '#f0e8d8';

/** Red, with the left quarter cream: a picture of one colour is refused. */
async function striped(width: number, height: number): Promise<Buffer> {
  const stripe = { create: { width: width / 4, height, channels: 3 as const, background: CREAM } };
  return sharp({ create: { width, height, channels: 3, background: RED } })
    .composite([{ input: await sharp(stripe).png().toBuffer(), left: 0, top: 0 }])
    .png()
    .toBuffer();
}

/** The same JPEG with the parameters of its first scan zero, as several Samsung telephones write them: nothing is lost. */
export function withoutScanParameters(jpeg: Buffer): Buffer {
  const bytes = Buffer.from(jpeg);
  const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
  const components = bytes[scan + 4] as number;
  bytes.set([0, 0, 0], scan + 5 + components * 2);
  return bytes;
}

/** 16 bits a channel with a colour profile, as editors export a raw photo. */
export const deepPng = async (profile: 'srgb' | 'p3', transparent = false): Promise<Buffer> => {
  const picture = sharp(await striped(320, 240));
  return (transparent ? picture.ensureAlpha() : picture)
    .toColourspace('rgb16')
    .withIccProfile(profile)
    .png()
    .toBuffer();
};

/** A second JPEG and a table of contents behind the first, as high-dynamic-range and motion photos have. */
export async function withMoreBehind(jpeg: Buffer, film = false): Promise<Buffer> {
  const gain = await sharp({ create: { width: 80, height: 60, channels: 3, background: '#808080' } })
    .jpeg()
    .toBuffer();
  const behind = film ? Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.alloc(4000, 0xff)]) : gain;
  return Buffer.concat([jpeg, behind]);
}

/** A picture whose four quarters differ, so that each of the eight ways to turn it shows. */
export async function quartered(orientation: number): Promise<Buffer> {
  const quarter = async (background: string) =>
    sharp({ create: { width: 64, height: 48, channels: 3, background } })
      .png()
      .toBuffer();
  const picture = sharp({ create: { width: 128, height: 96, channels: 3, background: QUARTERS[0] } }).composite([
    { input: await quarter(QUARTERS[1]), left: 64, top: 0 },
    { input: await quarter(QUARTERS[2]), left: 0, top: 48 },
    { input: await quarter(QUARTERS[3]), left: 64, top: 48 },
  ]);
  return sharp(await picture.png().toBuffer())
    .withMetadata({ orientation })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** Top left, top right, bottom left, bottom right of what the sensor saw. */
export const QUARTERS = ['#d01010', '#10d010', '#1010d0', '#d0d010'] as const;

/** Which quarter is seen top left, top right, bottom left and bottom right when the EXIF orientation is followed. */
export const SEEN: Record<number, [number, number, number, number]> = {
  1: [0, 1, 2, 3],
  2: [1, 0, 3, 2],
  3: [3, 2, 1, 0],
  4: [2, 3, 0, 1],
  5: [0, 2, 1, 3],
  6: [2, 0, 3, 1],
  7: [3, 1, 2, 0],
  8: [1, 3, 0, 2],
};

/** Any number of pixels in a file of ordinary size. */
export async function largeJpeg(
  width: number,
  height: number,
  options: { progressive?: boolean; full?: boolean } = {},
) {
  return sharp(await striped(64, 48))
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .jpeg({
      quality: 60,
      progressive: options.progressive ?? false,
      chromaSubsampling: options.full ? '4:4:4' : '4:2:0',
    })
    .toBuffer();
}

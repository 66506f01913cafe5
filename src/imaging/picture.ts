import type { Sharp } from 'sharp';
import { inSrgb, isDeep } from './deep-colours.js';
import { DARK, type Exposure, measureExposure } from './exposure.js';
import { decoding, mostPixels, type PictureInfo, readHeader, UnreadableImageError } from './picture-header.js';
import { sharp } from './sharp.js';

export { limitPictures, type PictureInfo, UnreadableImageError } from './picture-header.js';

/** A decoder that has not ended by then never will. */
const DECODE_SECONDS = 30;
/** The long side to which a picture is shrunk of which only its wholeness is asked. */
const GLIMPSE_SIDE = 64;
/** Luma 0..255 of a photo's brightest parts below which eight bits hold no picture, and the least from dark to bright. */
const NEARLY_BLACK = 24;
const LEAST_SPAN = 10;
/** Dark photos are lifted until their brightest parts are there, but not so far that the noise shows. */
const LIFTED = 150;
const MOST_LIFT = 3.5;

/** RGB, 3 bytes a pixel, row-major, top row first. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Pixels, and the size in pixels of the upright picture that they were read from. */
export interface ReadPicture extends Raster {
  source: { width: number; height: number };
}

/**
 * Checks that the bytes are a whole JPEG, PNG or WebP photo and tells its size.
 * The picture is read to its end, because a cut-off file still has a perfect header; it is shrunk on the way, so that
 * 200 megapixels take no more memory than two.
 * @throws UnreadableImageError for empty, foreign, damaged, cut-off, too small (< 16 px) or too large files.
 */
export async function inspectPicture(bytes: Buffer): Promise<PictureInfo> {
  const { isDeep: _, ...info } = await readHeader(bytes);
  await decoding(info.format, () =>
    untrusted(bytes).resize(GLIMPSE_SIDE, GLIMPSE_SIDE, { fit: 'inside', withoutEnlargement: true }).raw().toBuffer(),
  );
  return info;
}

/**
 * A shop's photo in one decode: the checks of `inspectPicture`, and the pixels with their long side at most `longSide`,
 * EXIF-rotated, transparency laid on white, never enlarged. A photo too dark to show its dish is lifted; `exposure` is what
 * it was before.
 * @throws UnreadableImageError as `inspectPicture` does, and for a photo on which nothing is to be seen.
 */
export async function decodePicture(
  bytes: Buffer,
  longSide: number,
): Promise<PictureInfo & { raster: Raster; exposure: Exposure }> {
  const { isDeep: isDeepOne, ...info } = await readHeader(bytes);
  const raster = await decoding(info.format, () => plainPixels(untrusted(bytes), longSide, isDeepOne));
  const exposure = measureExposure(raster);
  refuseEmptiness(exposure);
  return { ...info, exposure, raster: exposure.bright < DARK ? await lift(raster, exposure) : raster };
}

/**
 * The checks of `inspectPicture` and the pixels with their long side at most `longSide`, in one decode: EXIF-rotated,
 * transparency laid on white, never enlarged, and otherwise as they are.
 * @throws UnreadableImageError as `inspectPicture` does.
 */
export async function readPicture(bytes: Buffer, longSide: number): Promise<ReadPicture> {
  const { format, width, height, isDeep: isDeepOne } = await readHeader(bytes);
  const raster = await decoding(format, () => plainPixels(untrusted(bytes), longSide, isDeepOne));
  return { ...raster, source: { width, height } };
}

/** Pixels that were decoded already, with their long side at most `longSide`; never enlarged. */
export async function shrinkRaster({ data, width, height }: Raster, longSide: number): Promise<Raster> {
  if (Math.max(width, height) <= longSide) return { data, width, height };
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(longSide, longSide, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { ...small.info, data: new Uint8Array(small.data.buffer, small.data.byteOffset, small.data.length) };
}

/**
 * A small copy as WebP, EXIF-rotated, at most `width` pixels wide, never enlarged.
 * @throws UnreadableImageError as `inspectPicture` does.
 */
export async function shrinkPicture(bytes: Buffer, width: number): Promise<Buffer> {
  const header = await readHeader(bytes);
  return decoding(header.format, () =>
    inSrgb(untrusted(bytes).autoOrient().resize({ width, withoutEnlargement: true }), header.isDeep)
      .webp({ quality: 80 })
      .toBuffer(),
  );
}

function refuseEmptiness({ dark, bright }: Exposure): void {
  if (bright < NEARLY_BLACK) {
    throw new UnreadableImageError(
      'The photo is almost black; nothing is to be seen on it. Take it again with more light.',
    );
  }
  if (bright - dark < LEAST_SPAN) {
    throw new UnreadableImageError(
      'The photo is of one colour; nothing is to be seen on it. Send a photo of the dish.',
    );
  }
}

/** As a longer exposure would have shown it. */
async function lift({ data, width, height }: Raster, { bright }: Exposure): Promise<Raster> {
  const lifted = await sharp(data, { raw: { width, height, channels: 3 } })
    .linear(Math.min(MOST_LIFT, LIFTED / bright), 0)
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(lifted.buffer, lifted.byteOffset, lifted.length) };
}

/**
 * A decoder that takes nothing half, nothing beyond the limit, and no longer than it may. Warnings are let pass: several
 * telephones write start-of-scan parameters that mean nothing and are warned about.
 */
const untrusted = (bytes: Buffer): Sharp =>
  sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels() }).timeout({ seconds: DECODE_SECONDS });

async function plainPixels(picture: Sharp, longSide: number, isDeepOne: boolean): Promise<Raster> {
  const shrunk = picture.autoOrient().resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await inSrgb(shrunk, isDeepOne)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/**
 * The picture as plain RGB pixels with its long side at most `longSide`: EXIF-rotated, transparency laid on white,
 * never enlarged.
 * @throws UnreadableImageError when the bytes do not decode.
 */
export async function rasterOf(bytes: Buffer, longSide: number): Promise<Raster> {
  try {
    const picture = sharp(bytes, { failOn: 'error' });
    return await plainPixels(picture, longSide, isDeep(await picture.metadata()));
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UnreadableImageError(`The picture cannot be decoded (${detail}). Upload the photo again.`, {
      cause: error,
    });
  }
}

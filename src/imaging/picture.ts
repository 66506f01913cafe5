import type { Sharp } from 'sharp';
import { type Exposure, measureExposure } from './exposure.js';
import { foreignFormat, type FileFormat, sniffFormat } from './file-format.js';
import { sharp } from './sharp.js';

const MIN_SIDE = 16;
/** A decoder that has not ended by then never will. */
const DECODE_SECONDS = 30;
/** Luma 0..255 of a photo's brightest parts below which eight bits hold no picture, and the least from dark to bright. */
const NEARLY_BLACK = 24;
const LEAST_SPAN = 10;
/** Photos whose brightest parts stay below DARK are lifted to LIFTED, but not so far that the noise shows. */
const DARK = 110;
const LIFTED = 150;
const MOST_LIFT = 3.5;
/** What a photo may hold, in millions of pixels: a telephone's 48 fit, a picture made to fill the memory does not. */
let maxMegapixels = 50;

/** Another limit for this whole process. Said once, at start, as the decoders are chosen once. */
export const limitPictures = (megapixels: number): void => {
  maxMegapixels = megapixels;
};

/** The bytes cannot be used as a photo. The message says what is wrong and what the sender can do about it. */
export class UnreadableImageError extends Error {
  override readonly name = 'UnreadableImageError';
}

export interface PictureInfo {
  format: FileFormat;
  /** Pixels, after the EXIF rotation has been applied. */
  width: number;
  height: number;
}

/** RGB, 3 bytes a pixel, row-major, top row first. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8Array;
}

/**
 * Checks that the bytes are a whole JPEG, PNG or WebP photo and tells its size.
 * The picture is decoded once in full, because a cut-off file still has a perfect header.
 * @throws UnreadableImageError for empty, foreign, damaged, cut-off, too small (< 16 px) or too large files.
 */
export async function inspectPicture(bytes: Buffer): Promise<PictureInfo> {
  const info = await readHeader(bytes);
  await decoding(info.format, () => untrusted(bytes).stats());
  return info;
}

/**
 * A shop's photo in one decode: the checks of `inspectPicture`, and the pixels with their long side at most `longSide`,
 * EXIF-rotated, transparency laid on white, never enlarged. A photo too dark to show its dish is lifted.
 * @throws UnreadableImageError as `inspectPicture` does, and for a photo on which nothing is to be seen.
 */
export async function decodePicture(bytes: Buffer, longSide: number): Promise<PictureInfo & { raster: Raster }> {
  const info = await readHeader(bytes);
  const raster = await decoding(info.format, () => plainPixels(untrusted(bytes), longSide));
  const exposure = measureExposure(raster);
  refuseEmptiness(exposure);
  return { ...info, raster: exposure.bright < DARK ? await lift(raster, exposure) : raster };
}

/**
 * A small copy as WebP, EXIF-rotated, at most `width` pixels wide, never enlarged.
 * @throws UnreadableImageError as `inspectPicture` does.
 */
export async function shrinkPicture(bytes: Buffer, width: number): Promise<Buffer> {
  const { format } = await readHeader(bytes);
  return decoding(format, () =>
    untrusted(bytes).autoOrient().resize({ width, withoutEnlargement: true }).webp({ quality: 80 }).toBuffer(),
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

/** What the first bytes and the header say, before any pixel is decoded. */
async function readHeader(bytes: Buffer): Promise<PictureInfo> {
  if (bytes.length === 0) throw new UnreadableImageError('The picture is empty (0 bytes). Upload the photo again.');
  const format = sniffFormat(bytes);
  if (format === null) {
    const seems = foreignFormat(bytes);
    throw new UnreadableImageError(
      `The file is not a JPEG, PNG or WebP picture${seems ? ` but ${seems} file` : ''}. Save the photo as one of these.`,
    );
  }
  const { autoOrient } = await decoding(format, () => sharp(bytes, { limitInputPixels: false }).metadata());
  const { width, height } = autoOrient;
  if (width * height > maxMegapixels * 1e6) {
    const megapixels = Math.ceil((width * height) / 1e6);
    throw new UnreadableImageError(
      `The picture has ${width} x ${height} pixels (${megapixels} MP); at most ${maxMegapixels} MP are taken. Send a smaller copy.`,
    );
  }
  if (Math.min(width, height) < MIN_SIDE) {
    throw new UnreadableImageError(
      `The picture is only ${width} x ${height} pixels; both sides need at least ${MIN_SIDE}. Send a larger photo.`,
    );
  }
  return { format, width, height };
}

/** A decoder that takes nothing half, nothing beyond the limit, and no longer than it may. */
const untrusted = (bytes: Buffer): Sharp =>
  sharp(bytes, { failOn: 'warning', limitInputPixels: maxMegapixels * 1e6 }).timeout({ seconds: DECODE_SECONDS });

async function decoding<T>(format: FileFormat, decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UnreadableImageError(
      `The ${format.toUpperCase()} picture is damaged or cut off (${detail}). Upload the photo again from the original.`,
      { cause: error },
    );
  }
}

async function plainPixels(picture: Sharp, longSide: number): Promise<Raster> {
  const { data, info } = await picture
    .autoOrient()
    .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
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
    return await plainPixels(sharp(bytes), longSide);
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UnreadableImageError(`The picture cannot be decoded (${detail}). Upload the photo again.`, {
      cause: error,
    });
  }
}

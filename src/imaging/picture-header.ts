import type { Metadata } from 'sharp';
import { isDeep } from './deep-colours.js';
import { foreignFormat, type FileFormat, sniffFormat } from './file-format.js';
import { readJpegFrame } from './jpeg-frame.js';
import { sharp } from './sharp.js';

const MIN_SIDE = 16;
/**
 * What a decoder may keep of one picture while it reads on. Most files are read line by line and shrunk on the way,
 * whatever their size; some can only be had whole.
 */
const MOST_HELD_BYTES = 115e6;
/** What a photo may hold, in millions of pixels: a telephone's 200 fit, a picture made to keep us busy does not. */
let maxMegapixels = 200;

/** Another limit for this whole process. Said once, at start, as the decoders are chosen once. */
export const limitPictures = (megapixels: number): void => {
  maxMegapixels = megapixels;
};

export const mostPixels = (): number => maxMegapixels * 1e6;

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

export interface PictureHeader extends PictureInfo {
  /** More than eight bits a channel, and in colours that a profile describes. */
  isDeep: boolean;
}

/**
 * What the first bytes and the header say, before any pixel is decoded.
 * @throws UnreadableImageError for empty, foreign, headless, too small (< 16 px) and too large files, and for those that
 * would have to be held whole and are too large for that.
 */
export async function readHeader(bytes: Buffer): Promise<PictureHeader> {
  if (bytes.length === 0) throw new UnreadableImageError('The picture is empty (0 bytes). Upload the photo again.');
  const format = sniffFormat(bytes);
  if (format === null) {
    const seems = foreignFormat(bytes);
    throw new UnreadableImageError(
      `The file is not a JPEG, PNG or WebP picture${seems ? ` but ${seems} file` : ''}. Save the photo as one of these.`,
    );
  }
  const metadata = await decoding(format, () => sharp(bytes, { limitInputPixels: false }).metadata());
  const { width, height } = metadata.autoOrient;
  if (width * height > mostPixels()) {
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
  const held = await decoding(format, () => heldBytes(bytes, metadata));
  if (held > MOST_HELD_BYTES) {
    const most = Math.floor(((MOST_HELD_BYTES / held) * width * height) / 1e6);
    throw new UnreadableImageError(
      `The picture has ${width} x ${height} pixels in a form that can only be opened whole (${WHOLE_FORMS[format]}); of such at most ${most} MP are taken. Send a smaller copy, or save it as an ordinary (baseline) JPEG.`,
    );
  }
  return { format, width, height, isDeep: isDeep(metadata) };
}

const WHOLE_FORMS: Record<FileFormat, string> = {
  jpeg: 'a progressive JPEG',
  png: 'an interlaced PNG',
  webp: 'a lossless, transparent or animated WebP',
};

/** What the decoder keeps until it has read the last line, beside a few lines. */
async function heldBytes(bytes: Buffer, metadata: Metadata): Promise<number> {
  const pixels = metadata.width * metadata.height;
  if (metadata.format === 'jpeg') {
    const frame = readJpegFrame(bytes);
    if (!frame) throw new Error('no picture data');
    if (!frame.hasEnd) throw new Error('no end of image');
    return frame.heldBytes;
  }
  if (metadata.format === 'png') {
    return metadata.isProgressive ? pixels * metadata.channels * ((metadata.bitsPerSample ?? 8) > 8 ? 2 : 1) : 0;
  }
  // Only the plain lossy form is read line by line; an animation keeps its canvas beside each frame.
  if (bytes.toString('latin1', 12, 16) === 'VP8 ') return 0;
  return pixels * 4 * ((metadata.pages ?? 1) > 1 ? 2 : 1);
}

/** @throws UnreadableImageError in place of whatever the decoder throws. */
export async function decoding<T>(format: FileFormat, decode: () => Promise<T>): Promise<T> {
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

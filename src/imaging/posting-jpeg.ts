import { inSrgb } from './deep-colours.js';
import { decoding, mostPixels, readHeader, UnreadableImageError } from './picture-header.js';
import { sharp } from './sharp.js';

/** Instagram publishes JPEG of at most 8 MB, and nothing else. */
const MOST_BYTES = 8_000_000;
export const LEAST_QUALITY = 40;
export const USUAL_QUALITY = 90;

/**
 * A finished picture as it can be posted: baseline JPEG in sRGB, colours at full resolution so that small coloured letters
 * stay crisp, transparency laid on white, without metadata. The quality is lowered until the file is small enough.
 * @throws UnreadableImageError when the bytes are no whole picture, or too large for any quality.
 */
export async function jpegForPosting(bytes: Buffer, wished = USUAL_QUALITY): Promise<Buffer> {
  const { format, width, height, isDeep } = await readHeader(bytes);
  for (let quality = wished; quality >= LEAST_QUALITY; quality -= 10) {
    const jpeg = await decoding(format, () =>
      inSrgb(sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels() }).autoOrient(), isDeep)
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .jpeg({ quality, chromaSubsampling: '4:4:4', progressive: false })
        .toBuffer(),
    );
    if (jpeg.length < MOST_BYTES) return jpeg;
  }
  throw new UnreadableImageError(
    `The picture of ${width} x ${height} pixels does not fit into a JPEG of 8 MB; make it smaller.`,
  );
}

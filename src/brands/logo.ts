import { inSrgb, isDeep } from '../imaging/deep-colours.js';
import { foreignFormat, sniffFormat } from '../imaging/file-format.js';
import type { Box } from '../imaging/geometry.js';
import { inspectPicture, UnreadableImageError } from '../imaging/picture.js';
import { sharp } from '../imaging/sharp.js';

/** A logo is a few shapes; what is larger is a photo, or made to fill the memory. */
export const LARGEST_LOGO = 2 * 1024 * 1024;
const MOST_PIXELS = 16e6;
/** Enough for a quarter of the largest picture, with room to be drawn sharply. */
const LONG_SIDE = 1024;
const LEAST_LONG_SIDE = 64;
/** Alpha 0..255: below, a pixel is not seen; above, nothing shows through it. */
const SEEN = 12;
const SOLID = 250;

/**
 * A logo as it is kept: a PNG with transparency in sRGB, its empty margins cut off, the long side at most 1024 pixels,
 * and nothing else in the file.
 * @throws UnreadableImageError for what is no whole PNG, has no transparency, or shows nothing.
 */
export async function prepareLogo(bytes: Buffer): Promise<Buffer> {
  refuseForeign(bytes);
  await inspectPicture(bytes);
  const sent = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS });
  const small = sent.clone().resize(LONG_SIDE, LONG_SIDE, { fit: 'inside', withoutEnlargement: true });
  const { data, info } = await inSrgb(small, isDeep(await sent.metadata()))
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const { x, y, ...seen } = seenPart(data, width, height);
  if (Math.max(seen.width, seen.height) < LEAST_LONG_SIDE)
    throw new UnreadableImageError(
      `What is seen of the logo is only ${seen.width} x ${seen.height} pixels; one side needs at least ${LEAST_LONG_SIDE}. Send a larger one.`,
    );
  return sharp(data, { raw: { width, height, channels: 4 } })
    .extract({ left: x, top: y, width: seen.width, height: seen.height })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

function refuseForeign(bytes: Buffer): void {
  if (bytes.length > LARGEST_LOGO)
    throw new UnreadableImageError(`The logo has more than ${LARGEST_LOGO / 1024 / 1024} MB. Send a smaller copy.`);
  const format = bytes.length === 0 ? 'png' : sniffFormat(bytes);
  if (format !== 'png') {
    const seems = format === null ? foreignFormat(bytes) : `a ${format.toUpperCase()}`;
    throw new UnreadableImageError(
      `The logo is not a PNG${seems ? ` but ${seems}` : ''}. Save it as a PNG with a transparent background.`,
    );
  }
  // Width and height stand in the header chunk, which comes first: known before anything is decoded.
  const pixels = bytes.length < 24 ? 0 : bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
  if (pixels > MOST_PIXELS)
    throw new UnreadableImageError(
      `The logo has ${Math.ceil(pixels / 1e6)} megapixels; at most ${MOST_PIXELS / 1e6} are taken. Send a smaller copy.`,
    );
}

/** Where anything is to be seen, in pixels. */
function seenPart(rgba: Buffer, width: number, height: number): Box {
  const [columns, rows] = [new Set<number>(), new Set<number>()];
  let isSolid = true;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = rgba[4 * pixel + 3] as number;
    if (alpha < SOLID) isSolid = false;
    if (alpha < SEEN) continue;
    columns.add(pixel % width);
    rows.add(Math.floor(pixel / width));
  }
  if (isSolid)
    throw new UnreadableImageError(
      'The logo has no transparent background: it would stand on the picture as a box. Save it as a PNG with transparency.',
    );
  if (columns.size === 0)
    throw new UnreadableImageError(
      'The logo is transparent throughout; nothing of it is to be seen. Send another file.',
    );
  const [x, y] = [Math.min(...columns), Math.min(...rows)];
  return { x, y, width: Math.max(...columns) - x + 1, height: Math.max(...rows) - y + 1 };
}

export type FileFormat = 'jpeg' | 'png' | 'webp';

/** What the first bytes say the file is; a name or a content type may lie, these do not. */
export function sniffFormat(bytes: Buffer): FileFormat | null {
  if (startsWith(bytes, 'ffd8ff')) return 'jpeg';
  if (startsWith(bytes, '89504e470d0a1a0a')) return 'png';
  if (startsWith(bytes, '52494646') && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  return null;
}

/** What a file that is none of these seems to be, for the words of a refusal: 'a GIF', or null when nothing is known. */
export function foreignFormat(bytes: Buffer): string | null {
  if (startsWith(bytes, '474946383')) return 'a GIF';
  if (startsWith(bytes, '49492a00') || startsWith(bytes, '4d4d002a')) return 'a TIFF';
  if (startsWith(bytes, '424d')) return 'a BMP';
  if (startsWith(bytes, '25504446')) return 'a PDF';
  // ISO base media: the brand tells telephone photos and films apart.
  if (bytes.toString('latin1', 4, 8) === 'ftyp') {
    const brand = bytes.toString('latin1', 8, 12);
    if (/^(hei|hev|mif|msf)/.test(brand)) return 'a HEIC';
    if (brand.startsWith('av')) return 'an AVIF';
    return 'a video';
  }
  if (/<svg[\s>]/i.test(bytes.toString('latin1', 0, 1024))) return 'an SVG';
  return null;
}

const startsWith = (bytes: Buffer, hex: string): boolean =>
  bytes.toString('hex', 0, Math.ceil(hex.length / 2)).startsWith(hex);

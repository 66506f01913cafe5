export type FileFormat = 'jpeg' | 'png' | 'webp';

/** What the first bytes say the file is; a name or a content type may lie, these do not. */
export function sniffFormat(bytes: Buffer): FileFormat | null {
  if (startsWith(bytes, 'ffd8ff')) return 'jpeg';
  if (startsWith(bytes, '89504e470d0a1a0a')) return 'png';
  if (startsWith(bytes, '52494646') && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  return null;
}

/** Kept as one file by telephones and browsers, and decoded apart from everything else (`heif/`). */
export type HeifFormat = 'heic' | 'avif';

/** HEIC and AVIF are told apart by the brands with which their container begins, in whichever order these stand. */
export function sniffHeif(bytes: Buffer): HeifFormat | null {
  const brands = brandsOf(bytes);
  if (brands.some((brand) => /^avi[fs]$/.test(brand))) return 'avif';
  return brands.some((brand) => /^(hei|hev|mif|msf)/.test(brand)) ? 'heic' : null;
}

/** The main brand and the compatible ones of an ISO base media file; none for other files. */
function brandsOf(bytes: Buffer): string[] {
  if (bytes.toString('latin1', 4, 8) !== 'ftyp') return [];
  const end = Math.min(bytes.readUInt32BE(0), bytes.length, 256);
  const brands = [bytes.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(bytes.toString('latin1', at, at + 4));
  return brands;
}

/** What a file that is none of these seems to be, for the words of a refusal: 'a GIF', or null when nothing is known. */
export function foreignFormat(bytes: Buffer): string | null {
  if (startsWith(bytes, '474946383')) return 'a GIF';
  if (startsWith(bytes, '49492a00') || startsWith(bytes, '4d4d002a')) return 'a TIFF';
  if (startsWith(bytes, '424d')) return 'a BMP';
  if (startsWith(bytes, '25504446')) return 'a PDF';
  const heif = sniffHeif(bytes);
  if (heif) return heif === 'heic' ? 'a HEIC' : 'an AVIF';
  if (brandsOf(bytes).length > 0) return 'a video';
  if (/<svg[\s>]/i.test(bytes.toString('latin1', 0, 1024))) return 'an SVG';
  return null;
}

const startsWith = (bytes: Buffer, hex: string): boolean =>
  bytes.toString('hex', 0, Math.ceil(hex.length / 2)).startsWith(hex);

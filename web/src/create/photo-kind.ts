/** The kinds of photo that are taken; what a telephone calls them does not matter, and some give no name at all. */
const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.slice(from, to));

export type PhotoKind = 'jpeg' | 'png' | 'webp' | 'heic' | 'avif';

/** ISO base media brands of HEIC (Apple, Samsung) and AVIF files. */
const HEIC_BRANDS = /heic|heix|heim|heis|hevc|hevx|mif1|msf1/;
const AVIF_BRANDS = /avif|avis/;
const HEAD = 64;

/** What a file is by its first bytes; undefined for what is no photo that we take. */
export async function photoKindOf(file: Blob): Promise<PhotoKind | undefined> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (head[0] === 0xff && head[1] === 0xd8) return 'jpeg';
  if (ascii(head, 1, 4) === 'PNG') return 'png';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'webp';
  if (ascii(head, 4, 8) !== 'ftyp') return undefined;
  // Files of both kinds name "mif1" as well: who names AVIF is one.
  const brands = ascii(head, 8, HEAD);
  if (AVIF_BRANDS.test(brands)) return 'avif';
  return HEIC_BRANDS.test(brands) ? 'heic' : undefined;
}

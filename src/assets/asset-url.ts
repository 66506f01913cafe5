export const PREFIX = '/assets/';
const REFUSAL = 'asset_url must start with /assets/ and name a file below it';

/** The URL does not name a file under the assets root. The message never says what is or is not on the disk. */
export class AssetPathError extends Error {
  override readonly name = 'AssetPathError';

  constructor() {
    super(REFUSAL);
  }
}

/**
 * The folders and the file that an asset URL names, below the root. A URL may be percent-encoded, as browsers and some
 * writers of rows send it; it is decoded once and no more.
 * @throws AssetPathError for everything that is not `/assets/<relative path staying under the root>`.
 */
export function segmentsOf(url: string): string[] {
  const name = decoded(url);
  if (!name.startsWith(PREFIX)) throw new AssetPathError();
  // A `%` that is left is refused: a proxy in front may decode once more than we do.
  if (/[\\%\p{Cc}]/u.test(name)) throw new AssetPathError();
  const segments = name.slice(PREFIX.length).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) throw new AssetPathError();
  if (segments.some((segment) => Buffer.byteLength(segment) > 255) || Buffer.byteLength(name) > 2048)
    throw new AssetPathError();
  return segments;
}

/**
 * All ways in which the same asset may be written down. Hangul is one sign a syllable on most systems and one a letter on
 * Apple's, in names of files as in rows.
 * @throws AssetPathError as `segmentsOf`.
 */
export function spellingsOf(url: string): { plain: string[]; encoded: string[] } {
  const name = PREFIX + segmentsOf(url).join('/');
  const plain = [...new Set([name, name.normalize('NFC'), name.normalize('NFD')])];
  return { plain, encoded: plain.map((spelling) => spelling.split('/').map(encodeURIComponent).join('/')) };
}

function decoded(url: string): string {
  // What would become a new folder by being decoded was no part of the path when it was looked at.
  if (/%2f|%5c/i.test(url)) throw new AssetPathError();
  try {
    return decodeURIComponent(url);
  } catch {
    throw new AssetPathError();
  }
}

import { stat } from 'node:fs/promises';
import { AssetMissingError, AssetPathError, type AssetStore } from '../../assets/asset-store.js';
import { type ReadPicture, readPicture } from '../../imaging/picture.js';
import type { Logger } from '../../log.js';
import { badRequest } from './refusal.js';

/** Nothing is measured on more pixels than this, on the long side; pictures of ours are smaller. */
const LONG_SIDE = 2200;
/** Three finished pictures and what they were drawn on fit. */
const MOST_BYTES = 48 * 1024 * 1024;

/** Pictures as pixels. The stages that look at the same one after the other decode it once. */
export interface DecodedPictures {
  /**
   * The whole, checked picture behind an asset URL. Its pixels belong to all callers: they are read, never written.
   * @throws Refusal 400 for a URL outside of /assets/ and for a missing file, UnreadableImageError for no picture.
   */
  load(url: string): Promise<ReadPicture>;
}

export function createDecodedPictures(assets: AssetStore, mostBytes = MOST_BYTES): DecodedPictures {
  /** Least recently used first. */
  const kept = new Map<string, { picture: Promise<ReadPicture>; bytes: number }>();

  const makeRoom = (): void => {
    let held = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [key, { bytes }] of kept) {
      if (held <= mostBytes) return;
      kept.delete(key);
      held -= bytes;
    }
  };

  const begin = (key: string, url: string): Promise<ReadPicture> => {
    const picture = assets.read(url).then((bytes) => readPicture(bytes, LONG_SIDE));
    const entry = { picture, bytes: 0 };
    kept.set(key, entry);
    picture.then(
      ({ data }) => {
        entry.bytes = data.byteLength;
        makeRoom();
      },
      // What failed is tried again by the next one to ask.
      () => kept.delete(key),
    );
    return picture;
  };

  return {
    async load(url) {
      try {
        const key = await versionOf(assets, url);
        const known = kept.get(key);
        if (!known) return await begin(key, url);
        kept.delete(key);
        kept.set(key, known);
        return await known.picture;
      } catch (error) {
        if (error instanceof AssetPathError) throw badRequest(error.message);
        if (error instanceof AssetMissingError) throw badRequest('Failed to load image: the file is missing');
        throw error;
      }
    },
  };
}

/** A finished picture, and the one its text was drawn on. Looking without the latter is less exact, not impossible. */
export async function loadBoth(
  { pictures, log }: { pictures: DecodedPictures; log: Logger },
  url: string,
  backgroundUrl: string | null | undefined,
): Promise<{ picture: ReadPicture; background: ReadPicture | null }> {
  const picture = await pictures.load(url);
  if (!backgroundUrl) return { picture, background: null };
  const background = await pictures.load(backgroundUrl).catch((error: unknown) => {
    log.warn({ err: error }, 'the picture before the text cannot be read; looking without it');
    return null;
  });
  return { picture, background };
}

/** The file as it is now: others may put another picture in its place. */
async function versionOf(assets: AssetStore, url: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(await assets.locate(url));
  return [url, ino, size, mtimeMs].join(' ');
}

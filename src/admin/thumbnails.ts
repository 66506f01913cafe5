import type { AssetStore } from '../assets/asset-store.js';
import { shrinkPicture } from '../imaging/picture.js';
import { createSlots } from '../imaging/slots.js';
import { takePhoto } from '../imaging/take-photo.js';

/** A board shows hundreds of pictures; in full they would be hundreds of megabytes. */
export const THUMBNAIL_WIDTHS = [320, 720] as const;
export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];

/** Beside the bridge, pictures get one decoder at a time. */
const DECODERS = 1;
/** About 15 KB each. */
const KEPT = 400;

/** Small copies of assets, made when first asked for and kept while they are asked for. */
export const createThumbnails = (assets: AssetStore) => {
  const slots = createSlots(DECODERS);
  const kept = new Map<string, Promise<Buffer>>();

  const make = (url: string, width: ThumbnailWidth): Promise<Buffer> =>
    slots.run(async () => shrinkPicture(await takePhoto(await assets.read(url)), width));

  return {
    /** WebP. @throws as `AssetStore.read`, and UnreadableImageError for what is no picture. */
    async of(url: string, width: ThumbnailWidth): Promise<Buffer> {
      const key = `${width} ${url}`;
      const known = kept.get(key);
      // Moved to the end: what was asked for longest ago goes first.
      kept.delete(key);
      const picture = known ?? make(url, width);
      kept.set(key, picture);
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      // A file that comes later must not stay missing.
      picture.catch(() => kept.delete(key));
      return picture;
    },
  };
};

export type Thumbnails = ReturnType<typeof createThumbnails>;

import type { PictureFormat } from './provider.js';

/** Pixels of each format, as Instagram shows it. */
export const PICTURE_SIZES: Readonly<Record<PictureFormat, { width: number; height: number }>> = {
  square: { width: 1080, height: 1080 },
  portrait: { width: 1080, height: 1350 },
  tall: { width: 1080, height: 1440 },
  story: { width: 1080, height: 1920 },
};

export const PICTURE_FORMATS = Object.keys(PICTURE_SIZES) as [PictureFormat, ...PictureFormat[]];

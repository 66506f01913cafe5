import type { Raster } from './picture.js';

/** How bright a photo is at its darkest and brightest, without the few pixels that say nothing (1 %): 0..255. */
export interface Exposure {
  dark: number;
  bright: number;
}

/** A photo whose brightest parts stay below this was taken with too little light. */
export const DARK = 110;

/** Enough of a photo to know its light by, and quick. */
const SAMPLES = 100_000;

export function measureExposure({ data, width, height }: Raster): Exposure {
  const histogram = new Uint32Array(256);
  const pixels = width * height;
  const step = Math.max(1, Math.floor(pixels / SAMPLES));
  let count = 0;
  for (let i = 0; i < pixels; i += step) {
    const luma =
      (data[i * 3] as number) * 0.2126 + (data[i * 3 + 1] as number) * 0.7152 + (data[i * 3 + 2] as number) * 0.0722;
    histogram[Math.round(luma)] = (histogram[Math.round(luma)] as number) + 1;
    count++;
  }
  return { dark: percentile(histogram, count, 0.01), bright: percentile(histogram, count, 0.99) };
}

function percentile(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (const [luma, pixels] of histogram.entries()) {
    seen += pixels;
    if (seen >= count * share) return luma;
  }
  return histogram.length - 1;
}

import type { Mask } from '../mask.js';
import type { Raster } from '../picture.js';
import { type Cv, withNative } from './opencv.js';

/** What is known of each pixel beforehand, in OpenCV's numbers. */
export const GROUND = 0;
export const DISH = 1;
export const PROBABLY_GROUND = 2;
export const PROBABLY_DISH = 3;

/** OpenCV draws its first colour models from this; any number, but always the same. */
const SEED = 7;

/** GrabCut: colours of dish and ground are learned from the prior, the cheapest border between them is found. */
export function grabCut(cv: Cv, raster: Raster, prior: Uint8Array, rounds: number): Mask {
  const { width, height } = raster;
  return withNative((keep) => {
    const picture = keep(new cv.Mat(height, width, cv.CV_8UC3));
    (picture.data as Uint8Array).set(raster.data);
    const labels = keep(new cv.Mat(height, width, cv.CV_8UC1));
    (labels.data as Uint8Array).set(prior);
    const [ground, dish] = [keep(new cv.Mat()), keep(new cv.Mat())];
    cv.setRNGSeed(SEED);
    cv.grabCut(picture, labels, new cv.Rect(0, 0, width, height), ground, dish, rounds, cv.GC_INIT_WITH_MASK);
    // A copy: the labels themselves lie in WebAssembly's memory, which is about to be freed.
    const data = (labels.data as Uint8Array).map((label) => (label === DISH || label === PROBABLY_DISH ? 255 : 0));
    return { width, height, data };
  });
}

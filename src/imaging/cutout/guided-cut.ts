import type { Mask } from '../mask.js';
import type { Raster } from '../picture.js';
import { grabCut, DISH, GROUND, PROBABLY_DISH, PROBABLY_GROUND } from './grab-cut.js';
import type { Cv } from './opencv.js';
import { type Oval, radiusAt } from './oval.js';

const ROUNDS = 2;
/** In shares of the oval's radius: all of it is dish up to here … */
const SURE_DISH = 0.85;
/** … and nothing beyond here; in shares of the longer radius, for a bowl seen from the side hangs below its rim. */
const SURE_GROUND = 1.7;

/**
 * What belongs to the vessel by its colours. The rim says where it is; that the colours agree says that it is the
 * whole of it, and what they find beyond the rim is food that stands above it, the side of a bowl, or a handle.
 */
export function cutAround(cv: Cv, raster: Raster, oval: Oval): Mask {
  const { width, height } = raster;
  const round = { ...oval, a: Math.max(oval.a, 0.8 * oval.b), b: Math.max(oval.b, 0.8 * oval.a) };
  const prior = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const r = radiusAt(oval, x + 0.5, y + 0.5);
      const onFrame = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
      prior[y * width + x] =
        r < SURE_DISH
          ? DISH
          : onFrame || radiusAt(round, x + 0.5, y + 0.5) > SURE_GROUND
            ? GROUND
            : r < 1
              ? PROBABLY_DISH
              : PROBABLY_GROUND;
    }
  return grabCut(cv, raster, prior, ROUNDS);
}

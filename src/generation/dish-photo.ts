import { chroma, rgbToHsl, rgbToLab } from '../imaging/colour.js';
import type { Box } from '../imaging/geometry.js';
import { inspectPicture, type Raster, rasterOf } from '../imaging/picture.js';
import { segmentDish } from '../imaging/segmentation.js';
import { sharp } from '../imaging/sharp.js';
import { type Grade, gradeFor } from './grade.js';

/** More pixels than a 1080 canvas can show would only cost time. */
const WORKING_SIDE = 1600;
/** Appetite lives in warm colours; a grey photo borrows this hue. */
const DEFAULT_HUE = 28;

/** The shop's photo, decoded, with what the designs need to know about it. */
export interface DishPhoto {
  /** RGB, 3 bytes a pixel. */
  pixels: Buffer;
  width: number;
  height: number;
  /** The dish in pixels of this photo; the middle of the photo when none stands out. */
  dish: Box;
  /** Main hue of the dish in degrees. */
  hue: number;
  grade: Grade;
}

/**
 * Decodes the photo, finds the dish in it and decides on its grading.
 * @throws UnreadableImageError when the bytes are no whole picture.
 */
export async function readDishPhoto(bytes: Buffer, toneStyle: string | undefined): Promise<DishPhoto> {
  await inspectPicture(bytes);
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .resize(WORKING_SIDE, WORKING_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const segmentation = await segmentDish(bytes);
  const scale = info.width / segmentation.width;
  const found = segmentation.segments[0];
  const dish =
    found === undefined || found.confidence < 0.2
      ? { x: info.width * 0.15, y: info.height * 0.15, width: info.width * 0.7, height: info.height * 0.7 }
      : {
          x: found.box.x * scale,
          y: found.box.y * scale,
          width: found.box.width * scale,
          height: found.box.height * scale,
        };
  const small = await rasterOf(bytes, 160);
  const hue = hueInside(small, scaleBox(dish, small.width / info.width));
  return { pixels: data, width: info.width, height: info.height, dish, hue, grade: gradeFor(small, toneStyle) };
}

const scaleBox = (box: Box, factor: number): Box => ({
  x: box.x * factor,
  y: box.y * factor,
  width: box.width * factor,
  height: box.height * factor,
});

/** The hue that colourful pixels inside the box share most. */
function hueInside(raster: Raster, box: Box): number {
  const bins = new Float64Array(36);
  let strongest = 0;
  const bottom = Math.min(raster.height, box.y + box.height);
  const right = Math.min(raster.width, box.x + box.width);
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x++) {
      const i = (y * raster.width + x) * 3;
      const rgb = { r: raster.data[i] as number, g: raster.data[i + 1] as number, b: raster.data[i + 2] as number };
      const strength = chroma(rgbToLab(rgb));
      strongest = Math.max(strongest, strength);
      const bin = Math.floor(rgbToHsl(rgb).h / 10) % 36;
      bins[bin] = (bins[bin] as number) + strength * strength;
    }
  }
  return strongest < 8 ? DEFAULT_HUE : bins.indexOf(Math.max(...bins)) * 10 + 5;
}

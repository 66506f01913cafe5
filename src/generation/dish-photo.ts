import { chroma, rgbToHsl, rgbToLab } from '../imaging/colour.js';
import type { Box } from '../imaging/geometry.js';
import { type Raster, rasterOf } from '../imaging/picture.js';
import { type Grade, gradeFor } from './grade.js';
import type { PreparedPhoto } from './provider.js';

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

/** The prepared photo's pixels at the size the designs work with, and how to grade them for the tone style. */
export async function readDishPhoto(prepared: PreparedPhoto, promptType: string | null): Promise<DishPhoto> {
  const { width, height, data } = await rasterOf(prepared.upright, WORKING_SIDE);
  const dish = fromRatios(prepared.dish, width, height);
  const small = await rasterOf(prepared.upright, 160);
  const hue = hueInside(small, scaleBox(dish, small.width / width));
  const pixels = Buffer.from(data.buffer, data.byteOffset, data.length);
  return { pixels, width, height, dish, hue, grade: gradeFor(small, promptType ?? undefined) };
}

const fromRatios = (box: Box, width: number, height: number): Box => ({
  x: box.x * width,
  y: box.y * height,
  width: box.width * width,
  height: box.height * height,
});

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

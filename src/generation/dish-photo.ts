import { chroma, rgbToHsl, rgbToLab } from '../imaging/colour.js';
import type { Box } from '../imaging/geometry.js';
import { type Raster, rasterOf } from '../imaging/picture.js';
import { sharp } from '../imaging/sharp.js';
import type { Size } from './canvas.js';
import { applyGrade, type Grade, gradeFor } from './grade.js';
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
  /** Pixels of this copy per pixel of the photo that was sent; at most 1. */
  pixelScale: number;
  /** The dish in pixels of this photo; the middle of the photo when none stands out. */
  dish: Box;
  /** Main hue of the dish in degrees. */
  hue: number;
  grade: Grade;
  /** The dish alone, RGBA, trimmed to its box, graded; null when it could not be cut out. */
  cutout: CutoutPixels | null;
  /** Seen straight from above: it lies on its ground and throws its shadow all round. */
  isOverhead: boolean;
  /** Where the light comes from: -1 left .. 1 right. */
  light: number;
}

export interface CutoutPixels {
  data: Buffer;
  width: number;
  height: number;
}

/** Siblings that are made at the same time are handed one prepared photo; it is decoded once for all of them. */
const decoded = new WeakMap<PreparedPhoto, Map<string | null, Promise<DishPhoto>>>();

/**
 * The prepared photo's pixels at the size the designs work with, and how to grade them for the tone style. They belong
 * to all pictures of it: they are read, never written.
 */
export function readDishPhoto(prepared: PreparedPhoto, promptType: string | null): Promise<DishPhoto> {
  const known = decoded.get(prepared) ?? new Map<string | null, Promise<DishPhoto>>();
  decoded.set(prepared, known);
  const photo = known.get(promptType) ?? decodeDishPhoto(prepared, promptType);
  known.set(promptType, photo);
  // What failed is tried again by the next picture.
  photo.catch(() => known.delete(promptType));
  return photo;
}

async function decodeDishPhoto(prepared: PreparedPhoto, promptType: string | null): Promise<DishPhoto> {
  const { width, height, data } = await rasterOf(prepared.upright, WORKING_SIDE);
  const dish = fromRatios(prepared.dish, width, height);
  const small = await rasterOf(prepared.upright, 160);
  const hue = hueInside(small, scaleBox(dish, small.width / width));
  const pixels = Buffer.from(data.buffer, data.byteOffset, data.length);
  const grade = gradeFor(promptType ?? undefined);
  const cutout = prepared.cutout ? await readCutout(prepared.cutout, dish, { width, height }, grade) : null;
  return {
    pixels,
    width,
    height,
    pixelScale: Math.min(1, width / prepared.width),
    dish,
    hue,
    grade,
    cutout,
    isOverhead: cutout !== null && isRound(cutout),
    light: lightIn(small, scaleBox(dish, small.width / width)),
  };
}

async function readCutout(png: Buffer, dish: Box, size: Size, grade: Grade): Promise<CutoutPixels> {
  const left = Math.max(0, Math.floor(dish.x) - 1);
  const top = Math.max(0, Math.floor(dish.y) - 1);
  const { data, info } = await sharp(png)
    .resize(size.width, size.height, { fit: 'fill' })
    .extract({
      left,
      top,
      width: Math.min(size.width - left, Math.ceil(dish.width) + 2),
      height: Math.min(size.height - top, Math.ceil(dish.height) + 2),
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const raw = { width, height, channels: 4 as const };
  const colours = await sharp(data, { raw }).removeAlpha().raw().toBuffer();
  const alpha = await sharp(data, { raw }).extractChannel(3).toColourspace('b-w').raw().toBuffer();
  const graded = await applyGrade(colours, width, height, grade);
  const joined = await sharp(graded, { raw: { width, height, channels: 3 } })
    .joinChannel(alpha, { raw: { width, height, channels: 1 } })
    .raw()
    .toBuffer();
  return { data: joined, width, height };
}

/** A circle fills 0.785 of its box, a little more or less with bread over its rim; a plate seen at a slant is flatter. */
function isRound({ data, width, height }: CutoutPixels): boolean {
  let covered = 0;
  for (let i = 3; i < data.length; i += 4) covered += data[i] as number;
  const share = covered / 255 / (width * height);
  const aspect = width / height;
  return aspect > 0.86 && aspect < 1.16 && Math.abs(share - Math.PI / 4) < 0.06;
}

/** Mean brightness of the dish's right third against its left, where glaze and broth show the light best. */
function lightIn({ data, width, height }: Raster, box: Box): number {
  const sums = { left: 0, right: 0 };
  for (let y = Math.floor(box.y); y < Math.min(height, box.y + box.height); y++) {
    for (let x = Math.floor(box.x); x < Math.min(width, box.x + box.width); x++) {
      const i = (y * width + x) * 3;
      const luma = (data[i] as number) + 2 * (data[i + 1] as number) + (data[i + 2] as number);
      const across = (x - box.x) / box.width;
      if (across < 0.33) sums.left += luma;
      else if (across > 0.67) sums.right += luma;
    }
  }
  return Math.max(-1, Math.min(1, (4 * (sums.right - sums.left)) / Math.max(1, sums.right + sums.left)));
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

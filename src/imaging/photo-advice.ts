import { blurOf } from './blur.js';
import { DARK, type Exposure } from './exposure.js';
import { type HeifFormat, sniffHeif } from './file-format.js';
import { findDish } from './find-dish.js';
import type { Box } from './geometry.js';
import { decodePicture, type PictureInfo, type Raster } from './picture.js';
import { takePhoto } from './take-photo.js';

/** What a shop could do better about its photo. None of these keeps an advertisement from being made. */
export type AdviceCode = 'small' | 'small_dish' | 'dark' | 'bright' | 'blurred' | 'no_dish' | 'dish_cut';

export interface Advice {
  code: AdviceCode;
  /** What was measured, and what it should be at least (small, small_dish, dark, dish_cut) or at most (the others). */
  measured: number;
  limit: number;
}

/** A photo as it is seen before anything is made of it. */
export interface SeenPhoto {
  /** Upright pixels of the file. */
  width: number;
  height: number;
  /** Its pixels, at most `GLANCE_SIDE` long. */
  raster: Raster;
  /** Before a dark photo was lifted. */
  exposure: Exposure;
  /** In shares of the photo; null when none stands out. */
  dish: Box | null;
}

export interface PhotoAdvice extends Omit<PictureInfo, 'format'> {
  format: PictureInfo['format'] | HeifFormat;
  advice: Advice[];
  dish: Box | null;
}

export const GLANCE_SIDE = 1024;

/** Pixels: below this the photo is enlarged on every picture. */
const LEAST_SHORT_SIDE = 600;
/** Pixels: a smaller dish is enlarged more than one and a half times where it fills its place. */
const LEAST_DISH = 500;
/** Share of the dish that is white without drawing. Of 87 good photos none has more than a tenth. */
const MOST_GLARE = 0.3;
/**
 * Of 87 good photos none is above 0.61, most are near 0.35; blurred over two pixels of a thousand half of them are above
 * this, over four all.
 */
const MOST_BLUR = 0.68;
/** Share of the photo between the dish and the nearest edge. */
const LEAST_MARGIN = 0.015;
const MIDDLE: Box = { x: 0.2, y: 0.2, width: 0.6, height: 0.6 };
const WHITE = 250;

/**
 * Looks at a photo as a shop sends it and says what could be better.
 * @throws UnreadableImageError for what cannot be used at all.
 */
export async function adviseOn(sent: Buffer): Promise<PhotoAdvice> {
  const { raster, exposure, ...info } = await decodePicture(await takePhoto(sent), GLANCE_SIDE);
  const dish = (await findDish(raster))?.box ?? null;
  const { width, height, format } = info;
  return {
    width,
    height,
    format: sniffHeif(sent) ?? format,
    advice: advise({ width, height, raster, exposure, dish }),
    dish,
  };
}

/** The gravest first: what no retouching mends. */
export function advise({ width, height, raster, exposure, dish }: SeenPhoto): Advice[] {
  const part = dish ?? MIDDLE;
  const dishSide = dish ? Math.round(Math.max(dish.width * width, dish.height * height)) : LEAST_DISH;
  const shortSide = Math.min(width, height);
  const margin = dish ? Math.min(dish.x, dish.y, 1 - dish.x - dish.width, 1 - dish.y - dish.height) : LEAST_MARGIN;
  const atLeast = (code: AdviceCode, measured: number, limit: number): Advice[] =>
    measured < limit ? [{ code, measured: rounded(measured), limit }] : [];
  const atMost = (code: AdviceCode, measured: number, limit: number): Advice[] =>
    measured > limit ? [{ code, measured: rounded(measured), limit }] : [];
  const size = atLeast('small', shortSide, LEAST_SHORT_SIDE);
  return [
    ...atMost('blurred', blurOf(raster, part), MOST_BLUR),
    ...atLeast('dark', exposure.bright, DARK),
    ...atMost('bright', glareIn(raster, part), MOST_GLARE),
    ...size,
    // A photo that is small has a small dish: said once.
    ...(size.length > 0 ? [] : atLeast('small_dish', dishSide, LEAST_DISH)),
    ...atLeast('no_dish', dish ? 1 : 0, 1),
    ...atLeast('dish_cut', Math.max(0, margin), LEAST_MARGIN),
  ];
}

/** The share of a part that is burnt out. */
function glareIn({ data, width, height }: Raster, part: Box): number {
  let white = 0;
  let all = 0;
  for (let y = Math.floor(part.y * height); y < Math.min(height, (part.y + part.height) * height); y += 2) {
    for (let x = Math.floor(part.x * width); x < Math.min(width, (part.x + part.width) * width); x += 2) {
      const i = (y * width + x) * 3;
      if (Math.min(data[i] as number, data[i + 1] as number, data[i + 2] as number) >= WHITE) white++;
      all++;
    }
  }
  return white / Math.max(1, all);
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

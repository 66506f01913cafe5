import { breathe } from './breathe.js';
import { clusterColours } from './clusters.js';
import { chroma, labToRgb, rgbToHsl, rgbToLab } from './colour.js';
import type { Rgb } from './contrast.js';
import { type Raster, type ReadPicture, shrinkRaster } from './picture.js';

const WORKING_SIDE = 200;
/** Colours need fewer pixels than focus does. */
const COLOUR_SIDE = 80;

export interface PictureMeasures {
  /** Pixels after EXIF rotation. */
  width: number;
  height: number;
  /** Mean Rec. 709 luma, 0 black .. 1 white. */
  brightness: number;
  /** Distance of the 5th and the 95th percentile of luma, 0..1. */
  contrast: number;
  /**
   * Variance of the 4-neighbour Laplacian of luma (0..1) at a long side of 200 px, divided by the variance of luma itself.
   * The division makes a dim and a bright copy of one photo score alike: about 0.02 blurred, above 0.2 crisp; 0 for a flat picture.
   */
  sharpness: number;
  /** Mean HSL saturation weighted by how far a pixel is from black and white, 0..1. */
  saturation: number;
  /** Share of pixels darker than 2 % and brighter than 98 % luma, 0..1. */
  clippedShadows: number;
  clippedHighlights: number;
  /** Degrees 0..360 of the most present hue, weighted by colourfulness; null when the picture is grey. */
  dominantHue: number | null;
  /** Main colours, most frequent first, at most 5. */
  palette: Rgb[];
}

/** Measures light, focus and colour of a photo. */
export async function measurePicture(picture: ReadPicture): Promise<PictureMeasures> {
  const { width, height } = picture.source;
  const raster = await shrinkRaster(picture, WORKING_SIDE);
  const colours = coloursOf(await shrinkRaster(picture, COLOUR_SIDE));
  await breathe();
  const luma = lumaOf(raster);
  const sorted = Float32Array.from(luma).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  return {
    width,
    height,
    brightness: luma.reduce((sum, value) => sum + value, 0) / luma.length,
    contrast: at(0.95) - at(0.05),
    sharpness: sharpnessOf(luma, raster.width, raster.height),
    clippedShadows: luma.reduce((count, value) => count + (value < 0.02 ? 1 : 0), 0) / luma.length,
    clippedHighlights: luma.reduce((count, value) => count + (value > 0.98 ? 1 : 0), 0) / luma.length,
    ...colours,
  };
}

function lumaOf({ data, width, height }: Raster): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    const p = i * 3;
    luma[i] =
      (0.2126 * (data[p] as number) + 0.7152 * (data[p + 1] as number) + 0.0722 * (data[p + 2] as number)) / 255;
  }
  return luma;
}

function sharpnessOf(luma: Float32Array, width: number, height: number): number {
  const laplacian: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const around =
        (luma[i - 1] as number) + (luma[i + 1] as number) + (luma[i - width] as number) + (luma[i + width] as number);
      laplacian.push(around - 4 * (luma[i] as number));
    }
  }
  const spread = variance(luma);
  return spread < 1e-6 ? 0 : variance(laplacian) / spread;
}

function variance(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return values.length === 0 ? 0 : Math.max(0, squares / values.length - (sum / values.length) ** 2);
}

function coloursOf({ data, width, height }: Raster): Pick<PictureMeasures, 'saturation' | 'dominantHue' | 'palette'> {
  const pixels = width * height;
  const lab = new Float32Array(pixels * 3);
  const hues = new Float64Array(36);
  let saturation = 0;
  let weight = 0;
  let colourful = 0;
  for (let i = 0; i < pixels; i++) {
    const rgb = { r: data[i * 3] as number, g: data[i * 3 + 1] as number, b: data[i * 3 + 2] as number };
    const colour = rgbToLab(rgb);
    lab.set([colour.l, colour.a, colour.b], i * 3);
    const { h, s, l } = rgbToHsl(rgb);
    const presence = 1 - Math.abs(2 * l - 1);
    saturation += s * presence;
    weight += presence;
    const strength = chroma(colour);
    colourful += strength;
    const bin = Math.floor(h / 10) % 36;
    hues[bin] = (hues[bin] as number) + strength * strength;
  }
  const strongest = hues.indexOf(Math.max(...hues));
  return {
    saturation: weight === 0 ? 0 : saturation / weight,
    dominantHue: colourful / pixels < 3 ? null : strongest * 10 + 5,
    palette: clusterColours(lab, 5).map(({ centre: [l, a, b] }) => labToRgb({ l, a, b })),
  };
}

import { chroma, rgbToLab } from './colour.js';
import { linearLight } from './contrast.js';
import type { Box } from './geometry.js';
import type { Raster } from './picture.js';

/*
 * What a careful editor's "auto" does to a photo of food: whites that are really white, light where the dish is dim,
 * black that is black. Everything is measured, applied in part, and bounded: a photo that is good comes out as it was,
 * and no colour of the food becomes another.
 */

/** How a photo is mended; the neutral one changes nothing. */
export interface Mend {
  /** Factors of linear light for red, green and blue; the smallest is 1, so that white stays white. */
  gains: [red: number, green: number, blue: number];
  /** Gamma-encoded levels 0..1 that become black and white. */
  black: number;
  white: number;
  /** Exponent of the middle tones: below 1 lifts them. */
  gamma: number;
  /** Share 0..1 of an S-shaped curve. */
  contrast: number;
  /** Factor of the distance from grey. */
  saturation: number;
}

export const NEUTRAL: Mend = { gains: [1, 1, 1], black: 0, white: 1, gamma: 1, contrast: 0, saturation: 1 };

/** Enough of a photo to know its light by. */
const SAMPLES = 40_000;

/** Lab b* (yellow) and a* (red) that everything has before it is taken for the light's, and how much of it goes. */
const EASY_WARMTH = 3;
const WARMTH_SHARE = 0.75;
const MOST_WARMTH = 24;
const EASY_TINT = 2;
const TINT_SHARE = 0.6;
const MOST_TINT = 7;

/** Lab chroma of a bright thing that is meant to be white. */
const NEARLY_GREY = 20;

/** Luma 0..1. */
const MOST_BLACK = 0.13;
const LEAST_WHITE = 0.7;
const DIM_DISH = 0.5;
const BRIGHT_DISH = 0.64;
const LEAST_GAMMA = 0.66;
const MOST_GAMMA = 1.1;

/** Measures the photo, with an eye to its dish (shares of the photo). */
export function measureMend(raster: Raster, dish: Box): Mend {
  const pixels = sample(raster, { x: 0, y: 0, width: 1, height: 1 });
  const gains = gainsAgainst(castOf(pixels));
  const lit = (rgb: Rgb): Rgb => rgb.map((value, i) => encode(decode(value) * (gains[i] as number))) as Rgb;
  const all = pixels.map(lit);
  const food = sample(raster, dish).map(lit);
  const lumas = sorted(all.map(lumaOf));
  const black = Math.min(MOST_BLACK, at(lumas, 0.005) * 0.85);
  const white = Math.min(1, Math.max(LEAST_WHITE, at(lumas, 0.995) + 0.015));
  const levelled = (luma: number): number => clamp((luma - black) / (white - black), 0, 1);

  const median = levelled(at(sorted(food.map(brightnessOf)), 0.5));
  // Dim food is lifted; bright food is a white plate far more often than a fault, and only held back a little.
  const wished =
    median < DIM_DISH ? median + (DIM_DISH - median) * 0.55 : median + (Math.min(median, BRIGHT_DISH) - median) * 0.3;
  const gamma = clamp(
    Math.log(clamp(wished, 0.01, 0.99)) / Math.log(clamp(median, 0.01, 0.99)),
    LEAST_GAMMA,
    MOST_GAMMA,
  );

  const span = levelled(at(lumas, 0.95)) - levelled(at(lumas, 0.05));
  const colour = mean(food.map((rgb) => chroma(rgbToLab({ r: rgb[0] * 255, g: rgb[1] * 255, b: rgb[2] * 255 }))));
  return {
    gains,
    black,
    white,
    gamma,
    contrast: clamp((0.8 - span) * 0.6, 0, 0.22),
    // Lifting takes colour away, stretching gives some.
    saturation: clamp(1 + (34 - colour) * 0.006 + (1 - gamma) * 0.25, 1, 1.16),
  };
}

type Rgb = [number, number, number];

/** Pixels as shares 0..1. */
function sample({ data, width, height }: Raster, box: Box): Rgb[] {
  const step = Math.max(1, Math.floor(Math.sqrt((box.width * width * box.height * height) / SAMPLES)));
  const pixels: Rgb[] = [];
  for (let y = Math.floor(box.y * height); y < Math.min(height, (box.y + box.height) * height); y += step) {
    for (let x = Math.floor(box.x * width); x < Math.min(width, (box.x + box.width) * width); x += step) {
      const i = (y * width + x) * 3;
      pixels.push([(data[i] as number) / 255, (data[i + 1] as number) / 255, (data[i + 2] as number) / 255]);
    }
  }
  return pixels;
}

/**
 * The colour of the light, as Lab a* and b* of what ought to be grey. Food is warm and so is wood: warm light is only to
 * blame for what is everywhere, when the coolest things on the photo are warm still, and its highlights too. Hardly any
 * food or table is pale blue or pale green: there what is bright and nearly grey says enough, above all white plates.
 */
function castOf(pixels: Rgb[]): { a: number; b: number } {
  const labs = pixels
    .map(([r, g, b]) => rgbToLab({ r: r * 255, g: g * 255, b: b * 255 }))
    .filter(({ l }) => l > 25 && l < 99.5);
  if (labs.length < 50) return { a: 0, b: 0 };
  const lights = sorted(labs.map(({ l }) => l));
  const bright = labs.filter(({ l }) => l >= at(lights, 0.9));
  const greyish = bright.filter((lab) => chroma(lab) < NEARLY_GREY);
  const axis = (key: 'a' | 'b'): number => {
    const low = at(sorted(labs.map((lab) => lab[key])), 0.08);
    const highlights = at(sorted(bright.map((lab) => lab[key])), 0.4);
    if (low > 0 && highlights > 0) return Math.min(low, highlights);
    return greyish.length < bright.length * 0.3 ? 0 : Math.min(0, at(sorted(greyish.map((lab) => lab[key])), 0.6));
  };
  return { a: axis('a'), b: axis('b') };
}

/** Factors that take the cast away in part. */
function gainsAgainst(cast: { a: number; b: number }): Mend['gains'] {
  const b = beyond(cast.b, EASY_WARMTH, WARMTH_SHARE, MOST_WARMTH);
  const a = beyond(cast.a, EASY_TINT, TINT_SHARE, MOST_TINT);
  // A light grey of this cast, and the grey that it should be.
  const fx = (70 + 16) / 116;
  const x = (fx + a / 500) ** 3;
  const z = (fx - b / 200) ** 3;
  const y = fx ** 3;
  const [X, Y, Z] = [x * 0.95047, y, z * 1.08883];
  const seen = [
    3.2404542 * X - 1.5371385 * Y - 0.4985314 * Z,
    -0.969266 * X + 1.8760108 * Y + 0.041556 * Z,
    0.0556434 * X - 0.2040259 * Y + 1.0572252 * Z,
  ];
  const factors = seen.map((value) => y / value);
  const least = Math.min(...factors);
  return factors.map((factor) => factor / least) as Mend['gains'];
}

const beyond = (value: number, easy: number, share: number, most: number): number =>
  Math.sign(value) * Math.min(most, Math.max(0, Math.abs(value) - easy) * share);

/** The pixels mended; `channels` 3 or 4, of which the fourth is left alone. A new buffer. */
export function mendPixels(data: Uint8Array, channels: 3 | 4, mend: Mend): Buffer {
  const curves = mend.gains.map((gain) => curveOf(gain, mend)) as [Uint8Array, Uint8Array, Uint8Array];
  const [red, green, blue] = curves;
  const out = Buffer.from(data);
  const keep = mend.saturation;
  for (let i = 0; i < out.length; i += channels) {
    const r = red[data[i] as number] as number;
    const g = green[data[i + 1] as number] as number;
    const b = blue[data[i + 2] as number] as number;
    const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    // What is strong already would lose its drawing.
    const strength = Math.max(Math.abs(r - luma), Math.abs(b - luma)) / 128;
    const factor = keep - (keep - 1) * Math.min(1, strength);
    out[i] = toByte(luma + (r - luma) * factor);
    out[i + 1] = toByte(luma + (g - luma) * factor);
    out[i + 2] = toByte(luma + (b - luma) * factor);
  }
  return out;
}

const toByte = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0);

function curveOf(gain: number, { black, white, gamma, contrast }: Mend): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) => {
    const lit = encode(decode(value / 255) * gain);
    const levelled = clamp((lit - black) / (white - black), 0, 1);
    const lifted = levelled ** gamma;
    const curved = lifted * lifted * (3 - 2 * lifted);
    return Math.round(255 * (lifted + (curved - lifted) * contrast));
  });
}

const decode = (share: number): number => linearLight(share * 255);
const encode = (linear: number): number => {
  const bounded = Math.min(1, linear);
  return bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055;
};
const lumaOf = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
/** Tomatoes and beets are not dim, though their luma is low. */
const brightnessOf = (rgb: Rgb): number => (lumaOf(rgb) + Math.max(...rgb)) / 2;
const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);
const at = (ordered: readonly number[], share: number): number =>
  ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

import { linearLight, type Rgb } from './contrast.js';

/** CIE L*a*b* under D65: L 0..100, a and b around -128..127. A step of about 2.3 is just visible. */
export interface Lab {
  l: number;
  a: number;
  b: number;
}

/** Hue in degrees 0..360, saturation and lightness 0..1. */
export interface Hsl {
  h: number;
  s: number;
  l: number;
}

const WHITE = { x: 0.95047, y: 1, z: 1.08883 };
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => linearLight(value));

const labCurve = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
const labCurveBack = (t: number): number => (t ** 3 > 216 / 24389 ? t ** 3 : ((t - 16 / 116) * 116 * 27) / 24389);

/** sRGB (whole numbers 0..255) to Lab. */
export function rgbToLab({ r, g, b }: Rgb): Lab {
  const red = LINEAR[Math.round(r)] ?? 0;
  const green = LINEAR[Math.round(g)] ?? 0;
  const blue = LINEAR[Math.round(b)] ?? 0;
  const x = labCurve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / WHITE.x);
  const y = labCurve((0.2126729 * red + 0.7151522 * green + 0.072175 * blue) / WHITE.y);
  const z = labCurve((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / WHITE.z);
  return { l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) };
}

/** Lab to the nearest sRGB colour; what sRGB cannot show is clipped channel by channel. */
export function labToRgb({ l, a, b }: Lab): Rgb {
  const fy = (l + 16) / 116;
  const x = labCurveBack(fy + a / 500) * WHITE.x;
  const y = labCurveBack(fy) * WHITE.y;
  const z = labCurveBack(fy - b / 200) * WHITE.z;
  const encode = (linear: number): number => {
    const share = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  };
  return {
    r: encode(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
    g: encode(-0.969266 * x + 1.8760108 * y + 0.041556 * z),
    b: encode(0.0556434 * x - 0.2040259 * y + 1.0572252 * z),
  };
}

/** Colourfulness of a Lab colour: 0 is grey, above about 20 has a clear hue. */
export const chroma = ({ a, b }: Lab): number => Math.hypot(a, b);

/** sRGB to hue, saturation and lightness. Grey has hue 0. */
export function rgbToHsl({ r, g, b }: Rgb): Hsl {
  const high = Math.max(r, g, b) / 255;
  const low = Math.min(r, g, b) / 255;
  const l = (high + low) / 2;
  const span = high - low;
  if (span === 0) return { h: 0, s: 0, l };
  const s = span / (1 - Math.abs(2 * l - 1));
  const sector =
    high === r / 255 ? (g - b) / 255 / span : high === g / 255 ? (b - r) / 255 / span + 2 : (r - g) / 255 / span + 4;
  return { h: (sector * 60 + 360) % 360, s: Math.min(1, s), l };
}

/** Hue (any number of degrees), saturation and lightness (0..1) to sRGB. */
export function hslToRgb({ h, s, l }: Hsl): Rgb {
  const channel = (offset: number): number => {
    const k = (offset + (((h % 360) + 360) % 360) / 30) % 12;
    return Math.round(255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return { r: channel(0), g: channel(8), b: channel(4) };
}

/**
 * Reads RRGGBB or RRGGBBAA, with or without a leading '#'; alpha is 0..255 and 255 when not given.
 * @returns null when the text is no colour.
 */
export function parseHexColour(text: string): (Rgb & { alpha: number }) | null {
  const digits = /^#?([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(text.trim());
  if (digits?.[1] === undefined) return null;
  const number = Number.parseInt(digits[1], 16);
  return {
    r: number >> 16,
    g: (number >> 8) & 255,
    b: number & 255,
    alpha: digits[2] === undefined ? 255 : Number.parseInt(digits[2], 16),
  };
}

const hexByte = (value: number): string =>
  Math.min(255, Math.max(0, Math.round(value)))
    .toString(16)
    .padStart(2, '0');

/** RRGGBB in small letters without '#'; with an alpha (0..255) RRGGBBAA. */
export const toHex = ({ r, g, b }: Rgb, alpha?: number): string =>
  [r, g, b, ...(alpha === undefined ? [] : [alpha])].map(hexByte).join('');

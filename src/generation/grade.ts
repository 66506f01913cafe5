import { rgbToHsl } from '../imaging/colour.js';
import type { Raster } from '../imaging/picture.js';
import { sharp } from '../imaging/sharp.js';

/** Changes to light and colour of a photo; 1 (and warmth 0) leaves it as it is. */
export interface Grade {
  brightness: number;
  saturation: number;
  contrast: number;
  /** -1 cool .. 1 warm. */
  warmth: number;
}

/** What a tone style's name asks of the light. Words of both languages, since shops choose from a bilingual list. */
const TONES: { words: RegExp; change: Partial<Grade> }[] = [
  { words: /comfort|emotion|warm|cozy|감성|따뜻|포근|집밥/iu, change: { warmth: 0.6, contrast: 0.97 } },
  { words: /hero|premium|luxur|focus|고급|강렬|프리미엄/iu, change: { contrast: 1.08, saturation: 1.04 } },
  { words: /minimal|clean|simple|미니멀|깔끔|심플/iu, change: { saturation: 0.95, brightness: 1.03 } },
  { words: /retro|vintage|레트로|빈티지|복고/iu, change: { warmth: 0.4, saturation: 0.92 } },
  {
    words: /season|fresh|spring|summer|계절|시즌|상큼|신선/iu,
    change: { saturation: 1.1, brightness: 1.04, warmth: -0.15 },
  },
];

/** A grading that lifts a dim or dull photo to where food looks good, then leans towards the tone style. */
export function gradeFor(raster: Raster, toneStyle: string | undefined): Grade {
  const pixels = raster.data.length / 3;
  let light = 0;
  let colour = 0;
  let glaring = 0;
  for (let i = 0; i < raster.data.length; i += 3) {
    const rgb = { r: raster.data[i] as number, g: raster.data[i + 1] as number, b: raster.data[i + 2] as number };
    light += (0.2126 * rgb.r + 0.7152 * rgb.g + 0.0722 * rgb.b) / 255;
    const { s, l } = rgbToHsl(rgb);
    if (Math.max(rgb.r, rgb.g, rgb.b) > 235) glaring++;
    colour += s * (1 - Math.abs(2 * l - 1));
  }
  const meanLight = light / pixels;
  const meanColour = colour / pixels;
  const brightest = glaring / pixels;
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  // Where parts are near white already, lifting the rest would burn them out.
  const grade: Grade = {
    brightness: clamp(0.45 / Math.max(0.05, meanLight), 0.96, brightest > 0.03 ? 1.05 : 1.2),
    saturation: clamp(1.22 - meanColour * 0.45, 1.02, 1.18),
    // A photo that is dark as it is would sink into black.
    contrast: clamp(0.86 + meanLight * 0.6, 0.95, 1.05),
    warmth: 0.15,
  };
  const tone = TONES.find(({ words }) => toneStyle !== undefined && words.test(toneStyle));
  if (tone === undefined) return grade;
  return {
    brightness: grade.brightness * (tone.change.brightness ?? 1),
    saturation: grade.saturation * (tone.change.saturation ?? 1),
    contrast: grade.contrast * (tone.change.contrast ?? 1),
    warmth: tone.change.warmth ?? grade.warmth,
  };
}

/** Applies a grading to raw RGB pixels. */
export async function applyGrade(pixels: Buffer, width: number, height: number, grade: Grade): Promise<Buffer> {
  const { brightness, saturation, contrast, warmth } = grade;
  // Contrast turns around the middle grey; warmth trades blue for red.
  const middle = 128 * (1 - contrast);
  const gains = [contrast * (1 + 0.045 * warmth), contrast * (1 + 0.008 * warmth), contrast * (1 - 0.06 * warmth)];
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .modulate({ brightness, saturation })
    .linear(gains, [middle, middle, middle])
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer();
}

import { sharp } from '../imaging/sharp.js';

/** Changes to light and colour of a photo; 1 (and warmth 0) leaves it as it is. */
export interface Grade {
  brightness: number;
  saturation: number;
  contrast: number;
  /** -1 cool .. 1 warm. */
  warmth: number;
}

const AS_IT_IS: Grade = { brightness: 1, saturation: 1, contrast: 1, warmth: 0 };

/**
 * What a tone style's name asks of the light. Words of both languages, since shops choose from a bilingual list. The photo
 * comes mended (`imaging/mend.ts`): this is a shade of mood, and the food keeps its colour.
 */
const TONES: { words: RegExp; change: Partial<Grade> }[] = [
  { words: /comfort|emotion|warm|cozy|감성|따뜻|포근|집밥/iu, change: { warmth: 0.4, contrast: 0.98 } },
  { words: /hero|premium|luxur|focus|고급|강렬|프리미엄/iu, change: { contrast: 1.04 } },
  { words: /minimal|clean|simple|미니멀|깔끔|심플/iu, change: { saturation: 0.97, brightness: 1.02 } },
  { words: /retro|vintage|레트로|빈티지|복고/iu, change: { warmth: 0.3, saturation: 0.94 } },
  {
    words: /season|fresh|spring|summer|계절|시즌|상큼|신선/iu,
    change: { saturation: 1.04, brightness: 1.02, warmth: -0.08 },
  },
];

/** How a mended photo leans towards its tone style; one that chose none, or another, is left as it is. */
export function gradeFor(toneStyle: string | undefined): Grade {
  const tone = TONES.find(({ words }) => toneStyle !== undefined && words.test(toneStyle));
  return { ...AS_IT_IS, ...tone?.change };
}

/** Applies a grading to raw RGB pixels. */
export async function applyGrade(pixels: Buffer, width: number, height: number, grade: Grade): Promise<Buffer> {
  const { brightness, saturation, contrast, warmth } = grade;
  if (brightness === 1 && saturation === 1 && contrast === 1 && warmth === 0) return pixels;
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

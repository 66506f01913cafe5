import { toHex, rgbToHsl } from '../../imaging/colour.js';
import { contrastRatio, type Rgb } from '../../imaging/contrast.js';
import { type Box, toRatios } from '../../imaging/geometry.js';
import { measurePicture, type PictureMeasures } from '../../imaging/measure.js';
import type { ReadPicture } from '../../imaging/picture.js';
import { segmentPixels } from '../../imaging/segmentation.js';
import { judgeAdvertisement } from '../judge/judge.js';
import { describeMenu, findEnglishDish } from './language/menu.js';
import type { Family } from '../../brief/dishes.js';
import type { AnalyzeRequest, FontRecommendation, PictureAnalysis, VisionLanguageEngine } from './vision-language.js';

/** Judges pictures by what can be measured: light, focus, colour, where the dish is, how the text stands out. */
export const createLocalVision = (): VisionLanguageEngine => ({
  provider: 'local-vision',
  model: 'picture-measures',
  analyzePrompt:
    'Measure sharpness, exposure, colour and the size and place of the dish; compare its colours with the copy.',
  analyze,
  judge: judgeAdvertisement,
});

async function analyze({ picture, dish, adCopyText }: AnalyzeRequest): Promise<PictureAnalysis> {
  const measures = await measurePicture(picture);
  const quality = qualityOf(measures);
  const subject = subjectOf(dish ? { ...dish, areaShare: dish.box.width * dish.box.height } : await findDish(picture));
  const match = adCopyText ? matchOf(adCopyText, measures) : null;
  const relevance = round(
    match ? 0.45 * subject.score + 0.3 * quality.score + 0.25 * match.score : 0.6 * subject.score + 0.4 * quality.score,
  );
  const issues = [...quality.issues, ...subject.issues, ...(match && match.score < 0.5 ? [match.words] : [])];
  const isValid = subject.score >= 0.3 && quality.score >= 0.3;
  return {
    is_valid: isValid,
    image_quality_ok: quality.issues.length === 0,
    relevance_score: relevance,
    analysis: [describe(measures), subject.words, ...(match ? [match.words] : []), `Relevance ${relevance}.`].join(' '),
    issues,
    recommendations: [],
    font_recommendation: recommendFont(measures),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const percent = (value: number): string => `${Math.round(value * 100)} %`;

interface Aspect {
  /** 0..1 */
  score: number;
  words: string;
  issues: string[];
}

function qualityOf(m: PictureMeasures): Aspect {
  const issues: string[] = [];
  if (m.sharpness < 0.03) issues.push(`The picture is blurred (sharpness ${m.sharpness.toFixed(3)}).`);
  if (m.brightness < 0.18) issues.push(`The picture is too dark (mean brightness ${percent(m.brightness)}).`);
  if (m.brightness > 0.9) issues.push(`The picture is too bright (mean brightness ${percent(m.brightness)}).`);
  if (m.contrast < 0.15) issues.push(`The picture is flat (tonal range ${percent(m.contrast)}).`);
  if (m.clippedHighlights > 0.25) issues.push(`${percent(m.clippedHighlights)} of the picture is burnt out.`);
  if (m.clippedShadows > 0.35) issues.push(`${percent(m.clippedShadows)} of the picture is black.`);
  if (Math.min(m.width, m.height) < 480) issues.push(`The picture is small (${m.width} x ${m.height} pixels).`);
  const focus = Math.min(1, m.sharpness / 0.12);
  const exposure = 1 - Math.min(1, Math.abs(m.brightness - 0.5) * 1.6);
  const range = Math.min(1, m.contrast / 0.6);
  return { score: 0.4 * focus + 0.3 * exposure + 0.3 * range, words: '', issues };
}

interface FoundDish {
  /** Shares of the picture. */
  box: Box;
  areaShare: number;
  confidence: number;
}

async function findDish(picture: ReadPicture): Promise<FoundDish | undefined> {
  const { segments, width, height } = await segmentPixels(picture);
  return segments[0] && { ...segments[0], box: toRatios(segments[0].box, width, height) };
}

function subjectOf(dish: FoundDish | undefined): Aspect {
  if (!dish) {
    return {
      score: 0.15,
      words: 'No dish stands out from its surroundings.',
      issues: ['No dish stands out from its surroundings.'],
    };
  }
  const centre = { x: dish.box.x + dish.box.width / 2, y: dish.box.y + dish.box.height / 2 };
  const offCentre = Math.hypot(centre.x - 0.5, centre.y - 0.5);
  const size = Math.min(1, dish.areaShare / 0.2);
  const issues: string[] = [];
  if (dish.areaShare < 0.06) issues.push(`The dish is small (${percent(dish.areaShare)} of the picture).`);
  if (offCentre > 0.3) issues.push('The dish is far from the centre.');
  return {
    score: 0.45 * size + 0.3 * (1 - Math.min(1, offCentre * 2)) + 0.25 * dish.confidence,
    words: `The dish covers ${percent(dish.areaShare)}, centred at ${percent(centre.x)} from the left and ${percent(centre.y)} from the top (confidence ${dish.confidence.toFixed(2)}).`,
    issues,
  };
}

/** Hues, in degrees, that dishes of a family usually show. */
const USUAL_HUES: Partial<Record<Family, [from: number, to: number][]>> = {
  soup: [
    [345, 360],
    [0, 60],
  ],
  salad: [[60, 170]],
  grill: [
    [0, 50],
    [340, 360],
  ],
  fried: [[15, 60]],
  bread: [[15, 60]],
  coffee: [[10, 60]],
  tea: [
    [10, 60],
    [60, 150],
  ],
  drink: [
    [10, 60],
    [60, 150],
  ],
  noodle: [[0, 70]],
  western: [[0, 75]],
  street: [
    [345, 360],
    [0, 50],
  ],
};

/** How far the picture's colours go with the dish the copy names. */
function matchOf(copy: string, { palette, dominantHue }: PictureMeasures): { score: number; words: string } {
  const english = findEnglishDish(copy);
  const menu = english ?? (/\p{Script=Hangul}/u.test(copy) ? describeMenu(copy) : undefined);
  const usual = menu && USUAL_HUES[menu.family];
  if (!menu || !usual) return { score: 0.7, words: 'The copy names no dish whose colours are known.' };
  const hues = palette
    .map(rgbToHsl)
    .filter(({ s }) => s > 0.15)
    .map(({ h }) => h);
  if (dominantHue !== null) hues.push(dominantHue);
  const fitting = hues.filter((h) => usual.some(([from, to]) => h >= from && h <= to)).length;
  const share = hues.length === 0 ? 0 : fitting / hues.length;
  const named = english ? english.eng : menu.family;
  return share > 0
    ? { score: 0.5 + share / 2, words: `${percent(share)} of the main colours suit the ${named} of the copy.` }
    : { score: 0.3, words: `None of the main colours suits the ${named} of the copy.` };
}

const HUE_NAMES = [
  'red',
  'orange',
  'yellow',
  'green',
  'green',
  'teal',
  'cyan',
  'blue',
  'blue',
  'violet',
  'magenta',
  'pink',
];

const describe = (m: PictureMeasures): string =>
  `${m.width} x ${m.height} pixels, brightness ${percent(m.brightness)}, tonal range ${percent(m.contrast)}, sharpness ` +
  `${m.sharpness.toFixed(2)}, colourfulness ${percent(m.saturation)}, mostly ` +
  `${m.dominantHue === null ? 'grey' : HUE_NAMES[Math.floor(m.dominantHue / 30) % 12]}.`;

/** A tint of the picture's own most colourful tone, as light or as dark as legibility asks. */
function recommendFont({ palette, brightness }: PictureMeasures): FontRecommendation {
  const main = palette[0] ?? { r: 128, g: 128, b: 128 };
  const accent = [...palette].sort((a, b) => rgbToHsl(b).s - rgbToHsl(a).s)[0] ?? main;
  const light = mix(accent, { r: 255, g: 255, b: 255 }, 0.88);
  const dark = mix(accent, { r: 0, g: 0, b: 0 }, 0.82);
  const colour = contrastRatio(light, main) >= contrastRatio(dark, main) ? light : dark;
  return {
    font_style: 'sans-serif',
    font_name: 'Pretendard ExtraBold',
    font_size_category: brightness > 0.7 ? 'medium' : 'large',
    font_color_hex: toHex(colour).slice(0, 6).toUpperCase(),
    reasoning: `A ${colour === light ? 'light' : 'dark'} tint of the picture's accent colour; contrast ${contrastRatio(colour, main).toFixed(1)} against its main colour.`,
  };
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => ({
  r: Math.round(a.r + (b.r - a.r) * share),
  g: Math.round(a.g + (b.g - a.g) * share),
  b: Math.round(a.b + (b.b - a.b) * share),
});

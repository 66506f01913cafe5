import { parseHexColour } from '../../imaging/colour.js';
import type { Box } from '../../imaging/geometry.js';
import type { Raster } from '../../imaging/picture.js';
import { segmentPixels } from '../../imaging/segmentation.js';
import type { Overlay } from '../common/overlays.js';
import { measureDrawnText } from '../drawn-text/measure-drawn-text.js';
import type { AdJudgement, JudgeRequest } from '../engines/vision-language.js';
import type { Advertisement, Rule, StandingText } from './advertisement.js';
import { collidingTexts } from './colliding-texts.js';
import { cutFrom, cutOffEdge } from './cut-off-edge.js';
import { sentenceOf } from './sentences.js';
import { type Finding, finding } from './finding.js';
import { textTooFaint, textTooSmall } from './legible-texts.js';
import { offAxis } from './off-axis.js';
import { dishCut, enlargedPhoto } from './photo-faults.js';
import { contradictedSeason } from './season.js';
import { textOverEdge } from './text-over-edge.js';
import { textOverFood } from './text-over-food.js';
import { underTheApp } from './under-the-app.js';
import { wordFindings } from './words.js';

/** What can be seen, the gravest first. */
const RULES: readonly Rule[] = [
  textOverFood,
  textOverEdge,
  collidingTexts,
  textTooFaint,
  textTooSmall,
  underTheApp,
  cutOffEdge,
  dishCut,
  enlargedPhoto,
  offAxis,
];

/** Longest side on which a single text is measured, in pixels. */
const TEXT_SIDE = 420;
/** A segment that stands out less than this is no dish. */
const LEAST_DISH = 0.35;

/** Words that invite: imperative and inviting endings in Korean, verbs of advertisements in English. */
const INVITATION =
  /(세요|오세요|보세요|만나요|어때|할까요|지금|오늘|한 ?입|즐겨|놓치지|주문|예약|\b(try|taste|come|visit|order|enjoy|meet|today|now)\b)/i;

/** Judges a finished advertisement by rules, each with its figure and its limit. What is not known is not judged. */
export async function judgeAdvertisement(request: JudgeRequest): Promise<AdJudgement> {
  const ad = await lookAt(request);
  const findings =
    ad.texts.length === 0 ? [finding('no-text', 0, 1, { mend: 'another design' })] : findingsOf(ad, request);
  const has = (...codes: Finding['code'][]): boolean => findings.some(({ code }) => codes.includes(code));
  const drawn = ad.texts.flatMap(({ lines }) => lines).join(' ');
  const issues = findings.map(sentenceOf);
  const least = Math.min(...ad.texts.map(({ contrast }) => contrast));
  const reasoning =
    ad.texts.length === 0
      ? 'No letters were found where they should stand.'
      : `${ad.texts.length} texts, the faintest with a contrast of ${least.toFixed(1)} to what lies behind its letters.`;
  return {
    on_brief: !has('no-text', 'text-over-food', 'text-too-faint', 'role-nowhere', 'season'),
    occlusion: has('text-over-food'),
    contrast_ok: !has('no-text', 'text-too-faint'),
    cta_present: INVITATION.test(`${request.overlay?.text ?? ''} ${drawn}`),
    issues,
    reasoning,
    analysis: `${reasoning} ${issues.length === 0 ? 'Nothing to object.' : issues.join(' ')}`,
    findings,
  };
}

function findingsOf(ad: Advertisement, { overlay, words, composition }: JudgeRequest): Finding[] {
  const drawn = ad.texts.flatMap(({ lines }) => lines);
  return [
    ...RULES.flatMap((rule) => rule(ad)),
    ...contradictedSeason(words?.brief ?? null, { drawn, motifs: composition?.season ?? null }),
    ...(words ? wordFindings({ ...words, drawn, leftOut: overlay?.leftOut ?? [] }) : []),
  ];
}

/** Texts of which not one letter can be found in the picture are left out. */
async function lookAt({ picture, background, overlay, composition, cut }: JudgeRequest): Promise<Advertisement> {
  const texts = overlay ? textsOf(overlay, picture, background) : [];
  const dish = composition?.dish ?? (await dishIn(background ?? picture, texts));
  const photo = composition?.isCutOut ? composition.photo : null;
  return {
    picture,
    before: background,
    texts,
    dish,
    cut: cut && photo && (await cutFrom(cut.mask, cut.upright, photo)),
    composition,
  };
}

function textsOf(overlay: Overlay, picture: Raster, background: Raster | null): StandingText[] {
  if (overlay.elements.length === 0) return textSomewhere(overlay, picture, background);
  return overlay.elements.flatMap(({ slot, lines, box, badge, fontSize, colour }) => {
    const seen = measureDrawnText({
      picture,
      // Letters on a badge may have the colour that was there before it.
      background: badge === null ? background : null,
      region: box,
      textColour: parseHexColour(colour),
      mostSide: TEXT_SIDE,
    });
    return seen.inkBox === null ? [] : [{ slot, lines, box, badge, fontSize, contrast: seen.contrastRatio }];
  });
}

const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

/** Overlays that record no single texts have one, somewhere in their region. */
function textSomewhere(overlay: Overlay, picture: Raster, background: Raster | null): StandingText[] {
  const seen = measureDrawnText({
    picture,
    background,
    region: overlay.region ?? WHOLE,
    textColour: overlay.textColour === null ? null : parseHexColour(overlay.textColour),
  });
  if (seen.inkBox === null) return [];
  const { fontSize } = overlay;
  const lines = overlay.lines.length > 0 ? [...overlay.lines, ...overlay.sublines] : [overlay.text];
  return [{ slot: 'headline', lines, box: seen.inkBox, badge: null, fontSize, contrast: seen.contrastRatio }];
}

/** Where nobody recorded the dish, what stands out is taken for it. */
async function dishIn(raster: Raster, texts: StandingText[]): Promise<Box | null> {
  if (texts.length === 0) return null;
  const found = await segmentPixels({ ...raster, source: raster });
  const [dish] = found.segments;
  if (!dish || dish.confidence < LEAST_DISH) return null;
  return {
    x: dish.box.x / found.width,
    y: dish.box.y / found.height,
    width: dish.box.width / found.width,
    height: dish.box.height / found.height,
  };
}

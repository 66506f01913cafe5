import type { PictureTexts, TextSlot } from '../brief/idea.js';
import { type Box, toPixels } from '../imaging/geometry.js';
import { placeStack, type SetElement } from './blocks.js';
import { drawableText } from './drawable-text.js';
import { dealBlocks } from './set-deal.js';
import { setFoot } from './set-foot.js';
import { setMain } from './set-main.js';
import { setSticker } from './set-sticker.js';
import type { CanvasSize, DrawnElement, LeftOut, TextAreas } from './text-areas.js';

/** The headline cannot be set in its area at a readable size. The message says what to do. */
export class TextDoesNotFitError extends Error {
  override readonly name = 'TextDoesNotFitError';
}

/** A text set on a canvas, not yet drawn. */
export interface SetTexts {
  elements: (SetElement & { area: DrawnElement['area'] })[];
  leftOut: LeftOut[];
  /** Emoji and signs that no face has. */
  omitted: string[];
}

export interface SettingWish {
  /** The owner's wish relative to what fits. */
  headlineScale?: number;
  /** Width by height of the logo that goes beside the shop's name. */
  logoAspect?: number | undefined;
}

/**
 * Sets a picture's texts into the areas that its design keeps for them. The headline is always set; of the rest, what has no room is named.
 * @throws TextDoesNotFitError when the headline is empty or too long for its area.
 */
export function setTexts(
  source: PictureTexts,
  areas: TextAreas,
  size: CanvasSize,
  { headlineScale = 1, logoAspect }: SettingWish = {},
): SetTexts {
  // All sizes are thought out for a canvas of this width; another one is a magnified copy of it.
  const scale = size.width / USUAL_WIDTH;
  const set = setOnUsual(
    source,
    areas,
    { width: USUAL_WIDTH, height: size.height / scale },
    { headlineScale, logoAspect },
  );
  return scale === 1 ? set : { ...set, elements: set.elements.map((element) => magnified(element, scale)) };
}

const USUAL_WIDTH = 1080;

const magnifiedBox = ({ x, y, width, height }: Box, scale: number): Box => ({
  x: x * scale,
  y: y * scale,
  width: width * scale,
  height: height * scale,
});

const magnified = <E extends SetElement>(element: E, scale: number): E => ({
  ...element,
  ...(element.logo && { logo: magnifiedBox(element.logo, scale) }),
  lines: element.lines.map((line) => ({
    ...line,
    fontSize: line.fontSize * scale,
    x: line.x * scale,
    baseline: line.baseline * scale,
  })),
  badge: element.badge && { ...element.badge, box: magnifiedBox(element.badge.box, scale) },
});

function setOnUsual(
  source: PictureTexts,
  areas: TextAreas,
  size: CanvasSize,
  { headlineScale, logoAspect }: { headlineScale: number; logoAspect: number | undefined },
): SetTexts {
  const { texts, omitted, leftOut } = drawable(source);
  const inPixels = (box: Box) => toPixels(box, size.width, size.height);

  const sticker = texts.offer !== undefined ? setSticker(texts.offer, areas, size) : null;
  const main = setMain(texts, areas.main, areas, inPixels(areas.main.box), {
    scale: headlineScale,
    hasDealArea: areas.deal !== undefined,
    hasSticker: sticker !== null,
    canvasWidth: size.width,
  });
  if (!main) {
    const length = [...texts.headline].length;
    throw new TextDoesNotFitError(
      `The headline has ${length} characters and does not fit its place on this design. Shorten it or choose another design.`,
    );
  }
  const elements: SetTexts['elements'] = placeStack(main.blocks, inPixels(areas.main.box), areas.main).map(
    (element) => ({
      ...element,
      area: 'main' as const,
    }),
  );
  leftOut.push(...main.leftOut);
  if (sticker) elements.push({ ...sticker, area: 'sticker' });

  if (areas.deal) {
    const { offer, price, priceWas } = texts;
    const wanted = {
      ...(price !== undefined && { price }),
      ...(priceWas !== undefined && { priceWas }),
      ...(offer !== undefined && !sticker && { offer }),
    };
    const box = inPixels(areas.deal.box);
    const deal = setDeal(wanted, areas, box);
    if (deal) elements.push(...deal.map((element) => ({ ...element, area: 'deal' as const })));
    else
      for (const [slot, text] of Object.entries(wanted) as [TextSlot, string][])
        leftOut.push({ slot, text, reason: 'no room' });
  }

  const foot = setFoot(texts, areas, inPixels(areas.foot.box), logoAspect);
  elements.push(
    ...placeStack(foot.blocks, inPixels(areas.foot.box), areas.foot).map((element) => ({
      ...element,
      area: 'foot' as const,
    })),
  );
  leftOut.push(...foot.leftOut);
  return { elements, leftOut, omitted };
}

/** Price and offer as large as their area allows. */
function setDeal(
  wanted: Pick<PictureTexts, 'price' | 'priceWas' | 'offer'>,
  areas: TextAreas,
  box: Box,
): SetElement[] | null {
  const { deal } = areas;
  if (!deal) return null;
  for (let size = Math.min(150, box.height * 0.7); size >= 40; size -= 4) {
    const blocks = dealBlocks(wanted, areas, { width: box.width, size, align: deal.align });
    const height = blocks?.reduce((sum, block, index) => sum + block.height + (index > 0 ? 16 : 0), 0) ?? Infinity;
    if (blocks && height <= box.height)
      return placeStack(
        blocks.map((block) => ({ ...block, gap: 16 })),
        box,
        deal,
      );
  }
  return null;
}

function drawable(source: PictureTexts): { texts: PictureTexts; omitted: string[]; leftOut: LeftOut[] } {
  const omitted: string[] = [];
  const leftOut: LeftOut[] = [];
  const texts: Partial<PictureTexts> = {};
  for (const [slot, text] of Object.entries(source) as [TextSlot, string | undefined][]) {
    if (text === undefined) continue;
    const can = drawableText(slot === 'headline' ? text : text.replace(/\s+/gu, ' '));
    omitted.push(...can.omitted);
    if (can.text !== '') texts[slot] = can.text;
    else if (slot !== 'headline') leftOut.push({ slot, text, reason: 'no glyph' });
  }
  const { headline } = texts;
  if (headline === undefined)
    throw new TextDoesNotFitError(
      'The headline is empty, or holds nothing but signs that no face has a glyph for. Write it in letters.',
    );
  return { texts: { ...texts, headline }, omitted, leftOut };
}

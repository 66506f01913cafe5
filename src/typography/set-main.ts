import type { PictureTexts, TextSlot } from '../brief/idea.js';
import type { Box } from '../imaging/geometry.js';
import { type Block, heightOf, labelBlock, textBlock } from './blocks.js';
import { dealBlocks } from './set-deal.js';
import type { LeftOut, TextArea, TextAreas } from './text-areas.js';

/** Pixels of a canvas 1080 wide. Smaller type cannot be read on a phone. */
const LEAST_HEADLINE = 30;
/** Above this a headline is worth keeping small things beside it; below, they give way. */
const COMFORTABLE = 74;
const STEP = 3;
/** From this size down a line may end where it must. */
const LOOSE = 56;

export interface MainSetting {
  blocks: Block[];
  leftOut: LeftOut[];
  headlineSize: number;
}

/** What gives way to the headline, in this order. */
const GIVES_WAY: readonly TextSlot[] = ['callToAction', 'line', 'leadIn', 'priceWas', 'offer', 'price'];

/**
 * The headline as large as the box (pixels) allows beside everything that belongs to it; what leaves it too small is
 * left out, the least important first. Undefined when not even the headline alone can be set.
 */
export function setMain(
  texts: PictureTexts,
  area: TextArea,
  areas: TextAreas,
  box: Box,
  {
    scale,
    hasDealArea,
    hasSticker,
    canvasWidth,
  }: {
    scale: number;
    hasDealArea: boolean;
    hasSticker: boolean;
    canvasWidth: number;
  },
): MainSetting | undefined {
  const present = GIVES_WAY.filter((slot) => {
    if (texts[slot] === undefined) return false;
    if (hasDealArea && (slot === 'price' || slot === 'priceWas' || slot === 'offer')) return false;
    return !(hasSticker && slot === 'offer');
  });
  const most = Math.min(areas.look.largest * canvasWidth, box.height * 0.72);
  let fallback: MainSetting | undefined;
  for (let dropped = 0; dropped <= present.length; dropped++) {
    const gone = new Set(present.slice(0, dropped));
    const kept = new Set(present.slice(dropped));
    const fits = largestThatFits((size) => blocksAt(texts, kept, area, areas, box, size), box, most);
    if (!fits) continue;
    const leftOut = [...gone].map((slot) => ({ slot, text: texts[slot] as string, reason: 'no room' as const }));
    const setting = { blocks: fits.blocks, leftOut, headlineSize: fits.size };
    if (fits.size >= Math.min(COMFORTABLE, most - STEP)) return scaled(setting, kept);
    // Dropping more must buy clearly larger type.
    if (!fallback || fits.size > fallback.headlineSize * 1.25) fallback = setting;
  }
  return fallback;

  function scaled(setting: MainSetting, kept: Set<TextSlot>): MainSetting {
    if (scale === 1) return setting;
    for (let size = setting.headlineSize * scale; size >= LEAST_HEADLINE; size -= STEP) {
      const blocks = blocksAt(texts, kept, area, areas, box, size);
      if (blocks && heightOf(blocks) <= box.height) return { ...setting, blocks, headlineSize: size };
    }
    return setting;
  }
}

function largestThatFits(
  build: (size: number) => Block[] | null,
  box: Box,
  most: number,
): { blocks: Block[]; size: number } | undefined {
  for (let size = Math.floor(most); size >= LEAST_HEADLINE; size -= STEP) {
    const blocks = build(size);
    if (blocks && heightOf(blocks) <= box.height) return { blocks, size };
  }
  return undefined;
}

function blocksAt(
  texts: PictureTexts,
  kept: Set<TextSlot>,
  area: TextArea,
  areas: TextAreas,
  box: Box,
  size: number,
): Block[] | null {
  const { look, colours } = areas;
  const { align } = area;
  const isNarrow = box.width < box.height * 0.9;
  const within = (share: number, least: number, most: number): number =>
    Math.round(Math.min(most, Math.max(least, size * share)));
  const blocks: (Block | null)[] = [];
  if (kept.has('leadIn')) {
    const fontSize = within(0.36, 34, 54);
    blocks.push(
      textBlock(
        'leadIn',
        texts.leadIn as string,
        { face: look.lead, fontSize, colour: colours.quiet, lineHeight: 1.25 },
        { room: box.width, mostLines: 2, align, gap: size * 0.2 + 6 },
      ),
    );
  }
  const hasMore = ['line', 'price', 'priceWas', 'offer', 'callToAction'].some((slot) => kept.has(slot as TextSlot));
  blocks.push(
    textBlock(
      'headline',
      texts.headline,
      { face: look.headline, fontSize: size, colour: colours.ink, lineHeight: look.lineHeight },
      {
        room: box.width,
        mostLines: mostHeadlineLines(texts.headline, isNarrow),
        align,
        gap: hasMore ? size * 0.22 + 12 : 0,
        isStrict: size > LOOSE,
      },
    ),
  );
  if (kept.has('line')) {
    blocks.push(
      textBlock(
        'line',
        texts.line as string,
        { face: look.body, fontSize: within(0.4, 34, 46), colour: colours.ink, lineHeight: 1.34 },
        { room: box.width, mostLines: isNarrow ? 5 : 3, align, gap: 26 },
      ),
    );
  }
  const deal = dealBlocks(
    {
      ...(kept.has('price') && { price: texts.price as string }),
      ...(kept.has('priceWas') && { priceWas: texts.priceWas as string }),
      ...(kept.has('offer') && { offer: texts.offer as string }),
    },
    areas,
    { width: box.width, size: within(0.62, 50, 84), align },
  );
  if (deal === null) return null;
  blocks.push(...deal);
  if (kept.has('callToAction')) {
    const label = labelBlock(
      'callToAction',
      texts.callToAction as string,
      { face: look.body, fontSize: within(0.36, 34, 42), colour: colours.ink },
      { badge: { shape: 'outline', colour: colours.ink }, gap: 0 },
    );
    blocks.push(
      label.width <= box.width
        ? label
        : textBlock(
            'callToAction',
            texts.callToAction as string,
            { face: look.body, fontSize: within(0.36, 34, 42), colour: colours.ink, lineHeight: 1.3 },
            { room: box.width, mostLines: isNarrow ? 4 : 2, align, gap: 0 },
          ),
    );
  }
  return blocks.includes(null) ? null : (blocks as Block[]);
}

/** A headline is read at a glance; a long text that somebody insists on may take more lines. */
const mostHeadlineLines = (text: string, isNarrow: boolean): number => {
  const chosen = text.split('\n').length;
  const length = [...text].length;
  return Math.max(chosen, length > 60 ? 8 : length > 30 ? 5 : isNarrow ? 5 : 3);
};

/** Height (pixels) that the main texts take in a column of `width` pixels when no more than `most` is to be had. */
export function heightOfMain(
  texts: PictureTexts,
  areas: Pick<TextAreas, 'look'> & { align: TextArea['align'] },
  room: { width: number; most: number; canvasWidth: number; hasDealArea?: boolean; hasSticker?: boolean },
): number {
  const box = { x: 0, y: 0, width: room.width, height: room.most };
  const area: TextArea = { box, align: areas.align, vertical: 'top' };
  const setting = setMain(texts, area, { main: area, foot: area, colours: NO_COLOURS, look: areas.look }, box, {
    scale: 1,
    hasDealArea: room.hasDealArea ?? false,
    hasSticker: room.hasSticker ?? false,
    canvasWidth: room.canvasWidth,
  });
  return setting ? heightOf(setting.blocks) : room.most;
}

/** Sizes do not depend on colours. */
const NO_COLOURS = { ink: '000000', quiet: '000000', accent: '000000', onAccent: '000000', ground: '000000' };

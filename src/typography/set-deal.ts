import type { PictureTexts } from '../brief/idea.js';
import { type Block, labelBlock, rowOf, textBlock } from './blocks.js';
import { widthOf } from './outlines.js';
import type { TextAreas } from './text-areas.js';

/** The price that was, beside the one that is. */
const WAS_SHARE = 0.56;
const OFFER_SHARE = 0.74;
/** Pixels. */
const LEAST = 34;

/**
 * Price and offer at about the given size (pixels): beside each other where they fit, else below each other, smaller
 * where one alone is too wide. Null when even the smallest is.
 */
export function dealBlocks(
  texts: Pick<PictureTexts, 'price' | 'priceWas' | 'offer'>,
  areas: TextAreas,
  room: { width: number; size: number; align: 'left' | 'center' | 'right' },
): Block[] | null {
  // A little smaller on one row looks better than large on two.
  const inOneRow = [1, 0.9, 0.8]
    .map((share) => blocksAt(texts, areas, { ...room, size: room.size * share }))
    .find((blocks) => blocks?.length === 1);
  return inOneRow ?? blocksAt(texts, areas, room);
}

function blocksAt(
  { price, priceWas, offer }: Pick<PictureTexts, 'price' | 'priceWas' | 'offer'>,
  { colours, look }: TextAreas,
  { width, size, align }: { width: number; size: number; align: 'left' | 'center' | 'right' },
): Block[] | null {
  const face = look.figures;
  const isBare = look.badge === 'line';
  const shrunk = (text: string, wanted: number, sides: number): number =>
    Math.min(wanted, width / (widthOf(text, face) + sides));
  const blocks: Block[] = [];
  if (price !== undefined) {
    const fontSize = shrunk(price, size, 1.3);
    if (fontSize < LEAST) return null;
    const now = labelBlock(
      'price',
      price,
      { face, fontSize, colour: isBare ? colours.ink : colours.onAccent },
      { badge: { shape: look.badge, colour: colours.accent }, gap: 20 },
    );
    const wasSize = Math.max(LEAST, fontSize * WAS_SHARE);
    const was =
      priceWas === undefined
        ? undefined
        : labelBlock(
            'priceWas',
            priceWas,
            { face: look.body, fontSize: wasSize, colour: colours.quiet },
            { strike: colours.quiet, gap: 10 },
          );
    if (!was) blocks.push(now);
    else if (was.width + 22 + now.width <= width) blocks.push(rowOf([was, now], { between: 22, gap: 20 }));
    else blocks.push(was, now);
  }
  // The price that is stands in the headline then.
  if (price === undefined && priceWas !== undefined)
    blocks.push(
      labelBlock(
        'priceWas',
        priceWas,
        { face: look.body, fontSize: Math.max(LEAST, size * WAS_SHARE), colour: colours.quiet },
        { strike: colours.quiet, gap: 20 },
      ),
    );
  if (offer !== undefined) {
    const fontSize = shrunk(offer, size * OFFER_SHARE, 1);
    const style = { face, fontSize: Math.max(LEAST, fontSize), colour: isBare ? colours.ink : colours.ground };
    const chip =
      fontSize >= LEAST
        ? labelBlock('offer', offer, style, {
            badge: isBare ? { shape: 'outline', colour: colours.ink } : { shape: 'block', colour: colours.ink },
            gap: 20,
          })
        : textBlock(
            'offer',
            offer,
            { ...style, fontSize: LEAST + 4, colour: colours.ink, lineHeight: 1.25 },
            { room: width, mostLines: 2, align, gap: 20 },
          );
    if (!chip) return null;
    const last = blocks.at(-1);
    if (last && last.width + 20 + chip.width <= width)
      blocks.splice(-1, 1, rowOf([last, chip], { between: 20, gap: 20 }));
    else blocks.push(chip);
  }
  const end = blocks.at(-1);
  return end ? [...blocks.slice(0, -1), { ...end, gap: 26 }] : [];
}

import type { PictureTexts, TextSlot } from '../brief/idea.js';
import type { Box } from '../imaging/geometry.js';
import { type Block, heightOf, labelBlock, rowOf, textBlock, withLogo } from './blocks.js';
import type { LeftOut, TextAreas } from './text-areas.js';

/** Pixels of a canvas 1080 wide. A shop's name below 32 is not read on a phone. */
const NAME = { most: 40, least: 34 };
const PRINT = { most: 34, least: 30 };

/** Of the name's size. */
const LOGO_HEIGHT = 1.5;

/** What gives way when the foot is full, in this order. The name comes last: the picture is its advertisement. */
const GIVES_WAY: readonly TextSlot[] = ['handle', 'place', 'note', 'period', 'shop'];

/** Period and note above, the shop's name with its place and handle below; what does not fit is left out and named. */
export function setFoot(
  texts: PictureTexts,
  areas: Pick<TextAreas, 'look' | 'colours' | 'foot'>,
  box: Box,
  logoAspect?: number,
): { blocks: Block[]; leftOut: LeftOut[] } {
  const present = GIVES_WAY.filter((slot) => texts[slot] !== undefined);
  for (let dropped = 0; dropped <= present.length; dropped++) {
    const kept = new Set(present.slice(dropped));
    const leftOut = present
      .slice(0, dropped)
      .map((slot) => ({ slot, text: texts[slot] as string, reason: 'no room' as const }));
    for (const share of [1, 0.5, 0]) {
      const blocks = blocksAt(texts, kept, areas, box, share, logoAspect);
      if (blocks && heightOf(blocks) <= box.height) return { blocks, leftOut };
    }
  }
  return { blocks: [], leftOut: [] };
}

function blocksAt(
  texts: PictureTexts,
  kept: Set<TextSlot>,
  { look, colours, foot: { align } }: Pick<TextAreas, 'look' | 'colours' | 'foot'>,
  box: Box,
  share: number,
  logoAspect: number | undefined,
): Block[] | null {
  const size = ({ most, least }: typeof NAME): number => least + (most - least) * share;
  const print = { face: look.body, fontSize: size(PRINT), colour: colours.quiet };
  const label = (slot: TextSlot, fontSize: number, colour: string): Block =>
    labelBlock(slot, texts[slot] as string, { face: look.body, fontSize, colour }, { gap: 14 });
  const shopLabel = (fontSize: number): Block => {
    const name = texts.shop as string;
    const named = labelBlock('shop', name, { face: 'ExtraBold', fontSize, colour: colours.ink }, { gap: 14 });
    return logoAspect === undefined ? named : withLogo(named, logoAspect, fontSize * LOGO_HEIGHT);
  };
  const blocks: Block[] = [];

  for (const line of linesWithin(
    (['period', 'note'] as const)
      .filter((slot) => kept.has(slot))
      .map((slot) => label(slot, print.fontSize, print.colour)),
    box.width,
    30,
  ))
    blocks.push(line);
  // A long note may take two lines of its own.
  for (const [index, block] of blocks.entries()) {
    if (block.width <= box.width) continue;
    const [slot] = block.place(0, 0).map((element) => element.slot);
    const wrapped = textBlock(
      slot as TextSlot,
      texts[slot as TextSlot] as string,
      { ...print, lineHeight: 1.28 },
      { room: box.width, mostLines: 2, align, gap: 12 },
    );
    if (!wrapped) return null;
    blocks[index] = wrapped;
  }

  const sign = [
    ...(kept.has('shop') ? [shopLabel(size(NAME))] : []),
    ...(['place', 'handle'] as const)
      .filter((slot) => kept.has(slot))
      .map((slot) => label(slot, print.fontSize, print.colour)),
  ];
  const signed = linesWithin(sign, box.width, 24);
  if (signed.some((line) => line.width > box.width)) return null;
  return [...blocks, ...signed];
}

/** Labels on as few lines as the width allows, in order. */
function linesWithin(labels: Block[], width: number, between: number): Block[] {
  const lines: Block[][] = [];
  for (const next of labels) {
    const line = lines.at(-1);
    const taken = line?.reduce((sum, block) => sum + block.width + between, 0) ?? 0;
    if (line && taken + next.width <= width) line.push(next);
    else lines.push([next]);
  }
  return lines.map((line) => (line.length === 1 ? (line[0] as Block) : rowOf(line, { between, gap: 12 })));
}

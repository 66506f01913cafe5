import { parseHexColour, toHex } from '../imaging/colour.js';
import type { FontFace } from '../imaging/fonts.js';
import type { Box } from '../imaging/geometry.js';
import { toPixels } from '../imaging/geometry.js';
import { type Canvas, chooseColour, luminanceRange } from '../imaging/legibility.js';
import type { TextAreas } from './text-areas.js';

/** Where the shop's name stands, as shares: at the far edge from the headline, in stories clear of what the app covers. */
function footBand(edge: 'top' | 'bottom', { width, height }: { width: number; height: number }): Box {
  const [top, bottom] = height / width > 1.6 ? [0.145, 0.735] : [0.018, 0.934];
  return { x: 0.08, y: edge === 'top' ? top : bottom, width: 0.84, height: 0.05 };
}

const DEFAULT_LARGEST = 0.09;

/**
 * Text areas for a picture that keeps none of its own: the headline in a region that a planner found (shares), the name
 * at the far edge. The colour follows what is behind the headline, or the caller's wish where that is legible.
 */
export function foreignAreas(
  canvas: Canvas,
  region: Box,
  { face, colour, largest }: { face: FontFace; colour: string | null; largest: number | null },
): TextAreas {
  const ground = luminanceRange(canvas, toPixels(region, canvas.width, canvas.height));
  const ink = chooseColour(ground, colour ?? undefined);
  const isLight = ink.r + ink.g + ink.b > 380;
  const rgb = (hex: string): string => {
    const parsed = parseHexColour(hex);
    return parsed ? toHex(parsed).toLowerCase() : hex;
  };
  const inset = { x: region.width * 0.03, y: region.height * 0.04 };
  return {
    main: {
      box: {
        x: region.x + inset.x,
        y: region.y + inset.y,
        width: region.width - 2 * inset.x,
        height: region.height - 2 * inset.y,
      },
      align: 'center',
      vertical: 'middle',
    },
    foot: {
      box: footBand(region.y + region.height / 2 < 0.5 ? 'bottom' : 'top', canvas),
      align: 'center',
      vertical: 'middle',
    },
    colours: {
      ink: rgb(toHex(ink)),
      quiet: rgb(toHex(ink)),
      accent: isLight ? 'ffc83d' : 'b3261e',
      onAccent: isLight ? '2a1508' : 'ffffff',
      ground: isLight ? '1a120c' : 'ffffff',
    },
    look: {
      headline: face,
      lead: 'SemiBold',
      body: 'SemiBold',
      figures: 'ExtraBold',
      badge: 'pill',
      sticker: 'circle',
      onPhoto: true,
      lineHeight: 1.2,
      largest: largest ?? DEFAULT_LARGEST,
    },
  };
}

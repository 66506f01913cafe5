import { luminanceContrast, relativeLuminance } from '../imaging/contrast.js';
import { parseHexColour } from '../imaging/colour.js';
import type { LuminanceRange } from '../imaging/legibility.js';
import { sharp } from '../imaging/sharp.js';

/** What may lie behind a logo: paper, or the near-black of print. */
const PLATES = ['ffffff', '1a1a1a'] as const;
/** WCAG contrast from which a patch of colour is told from what is around it; letters that are read need more. */
const TOLD_APART = 2;
/** So much of a logo's surface has to be told from its ground: letters within a badge stand on the badge. */
const ENOUGH = 0.75;
/** A shape is judged as well from a few thousand pixels. */
const GLANCE_SIDE = 96;
/** Alpha 0..255. */
const SEEN = 128;

/**
 * The plate (RRGGBB) that a logo needs behind it on a ground of these luminances, or null where it stands out by itself.
 * A logo keeps its colours whatever it stands on: a black one would be lost on a dark photo, a white one on paper.
 * @param logo PNG with transparency, as `prepareLogo` makes it
 */
export async function plateBehindLogo(logo: Buffer, ground: LuminanceRange): Promise<string | null> {
  const seen = await luminancesOf(logo);
  if (shareApart(seen, ground) >= ENOUGH) return null;
  const [paper, print] = PLATES.map((plate) => {
    const luminance = relativeLuminance(parseHexColour(plate) ?? { r: 0, g: 0, b: 0 });
    return { plate, share: shareApart(seen, { dark: luminance, bright: luminance }) };
  }) as [{ plate: string; share: number }, { plate: string; share: number }];
  return (paper.share >= print.share ? paper : print).plate;
}

/** Of every pixel that is seen. */
async function luminancesOf(logo: Buffer): Promise<number[]> {
  const { data } = await sharp(logo)
    .resize(GLANCE_SIDE, GLANCE_SIDE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found: number[] = [];
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0, alpha = 0] = data.subarray(at, at + 4);
    if (alpha >= SEEN) found.push(relativeLuminance({ r, g, b }));
  }
  return found;
}

const shareApart = (seen: number[], { dark, bright }: LuminanceRange): number =>
  seen.filter((luminance) => isApart(luminance, dark, bright)).length / Math.max(1, seen.length);

/** A ground that is darker here and brighter there hides what lies between. */
const isApart = (luminance: number, dark: number, bright: number): boolean =>
  (luminance <= dark || luminance >= bright) &&
  Math.min(luminanceContrast(luminance, dark), luminanceContrast(luminance, bright)) >= TOLD_APART;

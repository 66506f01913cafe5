import type { Box } from '../geometry.js';
import type { Raster } from '../picture.js';
import { sharp } from '../sharp.js';
import { OffLoopTimeout, runOffLoop } from '../off-loop.js';
import { type CutMeasures, type CutOrder, type DishCut, type Doubt, SHAPE_SIDE } from './cut-out.js';
import { type Contour, pathOf } from './contour.js';
import { isBox, type Pointer } from './shape-candidates.js';

/**
 * Below this the dish is not cut out. Chosen so that no cut worth showing is lost and none worse is let through; the
 * figures it rests on are in docs/quality.md. Refusing wrongly costs little: the photo is shown whole.
 */
export const CUTOUT_GATE = 0.7;
/** Twenty times what it takes on a busy machine. */
const TIME_LIMIT_MS = 30_000;
/** The finest outline is of no use on a dish that must be blown up beyond this to fill its place. */
const LEAST_SIDE = 260;

export interface CutOutDish {
  /** RGBA PNG of the picture's size, the dish softly cut; null when the gate refused it. */
  png: Buffer | null;
  /** Box of the outline, shares of the picture; null when no outline was found at all. */
  box: Box | null;
  /** 0..1. */
  confidence: number;
  /** Why, in words. */
  reason: string;
}

/**
 * Cuts the dish out of the picture if its outline can be trusted. `hint` (shares of the picture) is the owner's word
 * on where it is; `shown` gives the pixels that the cut dish gets once its place is known, else they are the picture's.
 * Deterministic. The search runs beside the event loop; one that never ends is given up, one that
 * crashes is thrown.
 * @throws OffLoopCrash, and the signal's reason when it is aborted.
 */
export async function cutOutDish(
  picture: Raster,
  { hint, signal, shown }: { hint?: Pointer; signal?: AbortSignal; shown?: (dish: Box) => Raster } = {},
): Promise<CutOutDish> {
  const nothing = { png: null, box: null, confidence: 0 };
  const cut = await searchDish(picture, hint, signal);
  if (cut === 'too long') return { ...nothing, reason: 'the outline could not be found in time' };
  if ('doubt' in cut) return { ...nothing, reason: DOUBTS[cut.doubt] };
  const { confidence, box, measures, outline } = cut;
  const shares = {
    x: box.x / picture.width,
    y: box.y / picture.height,
    width: box.width / picture.width,
    height: box.height / picture.height,
  };
  if (confidence < CUTOUT_GATE) return { png: null, box: shares, confidence, reason: doubtIn(measures) };
  if (Math.max(box.width, box.height) < LEAST_SIDE) {
    return { png: null, box: shares, confidence, reason: 'the dish is too small in the photo to be cut out' };
  }
  return {
    png: await cutAlong(shown?.(shares) ?? picture, outline),
    box: shares,
    confidence,
    reason: 'a clear outline',
  };
}

async function searchDish(
  picture: Raster,
  hint: Pointer | undefined,
  signal: AbortSignal | undefined,
): Promise<DishCut | { doubt: Doubt } | 'too long'> {
  const { width, height, data } = picture;
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(SHAPE_SIDE, SHAPE_SIDE, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const order: CutOrder = {
    picture,
    small: { width: small.info.width, height: small.info.height, data: small.data },
    ...(hint && { pointer: inPixels(hint, picture) }),
  };
  try {
    return await runOffLoop<CutOrder, DishCut | { doubt: Doubt }>(
      new URL('./cut-out.js', import.meta.url),
      'findOutline',
      order,
      {
        timeoutMs: TIME_LIMIT_MS,
        ...(signal && { signal }),
      },
    );
  } catch (error) {
    if (error instanceof OffLoopTimeout) return 'too long';
    throw error;
  }
}

const inPixels = (hint: Pointer, { width, height }: Raster): Pointer =>
  isBox(hint)
    ? { x: hint.x * width, y: hint.y * height, width: hint.width * width, height: hint.height * height }
    : { x: hint.x * width, y: hint.y * height };

const DOUBTS: Record<Doubt, string> = {
  nothing: 'nothing in the photo stands out from its ground',
  several: 'there is more than one dish in the photo',
  cropped: 'the dish runs out of the photo',
  'not whole': 'it is not certain what belongs to the dish',
  tall: 'a tall thing is not cut out',
  beside: 'something lies too close to the dish to be told from it',
};

/** The weakest of what was measured, said so that an owner can take a better photo. */
function doubtIn({ agreement, clearEdge, weakestArc, inside, regular, alone }: CutMeasures): string {
  const doubts: [number, string][] = [
    [alone, DOUBTS.several],
    [inside, DOUBTS.cropped],
    [Math.min(clearEdge, weakestArc), 'the dish can hardly be told from what it stands on'],
    [regular, 'the outline is ragged'],
    [agreement, DOUBTS['not whole']],
  ];
  return doubts.reduce((worst, doubt) => (doubt[0] < worst[0] ? doubt : worst))[1];
}

async function cutAlong(picture: Raster, outline: Contour): Promise<Buffer> {
  const { width, height } = picture;
  const inset = Math.max(1, Math.max(width, height) / 1100);
  const path = pathOf(outline);
  // The band along the edge mixes dish and table; drawn over in black, it takes the colour fringe with it.
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/>` +
    `<path d="${path}" fill="#fff"/><path d="${path}" fill="none" stroke="#000" stroke-width="${(inset * 2).toFixed(2)}"/></svg>`;
  const alpha = await sharp(Buffer.from(svg), { unlimited: true })
    .greyscale()
    .blur(Math.max(0.5, inset * 0.5))
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return sharp(picture.data, { raw: { width, height, channels: 3 } })
    .joinChannel(alpha, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 4 })
    .toBuffer();
}

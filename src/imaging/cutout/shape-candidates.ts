import type { Ellipse } from '../ellipse.js';
import type { Box } from '../geometry.js';
import { borderClusters, distanceFrom, labPlanes, weighByCentre } from '../ground-distance.js';
import { type Blob, close, findBlobs, type Mask, maskWhere, open } from '../mask.js';
import { otsuSplit } from '../otsu.js';
import type { Raster } from '../picture.js';
import { DISH, GROUND, grabCut, PROBABLY_DISH, PROBABLY_GROUND } from './grab-cut.js';
import type { Cv } from './opencv.js';

/** Where the owner says the dish is, in pixels of the raster: a point on it or a box around it. */
export type Pointer = { x: number; y: number } | Box;

export const isBox = (pointer: Pointer): pointer is Box => 'width' in pointer;

/** One guess at the dish's outline and where it comes from. */
export interface Candidate {
  from: 'ellipse' | 'colour';
  mask: Mask;
}

const ROUNDS = 3;
/** Strands narrower than this share of the short side are chopsticks, forks and tails of shadows. */
const STRAND = 0.11;
/** The owner's box is drawn by a finger: so much around it may still be dish. */
const BOX_SLACK = 0.08;
/** A pointed-at dish is looked for within this share of the short side. */
const POINTED_REACH = 0.46;

/**
 * Two guesses at the dish, and whatever else stands out: grown from an ellipse in the middle, and grown from what differs
 * in colour from the border. Where they agree they are probably right.
 */
export function shapeCandidates(
  cv: Cv,
  raster: Raster,
  pointer: Pointer | undefined,
): { candidates: Candidate[]; rivals: Blob[] } {
  const { width, height } = raster;
  const lab = labPlanes(raster);
  const distance = distanceFrom(borderClusters(lab, width, height), lab);
  const expected = expectedEllipse(pointer, width, height);
  const colour = colourBlob(distance, expected, pointer !== undefined, width, height);
  const outside = sureGround(pointer, width, height);

  const candidates: Candidate[] = [];
  const add = (from: Candidate['from'], mask: Mask | null): void => {
    if (mask) candidates.push({ from, mask });
  };
  add('ellipse', tidy(grabCut(cv, raster, ellipsePrior(expected, outside, width), ROUNDS), expected));
  if (colour) add('colour', tidy(grabCut(cv, raster, colourPrior(colour, outside), ROUNDS), expected));
  return { candidates, rivals: pointer === undefined ? standingOut(distance, width, height) : [] };
}

function expectedEllipse(pointer: Pointer | undefined, width: number, height: number): Ellipse {
  if (pointer === undefined) return { cx: width / 2, cy: height / 2, rx: width * 0.47, ry: height * 0.47 };
  if (isBox(pointer)) {
    const { x, y, width: wide, height: tall } = pointer;
    return { cx: x + wide / 2, cy: y + tall / 2, rx: wide / 2, ry: tall / 2 };
  }
  const reach = Math.min(width, height) * POINTED_REACH;
  return { cx: pointer.x, cy: pointer.y, rx: reach, ry: reach };
}

/** Pixels that cannot be the dish: the picture's frame, and what lies outside of the owner's box. */
function sureGround(pointer: Pointer | undefined, width: number, height: number): Uint8Array {
  const ground = new Uint8Array(width * height);
  const slack = Math.min(width, height) * BOX_SLACK;
  const box =
    pointer !== undefined && isBox(pointer)
      ? {
          x: pointer.x - slack,
          y: pointer.y - slack,
          right: pointer.x + pointer.width + slack,
          bottom: pointer.y + pointer.height + slack,
        }
      : { x: 0, y: 0, right: width, bottom: height };
  const [left, top] = [Math.max(2, box.x), Math.max(2, box.y)];
  const [right, bottom] = [Math.min(width - 2, box.right), Math.min(height - 2, box.bottom)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (x < left || y < top || x >= right || y >= bottom) ground[y * width + x] = 1;
  return ground;
}

function ellipsePrior({ cx, cy, rx, ry }: Ellipse, outside: Uint8Array, width: number): Uint8Array {
  return outside.map((isGround, i) => {
    if (isGround) return GROUND;
    const x = i % width;
    const r = ((x - cx) / rx) ** 2 + (((i - x) / width - cy) / ry) ** 2;
    return r < 0.16 ? DISH : r < 1 ? PROBABLY_DISH : PROBABLY_GROUND;
  });
}

const colourPrior = (blob: Mask, outside: Uint8Array): Uint8Array =>
  blob.data.map((value, i) => (outside[i] ? GROUND : value !== 0 ? PROBABLY_DISH : PROBABLY_GROUND));

/** What differs from the border and lies where the dish is expected. */
function colourBlob(
  distance: Float32Array,
  expected: Ellipse,
  isPointed: boolean,
  width: number,
  height: number,
): Mask | null {
  const saliency = isPointed
    ? distance.map((value, i) => {
        const x = i % width;
        const r = ((x - expected.cx) / expected.rx) ** 2 + (((i - x) / width - expected.cy) / expected.ry) ** 2;
        return value * Math.exp(-0.7 * r);
      })
    : weighByCentre(distance, width, height);
  const { threshold } = otsuSplit(saliency);
  const short = Math.min(width, height);
  const raw = maskWhere({ width, height }, saliency, (value) => value > threshold);
  const [biggest] = findBlobs(open(close(raw, Math.max(1, short * 0.03)), Math.max(1, short * 0.03)));
  if (!biggest || biggest.pixels.length < width * height * 0.015) return null;
  const data = new Uint8Array(width * height);
  for (const i of biggest.pixels) data[i] = 255;
  return { width, height, data };
}

/** Everything that differs from the border's colours and does not run into it: what could be a dish too. */
function standingOut(distance: Float32Array, width: number, height: number): Blob[] {
  const { threshold } = otsuSplit(distance);
  const raw = maskWhere({ width, height }, distance, (value) => value > threshold);
  const blobs = findBlobs(open(fillHoles(raw), Math.min(width, height) * 0.03));
  return blobs.filter(
    ({ left, top, right, bottom }) => left > 1 && top > 1 && right < width - 2 && bottom < height - 2,
  );
}

/** Strands cut off, the blob where the dish is expected kept, its holes filled; null when nothing is left. */
function tidy(mask: Mask, { cx, cy }: Ellipse): Mask | null {
  const { width, height } = mask;
  const opened = open(fillHoles(mask), (Math.min(width, height) * STRAND) / 2);
  const middle = Math.round(cy) * width + Math.round(cx);
  const blobs = findBlobs(opened).filter(({ pixels }) => pixels.length >= width * height * 0.015);
  const chosen =
    blobs.find(({ pixels }) => pixels.includes(middle) && pixels.length > (blobs[0]?.pixels.length ?? 0) * 0.3) ??
    blobs[0];
  if (!chosen) return null;
  const data = new Uint8Array(width * height);
  for (const i of chosen.pixels) data[i] = 255;
  return fillHoles({ width, height, data });
}

function fillHoles(mask: Mask): Mask {
  const { width, height } = mask;
  const inverse = { width, height, data: mask.data.map((value) => (value === 0 ? 255 : 0)) };
  const data = new Uint8Array(width * height).fill(255);
  for (const { pixels, left, top, right, bottom } of findBlobs(inverse)) {
    if (left === 0 || top === 0 || right === width - 1 || bottom === height - 1) for (const i of pixels) data[i] = 0;
  }
  return { width, height, data };
}

import type { Box } from '../geometry.js';
import type { Blob, Mask } from '../mask.js';
import type { Raster } from '../picture.js';
import { areaOf, type Contour, drawToEdge, edgeSteps, outlineOf, POINTS, scaled, smooth, spread } from './contour.js';
import type { EdgeField } from './edge-field.js';
import { hasEars } from './ears.js';
import { loadOpenCv } from './opencv.js';
import { searchRims } from './rim-search.js';
import { type Candidate, isBox, type Pointer, shapeCandidates } from './shape-candidates.js';
import { findVessel, liesOnFaintPlate } from './vessel.js';
import { outlineVessel } from './vessel-outline.js';

/** Long side of the picture on which the shape is found; more takes far longer and the outline is refined anyway. */
export const SHAPE_SIDE = 384;
/** A colour step (RGB distance) that the eye takes for an edge. */
const CLEAR_STEP = 16;
/** Arcs are judged in pieces of this share of the outline: a bun cut flat is no longer than that. */
const ARC = 0.08;
/** Share of the weakest arc that must have a clear step; below it the outline crosses something. */
const LEAST_ARC = 0.8;

/** From this support on an oval is the rim of something, whatever else may be wrong. */
const SURE_RIM = 0.9;
/** Weight of a disagreement about a shape that has no rim. */
const SHAPE_DOUBT = 2.5;
/** Without a rim, what is so many times as high as wide is a glass, a jar or a pile: refused. */
const TALL = 1.2;

/** How sure the cut is, each 0..1. */
export interface CutMeasures {
  /** How well the independent guesses agree on this shape (IoU): rim and colours, or colours from two beginnings. */
  agreement: number;
  /** Share of the outline with a clear colour step. */
  clearEdge: number;
  /** The same share on the arc that has least of it. */
  weakestArc: number;
  /** Share of the outline away from the picture's border. */
  inside: number;
  /** Area over the area of the convex hull: 1 for anything without bites and bumps, and for a vessel with a rim. */
  regular: number;
  /** 1 when nothing of like size stands beside it; 0 when another dish is as large. */
  alone: number;
}

export interface DishCut {
  /** Outline in pixels of the picture. */
  outline: Contour;
  box: Box;
  measures: CutMeasures;
  /** 0..1. */
  confidence: number;
}

/** Why no outline is worth measuring. */
export type Doubt = 'nothing' | 'several' | 'cropped' | 'not whole' | 'beside' | 'tall';

export interface CutOrder {
  picture: Raster;
  /** The same picture with a long side of SHAPE_SIDE. */
  small: Raster;
  /** In pixels of `picture`. */
  pointer?: Pointer;
}

/**
 * Finds the dish and draws its outline at the picture's own resolution. Same picture, same outline, to the bit.
 * First by the rim of its plate, bowl or pan, which costs a third of the second; where there is none, by its colours.
 * Blocks its thread for half a second or so.
 */
export async function findOutline({ picture, small, pointer }: CutOrder): Promise<DishCut | { doubt: Doubt }> {
  const cv = await loadOpenCv();
  const scale = picture.width / small.width;
  const pointed = pointer && shrunk(pointer, scale);
  const { rims, fields } = searchRims(small);
  const [field, half] = fields as [EdgeField, EdgeField];
  const vessel = findVessel(rims, field, small, pointed);
  if (vessel.kind === 'several' || vessel.kind === 'cropped') return { doubt: vessel.kind };
  if (vessel.kind === 'vessel') {
    if (liesOnFaintPlate(half, vessel.oval) || hasEars(small, vessel.oval)) return { doubt: 'not whole' };
    const found = outlineVessel(cv, picture, small, field, vessel.oval);
    if (found === 'inside a larger one') return cutByColours();
    // An oval that is hardly one is no reason to give up what the colours find.
    if ('doubt' in found) return vessel.oval.support < SURE_RIM && found.doubt === 'beside' ? cutByColours() : found;
    const { outline, agreement } = found;
    return cutOf(outline, {
      agreement,
      ...edgesUnder(picture, outline),
      inside: insideOf(picture, outline, scale),
      regular: 1,
      alone: 1,
    });
  }
  return cutByColours();

  function cutByColours(): DishCut | { doubt: Doubt } {
    const { candidates, rivals } = shapeCandidates(cv, small, pointed);
    const [one, other] = candidates as [Candidate | undefined, Candidate | undefined];
    if (!one || !other) return { doubt: 'nothing' };
    // Without a rim to go by, both must find the same shape almost to the pixel.
    const agreement = maskOverlap(one.mask, other.mask) ** SHAPE_DOUBT;

    const cuts = [one, other].map(({ mask }) => {
      const coarse = scaled(smooth(outlineOf(mask), 3), scale);
      const outline = spread(smooth(drawToEdge(picture, coarse, Math.max(6, 6 * scale)).outline, 2.2), POINTS);
      const regular = solidity(outline);
      const inside = insideOf(picture, outline, scale);
      return cutOf(outline, {
        agreement,
        ...edgesUnder(picture, outline),
        inside,
        regular,
        alone: alone(mask, rivals),
      });
    });
    const best = cuts.reduce((so, cut) => (cut.confidence > so.confidence ? cut : so));
    const { x, y, width, height } = best.box;
    if (height > TALL * width) return { doubt: 'tall' };
    const oval = {
      cx: (x + width / 2) / scale,
      cy: (y + height / 2) / scale,
      a: width / 2 / scale,
      b: height / 2 / scale,
      turn: 0,
    };
    return liesOnFaintPlate(half, oval) ? { doubt: 'not whole' } : best;
  }
}

const cutOf = (outline: Contour, measures: CutMeasures): DishCut => ({
  outline,
  box: boxOf(outline),
  measures,
  confidence: confidenceOf(measures),
});

/** Product of independent doubts. */
const confidenceOf = ({ agreement, clearEdge, weakestArc, inside, regular, alone }: CutMeasures): number =>
  agreement ** 8 * clearEdge * Math.min(1, weakestArc / LEAST_ARC) ** 8 * inside ** 5 * regular ** 3 * alone;

const shrunk = (pointer: Pointer, scale: number): Pointer =>
  isBox(pointer)
    ? { x: pointer.x / scale, y: pointer.y / scale, width: pointer.width / scale, height: pointer.height / scale }
    : { x: pointer.x / scale, y: pointer.y / scale };

/** Of the outline as it will be cut: smoothed or laid on a rim it may have left the edges that it was drawn to. */
function edgesUnder(picture: Raster, outline: Contour): { clearEdge: number; weakestArc: number } {
  const clear = Array.from(edgeSteps(picture, outline), (step) => (step >= CLEAR_STEP ? 1 : 0));
  return {
    clearEdge: clear.reduce<number>((sum, value) => sum + value, 0) / clear.length,
    weakestArc: weakestOf(clear),
  };
}

function insideOf({ width, height }: Raster, outline: Contour, scale: number): number {
  const count = outline.length / 2;
  const margin = 3 * scale;
  let onBorder = 0;
  for (let k = 0; k < count; k++) {
    const [x, y] = [outline[k * 2] as number, outline[k * 2 + 1] as number];
    if (Math.min(x, y, width - x, height - y) < margin) onBorder++;
  }
  return 1 - onBorder / count;
}

/** The least share of ones in any arc of the outline. */
function weakestOf(clear: number[]): number {
  const length = Math.round(clear.length * ARC);
  let sum = clear.slice(0, length).reduce((total, value) => total + value, 0);
  let least = sum;
  for (let from = 0; from < clear.length; from++) {
    sum += (clear[(from + length) % clear.length] as number) - (clear[from] as number);
    least = Math.min(least, sum);
  }
  return least / length;
}
/** Another thing that stands out counts once it covers a third of the dish's own area. */
function alone(mask: Mask, rivals: Blob[]): number {
  const own = mask.data.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0);
  const beside = rivals.filter(({ pixels }) => pixels.filter((i) => mask.data[i] !== 0).length < pixels.length * 0.3);
  const largest = Math.max(0, ...beside.map(({ pixels }) => pixels.length)) / own;
  return 1 - Math.min(1, Math.max(0, (largest - 0.33) / 0.67));
}

export function maskOverlap(a: Mask, b: Mask): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.data.length; i++) {
    const value = a.data[i] as number;
    const other = b.data[i] as number;
    if (value !== 0 && other !== 0) both++;
    if (value !== 0 || other !== 0) either++;
  }
  return either === 0 ? 0 : both / either;
}

/** Area over the area of the convex hull: 1 for anything round or angular, less for every bite and bump. */
function solidity(outline: Contour): number {
  const points = Array.from(
    { length: outline.length / 2 },
    (_, k) => [outline[k * 2] as number, outline[k * 2 + 1] as number] as const,
  );
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (ordered: typeof points): (readonly [number, number])[] => {
    const hull: (readonly [number, number])[] = [];
    for (const point of ordered) {
      while (hull.length >= 2) {
        const [p, q] = [hull.at(-2) as readonly [number, number], hull.at(-1) as readonly [number, number]];
        if ((q[0] - p[0]) * (point[1] - p[1]) > (q[1] - p[1]) * (point[0] - p[0])) break;
        hull.pop();
      }
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  const hull = Float64Array.from([...chain(points), ...chain(points.toReversed())].flat());
  return areaOf(outline) / Math.max(1, areaOf(hull));
}

function boxOf(outline: Contour): Box {
  const xs = outline.filter((_, i) => i % 2 === 0);
  const ys = outline.filter((_, i) => i % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

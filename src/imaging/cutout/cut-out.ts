import type { Box } from '../geometry.js';
import type { Blob, Mask } from '../mask.js';
import type { Raster } from '../picture.js';
import { areaOf, type Contour, drawToEdge, edgeSteps, outlineOf, scaled, smooth, spread, POINTS } from './contour.js';
import { loadOpenCv } from './opencv.js';
import { fitPlateRim, layOnRim, type Rim } from './plate-rim.js';
import { type Candidate, isBox, type Pointer, shapeCandidates } from './shape-candidates.js';

/** Long side of the picture on which the shape is found; more takes far longer and the outline is refined anyway. */
export const SHAPE_SIDE = 384;
/** A colour step (RGB distance) that the eye takes for an edge. */
const CLEAR_STEP = 22;
/** Arcs are judged in pieces of this share of the outline: a bun cut flat is no longer than that. */
const ARC = 0.08;
/** Share of the weakest arc that must have a clear step; below it the outline crosses something. */
const LEAST_ARC = 0.6;

/** How sure the cut is, each 0..1. */
export interface CutMeasures {
  /** How well the independent guesses agree on this shape (mean IoU). */
  agreement: number;
  /** Share of the outline that lies on the rim of a round plate or bowl; 0 when there is none. */
  onRim: number;
  /** Share of the outline with a clear colour step. */
  clearEdge: number;
  /** The same share on the arc that has least of it. */
  weakestArc: number;
  /** Share of the outline away from the picture's border. */
  inside: number;
  /** Area over the area of the convex hull: 1 for anything without bites and bumps. */
  regular: number;
  /** 1 when nothing of like size stands beside it; 0 when another dish is as large. */
  alone: number;
}

export interface DishCut {
  /** Outline in pixels of the picture. */
  outline: Contour;
  box: Box;
  /** The round rim of plate or bowl, when there is one. */
  rim: Rim | null;
  measures: CutMeasures;
  /** 0..1. */
  confidence: number;
}

export interface CutOrder {
  picture: Raster;
  /** The same picture with a long side of SHAPE_SIDE. */
  small: Raster;
  /** In pixels of `picture`. */
  pointer?: Pointer;
}

/**
 * Finds the dish and draws its outline at the picture's own resolution. Same picture, same outline, to the bit.
 * Blocks its thread for a second or so.
 * @returns null when nothing stands out.
 */
export async function findOutline({ picture, small, pointer }: CutOrder): Promise<DishCut | null> {
  const cv = await loadOpenCv();
  const scale = picture.width / small.width;
  const { candidates, rivals } = shapeCandidates(cv, small, pointer && shrunk(pointer, scale));
  const cuts = candidates.map((candidate) => {
    const coarse = scaled(smooth(outlineOf(candidate.mask), 3), scale);
    const edge = drawToEdge(picture, coarse, Math.max(6, 6 * scale));
    const followed = spread(smooth(edge.outline, 2.2), POINTS);
    const rim = fitPlateRim(cv, followed);
    const outline = rim ? smooth(layOnRim(picture, followed, rim), 1.5) : followed;
    const measures = measure({ candidate, candidates, rivals, outline, rim, picture, scale });
    return { from: candidate.from, outline, box: boxOf(outline), rim, measures, confidence: confidenceOf(measures) };
  });
  const best = cuts.sort((a, b) => b.confidence * sizeBonus(b, picture) - a.confidence * sizeBonus(a, picture))[0];
  return best ?? null;
}

const sizeBonus = ({ box }: { box: Box }, { width, height }: Raster): number =>
  Math.sqrt(Math.min(0.5, (box.width * box.height) / (width * height)));

/** Product of independent doubts; a plate's rim that was really found speaks for a shape the guesses disagree on. */
const confidenceOf = ({ agreement, onRim, clearEdge, weakestArc, inside, regular, alone }: CutMeasures): number =>
  Math.max(agreement, onRim) ** 0.8 *
  clearEdge ** 1.6 *
  Math.min(1, weakestArc / LEAST_ARC) ** 2 *
  inside ** 3 *
  regular ** 3 *
  alone;

const shrunk = (pointer: Pointer, scale: number): Pointer =>
  isBox(pointer)
    ? { x: pointer.x / scale, y: pointer.y / scale, width: pointer.width / scale, height: pointer.height / scale }
    : { x: pointer.x / scale, y: pointer.y / scale };

interface Evidence {
  candidate: Candidate;
  candidates: Candidate[];
  rivals: Blob[];
  outline: Contour;
  rim: Rim | null;
  picture: Raster;
  scale: number;
}

function measure({ candidate, candidates, rivals, outline, rim, picture, scale }: Evidence): CutMeasures {
  const others = candidates.filter((other) => other !== candidate).map(({ mask }) => maskOverlap(mask, candidate.mask));
  const count = outline.length / 2;
  let onBorder = 0;
  const margin = 3 * scale;
  for (let k = 0; k < count; k++) {
    const [x, y] = [outline[k * 2] as number, outline[k * 2 + 1] as number];
    if (Math.min(x, y, picture.width - x, picture.height - y) < margin) onBorder++;
  }
  // Of the outline as it will be cut: laid on a rim it may have left the edges that it was drawn to.
  const clear = Array.from(edgeSteps(picture, outline), (step) => (step >= CLEAR_STEP ? 1 : 0));
  return {
    agreement: others.length === 0 ? 0 : Math.max(...others),
    onRim: rim?.fit ?? 0,
    clearEdge: clear.reduce<number>((sum, value) => sum + value, 0) / count,
    weakestArc: weakestOf(clear),
    inside: 1 - onBorder / count,
    regular: Math.max(solidity(outline), rim?.fit ?? 0),
    alone: alone(candidate.mask, rivals),
  };
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

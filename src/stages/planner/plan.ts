import { type Box, intersectionOverUnion } from '../../imaging/geometry.js';
import { largestFreeRectangle } from '../../imaging/free-rectangle.js';
import { type Candidate, gridAround, RULES } from './candidates.js';
import { type Ground, maskIou, meanInside } from './ground.js';

export interface PlanLimits {
  /** Ratios of the picture. */
  minWidth: number;
  minHeight: number;
  maxProposals: number;
  maxForbiddenIou: number;
}

export interface Proposal {
  /** Ratios of the picture, 4 decimals. */
  box: Box;
  source: string;
  score: number;
  /** Overlap with what is forbidden: the larger of box and mask IoU. */
  occlusionIou: number;
  /** Share of the proposal that lies over what is forbidden, 0..1. */
  coverage: number;
  /** 0 calm .. 1 busy. */
  detail: number;
  /** Of the largest free rectangle: its share of the picture. */
  area?: number;
}

/** Full-width text runs into the frame; so much stays free at each edge, as a ratio. */
const FRAME = 0.03;
/** Pictures taller than this are stories, whose top and bottom the app covers with its own things (shares). */
const STORY_ASPECT = 1.6;
const STORY_COVERED = { top: 0.13, bottom: 0.19 };
/** Two proposals that overlap so much are one. */
const SAME_PLACE = 0.8;

/**
 * Places for a headline, best first. Those that the picture's own design keeps lead, then the largest free rectangle
 * when there is one; the others keep clear of what is forbidden as far as possible and prefer calm parts of the picture.
 */
export function planProposals(ground: Ground, limits: PlanLimits, designed: readonly Candidate[] = []): Proposal[] {
  const candidates = [
    ...RULES,
    ...(ground.forbidden ? gridAround(ground.forbidden, { width: limits.minWidth, height: limits.minHeight }) : []),
  ];
  const open = candidates.filter(({ box }) => isOpen(box, ground));
  const judged = (open.length > 0 ? open : candidates).map((candidate) => judge(ground, candidate));
  const clear = judged.filter(({ occlusionIou }) => occlusionIou <= limits.maxForbiddenIou);
  const kept = clear.length > 0 ? clear : [...judged].sort((a, b) => a.occlusionIou - b.occlusionIou).slice(0, 1);
  const largest = largestFree(ground, limits);
  const planned = [
    ...designed.map((place) => ({ ...judge(ground, place), score: place.base })),
    ...(largest ? [largest] : []),
  ];
  return [...planned, ...withoutTwins(kept)].slice(0, limits.maxProposals);
}

/** Clear of what an app lays over a story. */
const isOpen = ({ y, height }: Box, ground: Ground): boolean =>
  ground.height / ground.width <= STORY_ASPECT || (y >= STORY_COVERED.top && y + height <= 1 - STORY_COVERED.bottom);

function judge(ground: Ground, { box, source, base }: Candidate): Proposal {
  const occlusionIou = Math.max(
    ground.forbidden ? intersectionOverUnion(box, ground.forbidden) : 0,
    maskIou(ground, box),
  );
  const coverage = meanInside(ground.boxed, ground, box) / 255;
  const detail = meanInside(ground.detail, ground, box);
  return {
    box: rounded(box),
    source,
    occlusionIou,
    coverage,
    detail,
    score: base * (1 - occlusionIou) * (1 - coverage) * (1 - 0.5 * detail),
  };
}

/** First free of the boxes, which is what is evaluated later; where they leave no room, free of the outline alone. */
function largestFree(ground: Ground, limits: PlanLimits): Proposal | null {
  const usable = 1 - 2 * FRAME;
  const least = {
    minWidth: Math.floor(Math.min(limits.minWidth, usable) * ground.width),
    minHeight: Math.ceil(limits.minHeight * ground.height),
  };
  for (const grid of [ground.boxed, ground.mask]) {
    const framed = withFrame(grid, ground);
    const free = largestFreeRectangle({ width: ground.width, height: ground.height, data: framed }, least);
    if (!free) continue;
    const box = rounded({
      x: free.x / ground.width,
      y: free.y / ground.height,
      width: free.width / ground.width,
      height: free.height / ground.height,
    });
    return { ...judge(ground, { box, source: 'max_size_full', base: 1 }), score: 1, area: box.width * box.height };
  }
  return null;
}

function withFrame(grid: Uint8Array, { width, height }: Ground): Uint8Array {
  const framed = Uint8Array.from(grid);
  const margin = Math.max(1, Math.round(FRAME * Math.min(width, height)));
  const isStory = height / width > STORY_ASPECT;
  const top = isStory ? Math.round(STORY_COVERED.top * height) : margin;
  const bottom = isStory ? Math.round(STORY_COVERED.bottom * height) : margin;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x < margin || y < top || x >= width - margin || y >= height - bottom) framed[y * width + x] = 255;
    }
  }
  return framed;
}

/** Best first; a place nearly the same as a better one is dropped. */
function withoutTwins(proposals: Proposal[]): Proposal[] {
  const kept: Proposal[] = [];
  for (const proposal of [...proposals].sort((a, b) => b.score - a.score)) {
    if (kept.every((better) => intersectionOverUnion(better.box, proposal.box) < SAME_PLACE)) kept.push(proposal);
  }
  return kept;
}

const round4 = (value: number): number => Math.round(value * 10_000) / 10_000;
const rounded = (box: Box): Box => ({
  x: round4(box.x),
  y: round4(box.y),
  width: round4(box.width),
  height: round4(box.height),
});

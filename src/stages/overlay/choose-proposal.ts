import { createHash } from 'node:crypto';
import type { Box } from '../../imaging/geometry.js';

/** A candidate as a `planner_proposals` layout holds it; rows of other planners may lack the later fields. */
export interface StoredProposal {
  xywh: [number, number, number, number];
  source: string;
  score: number;
  occlusion_iou: number;
  coverage?: number;
  detail?: number;
}

export interface ForbiddenPosition {
  is_top_y?: boolean;
  is_bottom_y?: boolean;
}

const MAX_OCCLUSION = 0.05;
/** So much of a proposal may lie over the dish's box and still count as beside it. */
const BESIDE = 0.01;

const GROUPS = ['max_size', 'top', 'bottom', 'left', 'right', 'center'] as const;
const groupOf = ({ source, xywh: [, y, , height] }: StoredProposal): string => {
  const named = GROUPS.find((group) => source.includes(group));
  if (named) return named;
  if (source.includes('above')) return 'top';
  if (source.includes('below')) return 'bottom';
  return y + height / 2 < 0.4 ? 'top' : 'other';
};

export const toBox = ([x, y, width, height]: StoredProposal['xywh']): Box => ({ x, y, width, height });

/**
 * All usable proposals, the chosen one first. Equal input and seed choose equally: a clear leader wins, otherwise the
 * draw is weighted by score and decided by the seed.
 */
export function rankProposals(
  proposals: StoredProposal[],
  { text, seed, position }: { text: string; seed: string; position: ForbiddenPosition | null },
): StoredProposal[] {
  const tolerated = proposals.filter(({ occlusion_iou }) => occlusion_iou <= MAX_OCCLUSION);
  // Where there is room beside the dish, nothing else is considered.
  const beside = tolerated.filter(({ coverage = 0 }) => coverage <= BESIDE);
  const usable = beside.length > 0 ? beside : tolerated.length > 0 ? tolerated : leastOccluding(proposals);
  const length = [...text].length;

  const bestOfGroup = new Map<string, { proposal: StoredProposal; worth: number }>();
  for (const proposal of usable) {
    const worth = worthOf(proposal, length, position);
    const known = bestOfGroup.get(groupOf(proposal));
    if (!known || worth > known.worth) bestOfGroup.set(groupOf(proposal), { proposal, worth });
  }
  const ranked = [...bestOfGroup.values()].sort((a, b) => b.worth - a.worth);
  const chosen = choose(ranked, length, seed);
  const rest = [...ranked.map(({ proposal }) => proposal), ...usable].filter((proposal) => proposal !== chosen);
  return chosen ? [chosen, ...new Set(rest)] : [];
}

const leastOccluding = (proposals: StoredProposal[]): StoredProposal[] =>
  [...proposals].sort((a, b) => (a.coverage ?? a.occlusion_iou) - (b.coverage ?? b.occlusion_iou)).slice(0, 1);

function worthOf(proposal: StoredProposal, length: number, position: ForbiddenPosition | null): number {
  const group = groupOf(proposal);
  const [, y, , height] = proposal.xywh;
  const middle = y + height / 2;
  // Long texts need the room; from 20 to 100 characters its worth grows up to 1.
  const room = group === 'max_size' ? Math.min(1, Math.max(0, (length - 20) / 80)) : 0;
  const away =
    (position?.is_bottom_y && middle < 0.4) || (position?.is_top_y && middle > 0.6)
      ? 0.3
      : (position?.is_bottom_y && middle > 0.6) || (position?.is_top_y && middle < 0.4)
        ? -0.3
        : 0;
  // A column narrower than a headline makes it small and ragged.
  const narrow = proposal.xywh[2] < 0.35 ? -0.4 : 0;
  const offCentre = Math.abs(proposal.xywh[0] + proposal.xywh[2] / 2 - 0.5);
  return proposal.score + room + away + narrow - 0.6 * offCentre + letterSize(proposal.xywh, length);
}

/**
 * How large the text can be set there, 0..1 where 1 is a tenth of the picture's side and more: advertisements are read
 * at thumb size. Hangul is about as wide as it is tall; one to three lines are tried.
 */
export function letterSize([, , width, height]: StoredProposal['xywh'], length: number): number {
  const sizes = [1, 2, 3].map((lines) =>
    Math.min((width * 0.9) / Math.ceil(length / lines), (height * 0.84) / (lines * 1.22)),
  );
  return Math.min(1, Math.max(...sizes) / 0.1);
}

interface Ranked {
  proposal: StoredProposal;
  worth: number;
}

function choose(ranked: Ranked[], length: number, seed: string): StoredProposal | undefined {
  const [first, second] = ranked;
  if (!first || !second) return first?.proposal;
  if (length >= 100) {
    const largest = ranked.find(({ proposal }) => groupOf(proposal) === 'max_size');
    if (largest) return largest.proposal;
  }
  const lead = first.worth - second.worth;
  if (lead >= 0.15 || (second.worth > 0 && first.worth / second.worth >= 1.15)) return first.proposal;
  return drawByWeight(ranked, seed);
}

/** Softmax over the worth; cold enough that clearly worse places are rare. */
function drawByWeight(ranked: Ranked[], seed: string): StoredProposal | undefined {
  const best = ranked[0]?.worth ?? 0;
  const weights = ranked.map(({ worth }) => Math.exp((worth - best) / 0.08));
  const draw = createHash('sha256').update(seed).digest().readUInt32BE(0) / 2 ** 32;
  let left = draw * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return ranked[index]?.proposal;
  }
  return ranked.at(-1)?.proposal;
}

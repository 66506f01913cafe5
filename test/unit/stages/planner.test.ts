import { describe, expect, test } from 'vitest';
import { type Box, intersectionOverUnion } from '../../../src/imaging/geometry.js';
import { type Ground, maskIou, meanInside, surveyGround } from '../../../src/stages/planner/ground.js';
import { planProposals } from '../../../src/stages/planner/plan.js';
import { letterSize, rankProposals, type StoredProposal } from '../../../src/stages/overlay/choose-proposal.js';

const SIDE = 100;
const LIMITS = { minWidth: 0.5, minHeight: 0.12, maxProposals: 10, maxForbiddenIou: 0.05 };

/** A flat picture, busy where `busy` says, with a dish filling the given box. */
const ground = (boxes: Box[], busy: (x: number, y: number) => boolean = () => false): Ground => {
  const data = new Uint8Array(SIDE * SIDE * 3).fill(128);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      if (busy(x, y) && (x + y) % 2) data.fill(255, (y * SIDE + x) * 3, (y * SIDE + x) * 3 + 3);
  return surveyGround({ raster: { width: SIDE, height: SIDE, data }, mask: null, placed: null, boxes });
};

describe('planning', () => {
  test('the largest free rectangle leads, lies beside the dish and keeps off the frame', () => {
    const dish = { x: 0.2, y: 0.4, width: 0.6, height: 0.6 };
    const [first, ...others] = planProposals(ground([dish]), LIMITS);
    expect(first).toMatchObject({ source: 'max_size_full', score: 1, coverage: 0, occlusionIou: 0 });
    expect(first?.box.x).toBeCloseTo(0.03, 2);
    expect(first?.box.width).toBeCloseTo(0.94, 2);
    expect((first?.box.y ?? 0) + (first?.box.height ?? 0)).toBeLessThanOrEqual(0.39);
    expect((first?.box.y ?? 0) + (first?.box.height ?? 0)).toBeGreaterThan(0.36);
    for (const { box, occlusionIou } of others) {
      expect(intersectionOverUnion(box, dish)).toBeLessThanOrEqual(0.05);
      expect(occlusionIou).toBeLessThanOrEqual(0.05);
    }
  });

  test('where the generation says that it placed the dish, no text goes, whatever the detector overlooked', () => {
    // Only the food on a pale plate was detected; the plate reaches down to the foot of the picture.
    const placed = new Uint8Array(SIDE * SIDE);
    for (let y = 34; y < 92; y++) placed.fill(255, y * SIDE + 12, y * SIDE + 88);
    const data = new Uint8Array(SIDE * SIDE * 3).fill(200);
    const detected = [{ x: 0.3, y: 0.34, width: 0.4, height: 0.26 }];
    const plan = (mask: Uint8Array | null) =>
      planProposals(
        surveyGround({ raster: { width: SIDE, height: SIDE, data }, mask: null, placed: mask, boxes: detected }),
        LIMITS,
      );
    const [blind] = plan(null);
    const [told, ...others] = plan(placed);
    expect((blind?.box.y ?? 0) + (blind?.box.height ?? 0)).toBeGreaterThan(0.9);
    for (const { box } of [told, ...others].filter((proposal) => proposal !== undefined)) {
      const isClear = box.y + box.height <= 0.345 || box.x + box.width <= 0.125 || box.x >= 0.875;
      expect(isClear, JSON.stringify(box)).toBe(true);
    }
  });

  test('a dish at the top sends the text below it', () => {
    const [first] = planProposals(ground([{ x: 0.1, y: 0, width: 0.8, height: 0.6 }]), LIMITS);
    expect(first?.box.y).toBeGreaterThan(0.6);
  });

  test('the best calm place beats the same place when it is busy', () => {
    const calm = planProposals(ground([]), LIMITS).find(({ source }) => source === 'rule_top');
    const busy = planProposals(
      ground([], (_x, y) => y < 30),
      LIMITS,
    ).find(({ source }) => source === 'rule_top');
    expect(busy?.detail).toBeGreaterThan((calm?.detail ?? 0) + 0.5);
    expect(busy?.score).toBeLessThan(calm?.score ?? 0);
  });

  test('in a story nothing is proposed where the app lays its own things', () => {
    const raster = { width: 90, height: 160, data: new Uint8Array(90 * 160 * 3).fill(128) };
    const boxes = [{ x: 0.1, y: 0.4, width: 0.8, height: 0.3 }];
    const proposals = planProposals(surveyGround({ raster, mask: null, placed: null, boxes }), LIMITS);
    expect(proposals.length).toBeGreaterThan(0);
    for (const { box, source } of proposals) {
      expect(box.y, source).toBeGreaterThanOrEqual(0.129);
      expect(box.y + box.height, source).toBeLessThanOrEqual(0.811);
    }
  });

  test('no room at all: the least harmful place, and no claim of a free rectangle', () => {
    const proposals = planProposals(ground([{ x: 0, y: 0, width: 1, height: 1 }]), LIMITS);
    expect(proposals.length).toBeGreaterThan(0);
    expect(proposals.every(({ source }) => source !== 'max_size_full')).toBe(true);
  });

  test('limits are kept: number, least size', () => {
    const proposals = planProposals(ground([{ x: 0.3, y: 0.5, width: 0.4, height: 0.4 }]), {
      ...LIMITS,
      maxProposals: 3,
      minWidth: 0.7,
    });
    expect(proposals).toHaveLength(3);
    for (const { box, source } of proposals)
      if (!source.startsWith('rule')) expect(box.width).toBeGreaterThanOrEqual(0.69);
  });

  test('mask overlap is measured on the mask, not on its box', () => {
    const grid = ground([{ x: 0, y: 0, width: 0.5, height: 1 }]);
    expect(maskIou(grid, { x: 0, y: 0, width: 0.5, height: 1 })).toBeCloseTo(1, 2);
    expect(maskIou(grid, { x: 0.25, y: 0, width: 0.5, height: 1 })).toBeCloseTo(1 / 3, 1);
    expect(meanInside(grid.mask, grid, { x: 0.6, y: 0, width: 0.4, height: 1 })).toBe(0);
  });
});

describe('choosing', () => {
  const proposal = (
    source: string,
    xywh: StoredProposal['xywh'],
    more: Partial<StoredProposal> = {},
  ): StoredProposal => ({ source, xywh, score: 0.8, occlusion_iou: 0, coverage: 0, ...more });
  const choose = (proposals: StoredProposal[], text = '든든한 부대찌개', seed = 'a') =>
    rankProposals(proposals, { text, seed, position: null });

  test('what covers the dish is out while something beside it is there', () => {
    const beside = proposal('rule_bottom', [0.1, 0.82, 0.8, 0.18], { score: 0.3 });
    const over = proposal('rule_top', [0.1, 0.05, 0.8, 0.18], { score: 1, coverage: 0.4 });
    expect(choose([over, beside])[0]).toBe(beside);
    expect(choose([over])[0]).toBe(over);
  });

  test('a long text gets the largest place', () => {
    const largest = proposal('max_size_full', [0.03, 0.03, 0.94, 0.3], { score: 0.2 });
    const top = proposal('rule_top', [0.1, 0.05, 0.8, 0.18], { score: 1 });
    expect(choose([top, largest], '가'.repeat(100))[0]).toBe(largest);
  });

  test('a draw between equals is decided by the seed, and always in the same way', () => {
    const equals = [proposal('rule_top', [0.1, 0.05, 0.8, 0.18]), proposal('rule_bottom', [0.1, 0.77, 0.8, 0.18])];
    const drawn = Array.from({ length: 40 }, (_, i) => choose(equals, '든든한 부대찌개', `seed-${i}`)[0]?.source);
    expect(new Set(drawn).size).toBe(2);
    expect(Array.from({ length: 40 }, (_, i) => choose(equals, '든든한 부대찌개', `seed-${i}`)[0]?.source)).toEqual(
      drawn,
    );
  });

  test('every other usable place follows, so that a text too long for the first finds another', () => {
    const all = [
      proposal('rule_top', [0.1, 0.05, 0.8, 0.18]),
      proposal('grid_top_left', [0.03, 0.03, 0.5, 0.12]),
      proposal('rule_bottom', [0.1, 0.77, 0.8, 0.18]),
    ];
    expect(new Set(choose(all))).toEqual(new Set(all));
    expect(choose([])).toEqual([]);
  });

  test('letters grow with the place', () => {
    expect(letterSize([0, 0, 0.5, 0.12], 12)).toBeLessThan(letterSize([0, 0, 0.94, 0.3], 12));
  });
});

import { describe, expect, test } from 'vitest';
import { createSlots } from '../../../src/imaging/slots.js';
import { parseUuid } from '../../../src/stages/common/uuid.js';
import { hashRequest } from '../../../src/stages/common/lease.js';
import { measureIou } from '../../../src/stages/iou-eval/iou-metrics.js';
import { levenshtein, scoreText, sequenceRatio } from '../../../src/stages/ocr-eval/text-scores.js';
import { isLargeText, rateContrast } from '../../../src/stages/readability-eval/readability-score.js';

describe('text scores', () => {
  test('the same text scores 1, spaces do not count for letters', () => {
    expect(scoreText('든든한 부대찌개', '든든한 부대찌개')).toEqual({
      accuracy: 1,
      characterMatchRate: 1,
      wordMatchRate: 1,
      editDistance: 0,
      similarity: 1,
    });
    expect(scoreText('든든한 부대찌개', '든든한부대찌개')).toMatchObject({
      characterMatchRate: 1,
      wordMatchRate: 0,
      accuracy: 0.5,
      editDistance: 1,
    });
  });

  test('nothing read scores nothing', () => {
    expect(scoreText('든든한', '')).toEqual({
      accuracy: 0,
      characterMatchRate: 0,
      wordMatchRate: 0,
      editDistance: 3,
      similarity: 0,
    });
  });

  // Values of Python's difflib.SequenceMatcher(None, a, b).ratio().
  test.each([
    ['abcd', 'bcde', 0.75],
    ['private volatile', 'private thread', 0.6],
    ['abc', 'xyz', 0],
    ['tide', 'diet', 0.25],
  ])('%s and %s agree by %d', (a, b, ratio) => {
    expect(sequenceRatio([...a], [...b])).toBeCloseTo(ratio, 5);
  });

  test('edit distance', () => {
    expect(levenshtein([...'kitten'], [...'sitting'])).toBe(3);
  });
});

describe('overlap', () => {
  const region = { x: 0.1, y: 0.1, width: 0.4, height: 0.2 };
  test('the largest one counts, and its detection is named', () => {
    const found = measureIou(
      region,
      [
        { id: 'apart', corners: [800, 800, 900, 900] },
        { id: 'half', corners: [300, 100, 700, 300] },
      ],
      { width: 1000, height: 1000 },
    );
    expect(found.iou_with_food).toBeCloseTo(1 / 3, 10);
    expect(found).toMatchObject({
      max_iou_detection_id: 'half',
      overlap_detected: true,
      detection_count: 2,
      all_ious: [0, expect.closeTo(1 / 3)],
    });
  });
  test('without boxes, and with touching edges, there is none', () => {
    expect(measureIou(region, [], { width: 10, height: 10 })).toEqual({
      iou_with_food: 0,
      max_iou_detection_id: null,
      overlap_detected: false,
      all_ious: [],
      detection_count: 0,
    });
    expect(
      measureIou(region, [{ id: 'a', corners: [500, 100, 600, 300] }], { width: 1000, height: 1000 }),
    ).toMatchObject({ overlap_detected: false, max_iou_detection_id: null });
  });
});

test.each([
  [21, false, 1, true, true],
  [7, false, 1, true, true],
  [5.75, false, 0.75, true, false],
  [4.5, false, 0.5, true, false],
  [2.25, false, 0.25, false, false],
  [3.75, true, 0.75, true, false],
  [4.5, true, 1, true, true],
])('contrast %d (large: %s) scores %d', (ratio, isLarge, score, aa, aaa) => {
  expect(rateContrast(ratio, isLarge)).toEqual({ score, meetsAA: aa, meetsAAA: aaa });
});

test('24 px is large text, 23 px is not, and unknown is not', () => {
  expect([isLargeText(24), isLargeText(23), isLargeText(null)]).toEqual([true, false, false]);
});

test('ids are taken in every form Python takes them', () => {
  const id = '123e4567-e89b-42d3-a456-426614174000';
  for (const form of [id, id.toUpperCase(), id.replaceAll('-', ''), `{${id}}`, `urn:uuid:${id}`])
    expect(parseUuid(form)).toBe(id);
  for (const form of ['', 'nonsense', `${id}0`, id.replace('1', 'g')]) expect(parseUuid(form)).toBeUndefined();
});

test('equal requests hash equally, whatever the order of their keys', () => {
  expect(hashRequest('planner', { a: 1, b: { c: 2, d: 3 } })).toBe(hashRequest('planner', { b: { d: 3, c: 2 }, a: 1 }));
  expect(hashRequest('planner', { a: 1 })).not.toBe(hashRequest('overlay', { a: 1 }));
  expect(hashRequest('planner', { a: 1 })).not.toBe(hashRequest('planner', { a: 2 }));
});

test('slots bound what runs at once, in order, and survive a failure', async () => {
  const slots = createSlots(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (i: number) => async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    order.push(i);
    if (i === 1) throw new Error('broken');
  };
  await Promise.allSettled([0, 1, 2, 3, 4, 5].map((i) => slots.run(work(i))));
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5]]);
});

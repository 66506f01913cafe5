import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PictureTexts, TEXT_SLOTS } from '../../../src/brief/idea.js';
import { look } from '../../../src/generation/looks.js';
import { PALETTES } from '../../../src/generation/palettes.js';
import { outlineOf, unionOf } from '../../../src/typography/outlines.js';
import { setTexts, TextDoesNotFitError } from '../../../src/typography/set-texts.js';
import type { TextAreas } from '../../../src/typography/text-areas.js';

const SIZE = { width: 1080, height: 1080 };
const areas: TextAreas = {
  main: { box: { x: 0.06, y: 0.05, width: 0.88, height: 0.4 }, align: 'center', vertical: 'middle' },
  foot: { box: { x: 0.06, y: 0.84, width: 0.88, height: 0.12 }, align: 'center', vertical: 'bottom' },
  colours: PALETTES.cream,
  look: look(SIZE, { headline: 'BlackHan' }),
};
const FULL: PictureTexts = {
  leadIn: '점심 특선',
  headline: '불맛 가득 제육볶음',
  line: '고추장 양념에 하루 재운 국내산 앞다리살',
  price: '8,900원',
  priceWas: '9,900원',
  offer: '공깃밥 무한리필',
  period: '평일 11:00~14:00',
  note: '포장·배달 가능',
  callToAction: '지금 주문하세요',
  shop: '한솔밥상',
  handle: '@hansol_bob',
  place: '합정점',
};

const inkOf = (set: ReturnType<typeof setTexts>) =>
  set.elements.map((element) => ({
    slot: element.slot,
    area: element.area,
    size: element.lines[0]?.fontSize ?? 0,
    box: element.lines
      .map((line) => outlineOf(line.text, line.face, line, line.fontSize).box)
      .reduce((all, box) => unionOf(all, box)),
  }));

describe('setting a picture’s texts', () => {
  it('sets every text it is given, or names it', () => {
    fc.assert(
      fc.property(fc.subarray(TEXT_SLOTS.filter((slot) => slot !== 'headline')), (slots) => {
        const texts = Object.fromEntries([['headline', FULL.headline], ...slots.map((slot) => [slot, FULL[slot]])]);
        const set = setTexts(texts as PictureTexts, areas, SIZE);
        const found = [...set.elements.map(({ slot }) => slot), ...set.leftOut.map(({ slot }) => slot)].sort();
        expect(found).toEqual(Object.keys(texts).sort());
      }),
      { numRuns: 60 },
    );
  });

  it('keeps within its areas, and no text over another', () => {
    const drawn = inkOf(setTexts(FULL, areas, SIZE));
    for (const { slot, area, box } of drawn) {
      const { x, y, width, height } = (area === 'foot' ? areas.foot : areas.main).box;
      expect(box.x, slot).toBeGreaterThanOrEqual(x * 1080 - 2);
      expect(box.x + box.width, slot).toBeLessThanOrEqual((x + width) * 1080 + 2);
      expect(box.y, slot).toBeGreaterThanOrEqual(y * 1080 - 4);
      expect(box.y + box.height, slot).toBeLessThanOrEqual((y + height) * 1080 + 4);
    }
    for (const [index, { slot, box }] of drawn.entries())
      for (const other of drawn.slice(index + 1)) {
        const across = Math.min(box.x + box.width, other.box.x + other.box.width) - Math.max(box.x, other.box.x);
        const down = Math.min(box.y + box.height, other.box.y + other.box.height) - Math.max(box.y, other.box.y);
        expect(Math.min(across, down), `${slot} over ${other.slot}`).toBeLessThanOrEqual(0);
      }
  });

  it('sets the shop’s name to be read on a telephone, and the headline largest', () => {
    const drawn = inkOf(setTexts(FULL, areas, SIZE));
    const sizeOf = (slot: string): number => drawn.find((one) => one.slot === slot)?.size ?? 0;
    expect(sizeOf('shop')).toBeGreaterThanOrEqual(32);
    for (const { slot, size } of drawn) if (slot !== 'headline') expect(size).toBeLessThan(sizeOf('headline'));
  });

  it('follows the owner’s wish for a smaller headline', () => {
    const size = (headlineScale: number): number =>
      inkOf(setTexts({ headline: FULL.headline }, areas, SIZE, { headlineScale }))[0]?.size ?? 0;
    expect(size(0.7)).toBeLessThan(size(1));
  });

  it('is a magnified copy on another canvas', () => {
    const [small] = inkOf(setTexts({ headline: '국밥' }, areas, { width: 540, height: 540 }));
    const [usual] = inkOf(setTexts({ headline: '국밥' }, areas, SIZE));
    expect((small?.size ?? 0) * 2).toBeCloseTo(usual?.size ?? 0, 5);
  });

  it('refuses what has no headline or one that fits nowhere', () => {
    expect(() => setTexts({ headline: '🔥🔥' }, areas, SIZE)).toThrow(TextDoesNotFitError);
    expect(() => setTexts({ headline: '맛있는 집밥 한 상 '.repeat(60) }, areas, SIZE)).toThrow(/Shorten it/);
  });
});

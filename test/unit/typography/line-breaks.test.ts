import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../src/typography/line-breaks.js';

/** Hangul as wide as it is tall, a blank a third of that. */
const measure = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character === ' ' ? 0.33 : /[ -~]/.test(character) ? 0.55 : 1), 0);
const lines = (text: string, room: number, more: { mostLines?: number; isStrict?: boolean } = {}) =>
  breakLines(text, { room, mostLines: more.mostLines ?? 3, measure, isStrict: more.isStrict ?? true })?.lines;

describe('line breaks', () => {
  it.each<[string, number, string[]]>([
    ['오늘도 든든하게 한 끼 드시고 가세요', 10, ['오늘도 든든하게', '한 끼 드시고 가세요']],
    ['맛있는 게 당기는 날', 6, ['맛있는 게', '당기는 날']],
    ['쫄깃한 쌀떡에 매콤달콤 양념, 오늘 간식은 떡볶이', 16, ['쫄깃한 쌀떡에 매콤달콤 양념,', '오늘 간식은 떡볶이']],
    ['공깃밥 2 개 무료', 6, ['공깃밥', '2 개 무료']],
    ['첫 줄은\n주인이 고릅니다', 20, ['첫 줄은', '주인이 고릅니다']],
  ])('%s', (text, room, expected) => {
    expect(lines(text, room)).toEqual(expected);
  });

  it('keeps words whole in large type, and parts them only where it may', () => {
    expect(lines('라비올리', 3)).toBeUndefined();
    expect(lines('라비올리', 3, { isStrict: false })).toHaveLength(2);
    expect(lines('미역국정식한상차림세트', 6, { mostLines: 2 })).toHaveLength(2);
  });

  it('loses nothing, and begins no line with a closing sign', () => {
    const word = fc.stringMatching(/^[가-힣A-Z0-9]{1,7}[,.!?)%]?$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 9 }), fc.integer({ min: 4, max: 30 }), (words, room) => {
        const found = lines(words.join(' '), room, { mostLines: 20, isStrict: false });
        if (!found) return;
        expect(found.join('').replaceAll(' ', '')).toBe(words.join(''));
        for (const line of found) {
          expect(line).not.toMatch(/^[,.!?)%]/);
          expect(measure(line)).toBeLessThanOrEqual(Math.max(room, 9));
        }
      }),
    );
  });
});

import { expect, it, test } from 'vitest';
import { FONT_FACES } from '../../../src/imaging/fonts.js';
import { drawableText, faceOfText } from '../../../src/typography/drawable-text.js';
import { outlineOf } from '../../../src/typography/outlines.js';

it.each<[string, string, string[]]>([
  ['1️⃣+1️⃣ 치킨 행사', '1+1 치킨 행사', []],
  ['🇰🇷 국내산 김치찌개', '국내산 김치찌개', ['🇰🇷']],
  ['사랑♥︎ 김치찌개', '사랑♥ 김치찌개', []],
  ['▶ 지금 주문‼', '▶ 지금 주문‼', []],
  ['설렁탕 特 12,000원', '설렁탕 特 12,000원', []],
  ['국밥(大) 영하 5℃ ½', '국밥(大) 영하 5℃ ½', []],
  ['\u206802-123-4567\u2069 예약', '02-123-4567 예약', []],
  ['점심⠀⠀특선', '점심 특선', []],
  ['🔥불맛 제육볶음🔥', '불맛 제육볶음', ['🔥', '🔥']],
  ['👨‍👩‍👧 가족 세트', '가족 세트', ['👨‍👩‍👧']],
  ['한글'.normalize('NFD'), '한글', []],
  ['위\n  아래', '위\n아래', []],
  ['KIM’s “BBQ” 4,500원 → 3,500원', 'KIM’s “BBQ” 4,500원 → 3,500원', []],
])('%s is drawn as %s', (source, text, omitted) => {
  expect(drawableText(source)).toEqual({ text, omitted });
});

test('a word never mixes two hands: a face that lacks a syllable gives way whole', () => {
  expect(faceOfText('똠얌꿍', 'Jua')).toBe('ExtraBold');
  expect(faceOfText('김치찌개', 'Jua')).toBe('Jua');
});

test('every face draws whole outlines: no coordinate is lost on the way to the renderer', () => {
  for (const face of FONT_FACES)
    for (const fontSize of [37, 92, 110.4]) {
      const { path, box } = outlineOf('불맛 가득 제육볶음 8,900원', face, { x: 60.123, baseline: 200.77 }, fontSize);
      expect(path, face).not.toMatch(/NaN|undefined|e-/);
      expect(box.width, face).toBeGreaterThan(fontSize * 4);
    }
});

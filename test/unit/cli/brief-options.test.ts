import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { briefIn, briefOf, ideaIn } from '../../../src/cli/brief-options.js';
import { wordsLines } from '../../../src/cli/words-lines.js';
import { words as inKorean } from '../../../src/cli/messages/words.ko.js';

describe('a shop’s words on the command line', () => {
  it('are a sentence, roles, or nothing', () => {
    expect(briefOf({})).toBeUndefined();
    expect(briefOf({ sentence: '국밥 8,000원' })).toEqual({ sentence: '국밥 8,000원' });
    expect(briefOf({ dish: ' 국밥 ', priceWas: '9,000원' })).toEqual({ brief: { dish: '국밥', priceWas: '9,000원' } });
  });

  it('are not both, and each role that is too long is named as it was typed', () => {
    expect(() => briefOf({ sentence: '국밥', dish: '국밥' })).toThrow(/either a sentence or roles/);
    expect(() => briefOf({ priceWas: '9'.repeat(61), dish: '국'.repeat(41) })).toThrow(
      /--dish: must hold at most 40 characters\n--price-was: must hold at most 60 characters/,
    );
  });

  it.each(['dish=국밥', '{}', '{"dishes": "국밥"}', '{"dish": " "}', '"국밥"'])('%s is no brief', (text) => {
    expect(() => briefIn(text)).toThrow(InvalidArgumentError);
  });

  it('an idea is brought to NFC, and refused without a headline', () => {
    const text = '{"kind": "moment", "texts": {"headline": "국밥"}}';
    expect(ideaIn(text.normalize('NFD'))).toEqual({ kind: 'moment', texts: { headline: '국밥' } });
    expect(() => ideaIn('{"kind": "moment", "texts": {}}')).toThrow(InvalidArgumentError);
  });

  it('are refused in Korean as well', () => {
    expect(inKorean.refusal('dish: must hold at most 40 characters')).toBe('최대 40자까지 적을 수 있습니다.');
    expect(inKorean.refusal('Unrecognized key: "dishes"')).toMatch(/^"dishes"은\(는\) 없는 역할입니다/);
  });
});

it('what was understood is printed whole: roles, leftovers, ideas, post, warnings, and what is nowhere', () => {
  const lines = wordsLines({
    brief: { dish: '국밥', note: '포장' },
    leftovers: [{ text: '☕', reason: 'emoji' }],
    ideas: [{ kind: 'dish', texts: { headline: '뜨끈한\n국밥' } }],
    post: { text: '국밥 드세요', hashtags: '#국밥' },
    warnings: [{ role: 'line', words: '최고', code: 'needs proof', law: '제8조제1항제7호' }],
    coverage: [
      { role: 'dish', pictures: [1], inPost: true },
      { role: 'note', pictures: [], inPost: false, reason: 'no room' },
    ],
  });
  expect(lines.join('\n')).toBe(`Understood:
  dish: 국밥
  note: 포장
No role took:
  ☕ (emoji; it goes into the post)
Picture 1, dish first:
  headline: 뜨끈한 / 국밥
Post:
  국밥 드세요
  #국밥
To look at:
  line, "최고": needs proof that can be shown (제8조제1항제7호)
Said nowhere:
  note: 포장 (no picture had room for it)`);
});

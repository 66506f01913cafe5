import { describe, expect, it } from 'vitest';
import { postSchema } from '../../../src/admin/briefs/post-schema.js';
import { coverageOf, findWords, joinRoles, type Wanted } from '../../../src/admin/briefs/words.js';
import { ideaField } from '../../../src/admin/http/brief-schemas.js';
import { briefSchema } from '../../../src/brief/brief.js';
import { readBriefs } from '../../support/briefs.js';

const wordsOf = (wanted: Wanted, count = 3) =>
  findWords(wanted, { count, tone: '', month: 7, brand: undefined, avoid: [] });

describe('what is understood', () => {
  it('can be sent back as it is, and is known to be nobody’s edit', () => {
    for (const { sentence } of readBriefs()) {
      const { brief, ideas, post } = wordsOf({ sentence });
      expect(briefSchema.parse(brief), sentence).toEqual(brief);
      for (const { idea } of ideas) expect(ideaField.parse(JSON.stringify(idea)), sentence).toEqual(idea);
      expect(postSchema.parse({ text: post.text, hashtags: post.hashtags }), sentence).toEqual({
        text: post.text,
        hashtags: post.hashtags,
      });
      const again = wordsOf({ brief, ideas: ideas.map(({ idea }) => idea) });
      expect(again.ideas, sentence).toEqual(ideas);
    }
  });

  it('is the same in either form of Unicode', () => {
    for (const { sentence } of readBriefs())
      expect(wordsOf({ sentence: sentence.normalize('NFD') }), sentence).toEqual(wordsOf({ sentence }));
  });
});

describe('a headline of the caller’s', () => {
  it('alone is all there is, but for the shop’s name', () => {
    const { ideas } = wordsOf({ headline: '오늘의 국밥', shop: '미자네' }, 2);
    expect(ideas.map(({ idea }) => idea.texts)).toEqual([
      { headline: '오늘의 국밥', shop: '미자네' },
      { headline: '오늘의 국밥', shop: '미자네' },
    ]);
  });

  it('beside a sentence stands on every picture, and nothing is said twice beside it', () => {
    const { ideas } = wordsOf({ headline: '순대국밥 8,900원', sentence: '순대국밥 8,900원, 포장 됩니다' });
    for (const { idea } of ideas) {
      expect(idea.texts.headline).toBe('순대국밥 8,900원');
      expect(Object.values(idea.texts)).not.toContain('8,900원');
    }
  });
});

it('roles are joined so that they can be read', () => {
  expect(joinRoles({ dish: '국밥', price: '8,900원', priceWas: '9,900원', line: '푹\n끓인' })).toBe(
    '국밥, 푹 끓인, 9,900원 → 8,900원',
  );
  expect(joinRoles({ priceWas: '9,900원', shop: '미자네' })).toBe('9,900원, 미자네');
});

it('what a picture left out is nowhere, unless it is said elsewhere', () => {
  const idea = { kind: 'dish' as const, texts: { headline: '국밥', note: '포장', offer: '음료 증정' } };
  const leftOut = [{ slot: 'note' as const, reason: 'no room' as const }];
  const brief = { dish: '국밥', note: '포장', offer: '음료 증정' };
  expect(coverageOf(brief, [{ idea, leftOut }], { text: '' })).toEqual([
    { role: 'dish', pictures: [1], inPost: false },
    { role: 'offer', pictures: [1], inPost: false },
    { role: 'note', pictures: [], inPost: false, reason: 'no room' },
  ]);
  expect(coverageOf(brief, [{ idea, leftOut }], { text: '포장 됩니다' })).toContainEqual({
    role: 'note',
    pictures: [],
    inPost: true,
  });
});

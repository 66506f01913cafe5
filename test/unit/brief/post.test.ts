import { describe, expect, test } from 'vitest';
import { whereIs } from '../../../src/brief/coverage.js';
import { MOST_HASHTAGS } from '../../../src/brief/hashtags.js';
import { ideasOf } from '../../../src/brief/ideas.js';
import {
  BODIES,
  CLOSINGS,
  FAMILY_BODIES,
  HOOKS,
  OF_THE_MONTHS,
  TONE_HOOKS,
} from '../../../src/brief/post-sentences.js';
import { type PostRequest, writePost } from '../../../src/brief/post.js';
import { understand } from '../../../src/brief/understand.js';
import { readBriefs } from '../../support/briefs.js';

const postFor = (sentence: string, more: Partial<PostRequest> = {}) => {
  const { brief, leftovers } = understand(sentence);
  return writePost({ brief, leftovers, tone: '', month: 12, seed: sentence, avoid: [], ...more });
};

test('price, offer, period, note, place, shop, handle and the owner’s emoji are in the post', () => {
  const { text } = postFor(
    '봄날식당 강남점 NEW! 자몽 허니 블랙티 ICE 4,500원 → 3,500원 ☕️✨ BUY ONE GET ONE 12/31까지, 포장 가능 02-555-1234 @bomnal',
  );
  const parts =
    '자몽 허니 블랙티 ICE|4,500원 → 3,500원|BUY ONE GET ONE|12/31까지|포장 가능|02-555-1234|봄날식당 강남점|@bomnal|☕️✨';
  for (const part of parts.split('|')) expect(text).toContain(part);
});

describe('ten posts of one shop', () => {
  /** Facts and the owner's own words return; sentences of ours may not. */
  const ours = (text: string, sentence: string): string[] =>
    text
      .split('\n')
      .filter((line) => line !== '' && !/^(💰|🎁|🗓️|📍|✔️|👉|🍽️)/u.test(line))
      .filter((line) => !understand(sentence).brief.line?.includes(line.split(' ')[0] as string));

  test.each(['순대국밥', '자몽에이드 5,000원', '전 메뉴 20% 할인', '소금빵', '오늘의 생선구이 정식', '여주차'])(
    '%s, ten times: no sentence twice',
    (sentence) => {
      const posts: string[] = [];
      const seen = new Set<string>();
      for (let index = 0; index < 11; index++) {
        const { text } = postFor(sentence, {
          seed: `job ${index}`,
          avoid: posts.slice(0, 10),
          tone: 'Emotion / Comfort',
        });
        for (const line of ours(text, sentence)) {
          if (index > 0) expect(seen.has(line), `${line} again in post ${index}`).toBe(false);
        }
        for (const line of ours(text, sentence)) seen.add(line);
        posts.unshift(text);
      }
    },
  );
});

describe('hashtags', () => {
  test.each(readBriefs())('of $sentence: at most five, none twice', ({ sentence }) => {
    const tags = postFor(sentence).hashtags.split(' ');
    expect(tags.length).toBeLessThanOrEqual(MOST_HASHTAGS);
    expect(new Set(tags).size).toBe(tags.length);
    for (const tag of tags) expect(tag).toMatch(/^#[\p{L}\p{N}_]+$/u);
  });

  test('dish, place and shop come first', () => {
    expect(postFor('봄날식당 연남동 김치찌개 8,000원').hashtags.split(' ').slice(0, 3)).toEqual([
      '#김치찌개',
      '#연남동',
      '#봄날식당',
    ]);
  });

  test('the owner’s own are kept', () => {
    expect(postFor('순대국밥 #혼밥환영').hashtags).toMatch(/^#혼밥환영 #순대국밥/);
  });

  test('none that is not true: borscht is no Korean food', () => {
    expect(postFor('보르쉬 12,000원').hashtags).not.toMatch(/한국|한식|국물/);
  });
});

test('a written season is never contradicted by the calendar', () => {
  const winter = OF_THE_MONTHS.find(({ months }) => months.includes(1))?.sentences ?? [];
  for (let seed = 0; seed < 60; seed++) {
    const { text } = postFor('여름 한정! 시원한 냉국수 9,000원', { month: 1, seed: String(seed) });
    for (const sentence of winter) expect(text).not.toContain(sentence);
  }
  // Where nothing is written, it may.
  const texts = Array.from(
    { length: 60 },
    (_, seed) => postFor('냉국수 9,000원', { month: 1, seed: String(seed) }).text,
  );
  expect(texts.some((text) => winter.some((sentence) => text.includes(sentence)))).toBe(true);
});

test('the stock claims nothing that an owner would have to say first', () => {
  const stock = [
    ...[BODIES, CLOSINGS, HOOKS, ...Object.values(TONE_HOOKS), ...Object.values(FAMILY_BODIES)].flat(),
    ...OF_THE_MONTHS.flatMap(({ sentences }) => sentences),
  ];
  for (const sentence of stock) {
    expect(sentence).not.toMatch(
      /수제|매일|국내산|직접 만든|전통|오늘만|한정|할인|무료|1위|최초|최고의|신선|건강|주문 즉시|인기|단골|후기가 좋/,
    );
  }
  expect(new Set([...HOOKS, ...Object.values(TONE_HOOKS).flat()]).size).toBe(HOOKS.length + 24);
});

test('a tea is drunk, a salad has no broth, and a template is never glued to a sentence', () => {
  for (let seed = 0; seed < 40; seed++) {
    expect(postFor('유자차', { seed: String(seed) }).text).not.toMatch(/그릇|먹|국물|밥/);
    expect(postFor('연어 샐러드', { seed: String(seed) }).text).not.toMatch(/국물|면발|한 잔/);
    const { text } = postFor('점심엔 김치찌개 어때요?', { seed: String(seed) });
    expect(text.split('\n')[0]).toMatch(/^점심엔 김치찌개 어때요\? /);
  }
});

test('equal requests give equal posts, other seeds others', () => {
  expect(postFor('순대국밥')).toEqual(postFor('순대국밥'));
  const texts = new Set(Array.from({ length: 10 }, (_, seed) => postFor('순대국밥', { seed: String(seed) }).text));
  expect(texts.size).toBeGreaterThan(5);
});

test('words that were taken out by hand are named with the reason', () => {
  const { brief } = understand('김치찌개 8,900원 02-123-4567');
  const ideas = ideasOf(brief, { count: 3, seed: '' }).map((idea) => ({ ...idea, texts: { headline: '오늘은 이것' } }));
  expect(whereIs(brief, ideas, { text: '김치찌개 8,900원' })).toEqual([
    { role: 'dish', pictures: [], inPost: true },
    { role: 'price', pictures: [], inPost: true },
    { role: 'note', pictures: [], inPost: false, reason: 'left out by hand' },
  ]);
});

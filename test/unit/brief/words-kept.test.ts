import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BRIEF_ROLES, briefSchema, ROLE_LENGTHS } from '../../../src/brief/brief.js';
import { whereIs } from '../../../src/brief/coverage.js';
import { ideaSchema } from '../../../src/brief/idea.js';
import { ideasOf } from '../../../src/brief/ideas.js';
import { MOST_HASHTAGS } from '../../../src/brief/hashtags.js';
import { writePost } from '../../../src/brief/post.js';
import { EMOJI, withoutInvisible } from '../../../src/brief/signs.js';
import { understand } from '../../../src/brief/understand.js';
import { readBriefs } from '../../support/briefs.js';

const PIECES = [
  ...[
    '순대국밥',
    '마파두부덮밥',
    '자몽 허니 블랙티 ICE',
    '국밥(大)',
    '해물파전에 막걸리',
    '韓牛 등심 100g',
    'KIM’s BBQ 치킨',
  ],
  ...[
    '8,900원',
    '₩12,000',
    '만원',
    '9.9만원',
    '4,500원 → 3,500원',
    '5만 원에서 4만 원으로',
    '정가 9천원',
    '4.5',
    '3개 2,000원',
  ],
  ...['20% 할인', '1+1', '1️⃣+1️⃣', 'BUY ONE GET ONE', '공깃밥 무한리필', '리뷰 작성 시 음료 증정', '첫 주문 3,000원 쿠폰'],
  ...['여름 한정!', '12/25까지', '매주 수요일', '점심특선 11:00~14:00', '12월 1일 오픈', '오늘만', '하루 20그릇 한정'],
  ...['02-123-4567', '예약 1588-1234', '포장·배달 가능', '(주차 2시간 무료)', '영업시간 11:00-21:00', '월요일 휴무'],
  ...[
    '@bomnal.kitchen',
    '봄날식당',
    '강남점',
    '연남동',
    '홍대입구역 3번 출구 앞',
    '#동네맛집',
    'shop@example.com',
    'www.example.com',
  ],
  ...[
    '얼큰하고 든든한',
    '비 오는 날엔',
    '속이 확 풀려요.',
    '점심엔 어때요?',
    '꼭 드시러 오세요!',
    '영하 5℃',
    '“원조”',
    '½ 사이즈',
    'たこ焼き',
  ],
  ...['🔥', '☕️✨', '🇰🇷', '♥', '→', '👩🏽‍🍳', '★', 'NEW!', '~', '…', '(', ')', '/', '·', '！', '에서', '+'],
];
const GLUE = [' ', ', ', ' / ', ' | ', '\n', '! ', ' – ', ''];

const pieced = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(...GLUE)), { minLength: 1, maxLength: 9 })
  .map((parts) => parts.flat().join(''));
const anything = fc.string({ unit: 'grapheme', maxLength: 60 });
const long = fc.array(fc.constantFrom(...PIECES), { minLength: 40, maxLength: 120 }).map((parts) => parts.join(' '));
const sentences = fc.oneof(
  { weight: 6, arbitrary: pieced },
  { weight: 2, arbitrary: anything },
  { weight: 1, arbitrary: long },
);

/** What a reader would miss: words, numbers, and signs that are more than a mark between them. */
const tokensOf = (sentence: string): string[] => {
  const text = withoutInvisible(sentence.normalize('NFC'));
  return (
    [...text.matchAll(EMOJI)]
      .map(([sign]) => sign)
      .concat(text.replace(EMOJI, ' ').match(/[\p{L}\p{N}\p{M}]+|[℃₩×½→♥★’]/gu) ?? [])
      // A vowel that is written for a bar.
      .filter((token) => token !== 'ㅣ')
  );
};

/** A word may be parted where a role ends within it: 4,500원에서 is a price and what joins it to the next. */
const isKept = (token: string, kept: string, parts = 3): boolean =>
  kept.includes(token) ||
  (parts > 1 &&
    [...token].some(
      (_, at) => at > 0 && kept.includes(token.slice(0, at)) && isKept(token.slice(at), kept, parts - 1),
    ));

describe('no word of the owner is lost', () => {
  test('every word and sign of a sentence is in a role or named', () => {
    fc.assert(
      fc.property(sentences, (sentence) => {
        const { brief, leftovers } = understand(sentence);
        const kept = [...Object.values(brief), ...leftovers.map(({ text }) => text)].join('\n');
        for (const token of tokensOf(sentence))
          expect(isKept(token, kept), `${token} of ${sentence} in ${kept}`).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  test('no word is added or changed: each role is of stretches of the sentence', () => {
    fc.assert(
      fc.property(sentences, (sentence) => {
        const text = withoutInvisible(sentence.normalize('NFC')).replace(/\s+/g, ' ');
        for (const [role, words] of Object.entries(understand(sentence).brief)) {
          for (const stretch of words.split(/ · |\n/)) {
            const isThere = text.includes(stretch) || stretch.split(' ').every((word) => text.includes(word));
            expect(isThere, `${role}: ${stretch} of ${sentence}`).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('every role is on a picture or in the post, or has a reason; what no role took is in the post or named', () => {
    fc.assert(
      fc.property(sentences, fc.integer({ min: 1, max: 12 }), (sentence, month) => {
        const { brief, leftovers } = understand(sentence);
        const ideas = ideasOf(brief, { count: 3, seed: sentence });
        const post = writePost({ brief, tone: '', month, seed: sentence, avoid: [], leftovers });
        for (const place of whereIs(brief, ideas, post)) {
          expect(place.pictures.length > 0 || place.inPost, `${place.role} of ${sentence}`).toBe(true);
          expect(place.reason).toBeUndefined();
        }
        for (const { text, reason } of leftovers) if (reason === 'emoji') expect(post.text).toContain(text);
      }),
      { numRuns: 300 },
    );
  });
});

test('whatever is said, roles and ideas are valid, and the three headlines differ', () => {
  fc.assert(
    fc.property(sentences, (sentence) => {
      const { brief, leftovers } = understand(sentence);
      expect(briefSchema.parse(brief)).toEqual(brief);
      const ideas = ideasOf(brief, { count: 3, seed: sentence });
      for (const idea of ideas) ideaSchema.parse(idea);
      expect(new Set(ideas.map(({ texts }) => texts.headline)).size).toBe(3);
      const { hashtags } = writePost({ brief, tone: '', month: 1, seed: sentence, avoid: [], leftovers });
      expect(hashtags.split(' ').length).toBeLessThanOrEqual(MOST_HASHTAGS);
    }),
    { numRuns: 300 },
  );
});

test.each(readBriefs())('$sentence', ({ sentence, roles, leftovers }) => {
  const understood = understand(sentence);
  expect(understood.brief).toEqual(roles);
  expect(understood.leftovers.map(({ text, reason }) => `${text} (${reason})`)).toEqual(leftovers);
});

test('roles are never longer than they may be; the rest is named', () => {
  const { brief, leftovers } = understand(`순대국밥 ${'아주 '.repeat(400)}긴 이야기`);
  for (const role of BRIEF_ROLES) expect([...(brief[role] ?? '')].length).toBeLessThanOrEqual(ROLE_LENGTHS[role]);
  expect(leftovers.map(({ reason }) => reason)).toContain('too long');
});

import { expect, test } from 'vitest';
import { pointOut } from '../../../src/brief/advertising-law.js';
import { understand } from '../../../src/brief/understand.js';

test.each([
  ['당뇨에 좋은 여주차', '당뇨에 좋은', 'claims a cure'],
  ['면역력 쑥쑥 삼계탕', '면역력', 'claims an effect'],
  ['다이어트 샐러드 9,000원', '다이어트', 'claims an effect'],
  ['전국 1위 순대국밥', '전국 1위', 'needs proof'],
  ['국내 최초 수제 버거', '국내 최초', 'needs proof'],
  ['최고의 맛 갈비탕', '최고', 'needs proof'],
  ['무첨가 딸기잼 토스트', '무첨가', 'needs proof'],
  ['천연 재료로 끓인 육수', '천연', 'needs proof'],
  ['저칼로리 샐러드', '저칼로리', 'needs a number'],
  ['다른 가게와는 달라요', '다른 가게와는', 'runs others down'],
])('%s: %s', (sentence, words, advice) => {
  const { brief } = understand(sentence);
  const remarks = pointOut(brief);
  expect(remarks).toContainEqual(expect.objectContaining({ words, advice }));
  for (const { role, words: found } of remarks) expect(brief[role]).toContain(found);
});

test.each(['순대국밥 9,000원', '해장국', '시원한 냉면 한 그릇', '제일시장 김밥', '친구와 삼겹살', '감기 조심하세요'])(
  '%s: nothing to point out',
  (sentence) => {
    expect(pointOut(understand(sentence).brief)).toEqual([]);
  },
);

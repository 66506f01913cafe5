import { describe, expect, test } from 'vitest';
import { understand } from '../../../src/brief/understand.js';
import { describeMenu } from '../../../src/stages/engines/language/menu.js';
import { createLocalLanguage } from '../../../src/stages/engines/local-language.js';

const language = createLocalLanguage();
const TONES = [
  'Hero Dish Focus',
  'Seasonal / Limited Time',
  'Behind the Scenes / Authenticity',
  'Lifestyle Integration',
  'UGC / Social Proof',
  'Minimalist Branding',
  'Emotion / Comfort',
  'Retro / Vintage / Storytelling',
  '대표 메뉴 강조',
  '',
];
const DESCRIPTIONS = [
  '얼큰하고 든든한 부대찌개',
  '겉은 바삭 속은 촉촉한 프렌치토스트',
  '해물칼국수 한 그릇',
  '수제 버거 세트',
  '정성을 담은 할머니 손맛 한상',
  '점심엔 김치찌개 어때요?',
  'Cafe latte 한 잔',
  '신선한 연어 샐러드',
  '',
  '베트남 쌀국수 Pho',
  '구수한 순두부찌개 🔥 맛집',
  '직화로 구운 제육볶음과 된장찌개 정식 2인분 특별 할인',
];
const everyBrief = TONES.flatMap((toneStyle) =>
  DESCRIPTIONS.map((descKor, i) => ({ descKor, toneStyle, storeName: i % 2 ? '봄날식당' : '', month: (i % 12) + 1 })),
);

describe('copy for every tone and description', () => {
  test('the headline is of the shop’s own words and the English copy is plain', async () => {
    for (const brief of everyBrief) {
      const { adCopyKor, adCopyEng } = await language.adCopy(brief);
      expect(adCopyKor.length, adCopyKor).toBeGreaterThan(1);
      expect(adCopyKor).not.toMatch(/[{}]|undefined/);
      if (brief.descKor !== '') expect(brief.descKor).toContain(adCopyKor);
      expect(adCopyEng).toMatch(/^[\x20-\x7e’]+$/);
    }
  });

  test('our English copy has its Korean counterpart, without a Latin letter', async () => {
    for (const brief of everyBrief) {
      const { adCopyEng } = await language.adCopy(brief);
      const { adCopyKor, method } = await language.translateToKorean({ ...brief, adCopyEng });
      expect(method).toBe('counterpart');
      expect(adCopyKor).toContain(describeMenu(brief.descKor).phrase);
      expect(adCopyKor).not.toMatch(/[A-Za-z{}]/);
    }
  });

  test('the feed has no empty slot, at most five distinct tags, and is the same when asked again', async () => {
    for (const { descKor, toneStyle, month } of everyBrief) {
      const request = { ...understand(descKor), toneStyle, month, seed: descKor, avoid: [] };
      const feed = await language.instagramFeed(request);
      expect(feed.instagramAdCopy).not.toMatch(/[{}]|undefined|[^\S\n]{2}/);
      const tags = feed.hashtags.split(' ');
      expect(tags.length).toBeLessThanOrEqual(5);
      expect(new Set(tags).size).toBe(tags.length);
      for (const tag of tags) expect(tag).toMatch(/^#[\p{L}\p{N}_]+$/u);
      expect(await language.instagramFeed(request)).toEqual(feed);
    }
  });
});

test('a foreign English text is composed anew from what is recognised, and the answer says so', async () => {
  const { adCopyKor, method } = await language.translateToKorean({
    descKor: '',
    storeName: '',
    toneStyle: '',
    month: 3,
    adCopyEng: 'Crispy fried chicken for your night.',
  });
  expect(method).toBe('composed');
  expect(adCopyKor).toContain('바삭한 치킨');
  const other = await language.translateToKorean({
    descKor: '',
    storeName: '',
    toneStyle: '',
    month: 3,
    adCopyEng: 'A refreshing salad.',
  });
  expect(other.adCopyKor).toContain('상큼한 샐러드');
});

test.each([
  ['얼큰하고 든든한 부대찌개', '부대찌개', 'spicy hearty budae-jjigae army stew'],
  ['신선한 연어 샐러드', '연어 샐러드', 'fresh salmon salad'],
  ['해물칼국수 한 그릇', '해물칼국수', 'seafood knife-cut noodle soup'],
  ['우리 회사 점심', '회사 점심', 'special of the day'],
  ['NEW! 자몽 허니 블랙티 ICE 4,500원 → 3,500원 ☕️ BUY ONE GET ONE', '자몽 허니 블랙티', 'special of the day'],
])('%s is understood', (text, dish, english) => {
  expect(describeMenu(text)).toMatchObject({ dish, english });
});

test('what is translated is the dish with its qualities, not everything the shop wrote', () => {
  const { phrase } = describeMenu('진한 국물의 돼지국밥, 든든하게 한 끼 드시고 가세요 (포장·배달 가능)');
  expect(phrase).toBe('진한 국물의 돼지국밥');
  expect(describeMenu('국밥(大) 12,000원').phrase).toBe('국밥(大)');
});

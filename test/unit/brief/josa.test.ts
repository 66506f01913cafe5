import { expect, test } from 'vitest';
import { fill, withJosa } from '../../../src/brief/josa.js';

test.each([
  ['부대찌개', '은/는', '부대찌개는'],
  ['한 그릇', '을/를', '한 그릇을'],
  ['서울', '으로/로', '서울로'],
  ['식당', '으로/로', '식당으로'],
  ['카페 3', '이/가', '카페 3이'],
  ['Bom', '이/가', 'Bom이'],
  ['Milk', '으로/로', 'Milk로'],
  ['Toast', '은/는', 'Toast는'],
  ['KIM', '은/는', 'KIM은'],
  ['10%', '은/는', '10%는'],
  ['국밥(대)', '은/는', '국밥(대)는'],
  ['국밥(중)', '은/는', '국밥(중)은'],
  ['국밥(大)', '이/가', '국밥(大)가'],
  ['4,500원', '이/가', '4,500원이'],
  ['₩12,000', '을/를', '₩12,000을'],
  ['BBQ', '은/는', 'BBQ는'],
  ['Burger', '을/를', 'Burger를'],
  ['Wine', '과/와', 'Wine과'],
  ['Apple', '으로/로', 'Apple로'],
  ['Pasta', '이/가', 'Pasta가'],
  ['Cup', '은/는', 'Cup은'],
  ['Market', '은/는', 'Market은'],
  ['Steak', '은/는', 'Steak는'],
  ['Hot Dog', '이/가', 'Hot Dog가'],
  ['Salad Bowl', '으로/로', 'Salad Bowl로'],
  ['Älplermagronen', '은/는', 'Älplermagronen은'],
  ['200g', '은/는', '200g은'],
  ['500ml', '은/는', '500ml는'],
  ['5℃', '은/는', '5℃는'],
  ['1+1', '으로/로', '1+1로'],
  ['10인', '을/를', '10인을'],
  ['“원조”', '을/를', '“원조”를'],
  ['세트!', '을/를', '세트!를'],
])('%s takes the fitting particle', (word, pair, expected) => {
  expect(withJosa(word, pair)).toBe(expected);
});

test('slots are filled with and without a particle', () => {
  expect(fill('{dish:을/를} {at} 만나요', { dish: 'Toast', at: '봄날에서' })).toBe('Toast를 봄날에서 만나요');
});

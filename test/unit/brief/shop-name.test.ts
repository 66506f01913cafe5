import { expect, test } from 'vitest';
import { shopName } from '../../../src/brief/shop-name.js';

test.each([
  ['봄날식당', '봄날식당'],
  ['  Cafe   Momo ', 'Cafe Momo'],
  ['大한식당', '大한식당'],
  ['스토어 38', '스토어 38'],
  ['김밥천국 2호점', '김밥천국 2호점'],
  ['The Store', 'The Store'],
  ['7번가피자', '7번가피자'],
])('%s is a name', (raw, name) => {
  expect(shopName(raw)).toBe(name);
});

test.each([
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'Store for User 3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'Store for User 17',
  'store_1b9d6bcd',
  'user@example.com',
  'tenant-12',
  'shop',
  'test',
  '0105550000',
  '   ',
  '',
  null,
])('%s is none', (raw) => {
  expect(shopName(raw)).toBeUndefined();
});

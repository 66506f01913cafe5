import { expect, test } from 'vitest';
import { judgedNow } from '../../../src/admin/read/findings.js';

const brief = { roles: { dish: '국밥', price: '9,000원' }, sentence: null, leftovers: [] };
const drawn = { elements: [], leftOut: [] };
const post = (text: string) => ({ text, hashtags: '', edited: true });
const ofPicture = { code: 'enlarged', measured: 2, limit: 1.5, mend: 'another photo' };
const ofWords = { code: 'caption-without-price', measured: 0, limit: 1, slot: 'price', mend: 'edit post' };

test('what is wrong with the words is said of the words as they are now', () => {
  const judge = { on_brief: true, findings: [ofPicture, ofWords] };
  expect(judgedNow(judge, { brief, post: post('국밥 9,000원') }, drawn)).toEqual({
    on_brief: true,
    findings: [ofPicture],
  });
  expect(judgedNow({ findings: [ofPicture] }, { brief, post: post('국밥 한 그릇') }, drawn)).toEqual({
    findings: [ofPicture, ofWords],
  });
});

test('where nothing was judged, or nothing was to be said, nothing is found', () => {
  expect(judgedNow(null, { brief, post: post('국밥') }, drawn)).toBeNull();
  const judge = { on_brief: true };
  expect(judgedNow(judge, { brief: null, post: null }, drawn)).toBe(judge);
  expect(judgedNow(judge, { brief, post: null }, drawn)).toEqual({ on_brief: true, findings: [] });
});

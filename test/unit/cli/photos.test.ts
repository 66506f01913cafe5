import { expect, it } from 'vitest';
import { photoAdvice } from '../../../src/admin/http/answer-schemas.js';
import { photos as en } from '../../../src/cli/messages/photos.en.js';
import { photos as ko } from '../../../src/cli/messages/photos.ko.js';

it('every advice about a photo is said in both languages, with what to do', () => {
  const { code } = photoAdvice.shape.advice.unwrap().shape;
  for (const words of [en, ko]) expect(Object.keys(words.advice).sort()).toEqual([...code.options].sort());
  for (const sentence of Object.values(ko.advice)) expect(sentence).toMatch(/^[가-힣].*주세요\.$/);
  // What it is, and what to do about it.
  for (const sentence of Object.values(en.advice)) expect(sentence.split('. ').length).toBe(2);
});

import { expect, it } from 'vitest';
import { en } from '../../../web/src/words/en.js';
import { ko } from '../../../web/src/words/ko.js';
import { moodOf, progressOf, stateWords } from '../../../web/src/words/states.js';
import { JOB_STAGES, STATUSES, VARIANT_STAGES } from '../../../workflows/contract.js';

it('every state has words in both languages, and progress never goes back on the road', () => {
  let before = 0;
  for (const step of VARIANT_STAGES)
    for (const status of STATUSES) {
      const state = { step, status, reason: null };
      for (const words of [en, ko]) expect(stateWords(state, words)).not.toContain('_');
      if (status === 'failed') continue;
      expect(progressOf(state)).toBeGreaterThanOrEqual(before);
      before = progressOf(state);
    }
  expect(before).toBe(1);
  for (const words of [en, ko]) expect(Object.keys(words.stage)).toEqual(expect.arrayContaining([...JOB_STAGES]));
});

it('what was cancelled is not what has failed', () => {
  expect(moodOf({ step: 'overlay', status: 'failed', reason: 'cancelled' })).toBe('cancelled');
  expect(moodOf({ step: 'overlay', status: 'failed', reason: 'no glyph' })).toBe('failed');
  expect(moodOf({ step: 'iou_eval', status: 'done', reason: null })).toBe('ready');
});

it('both catalogues say the same things', () => {
  const keysOf = (value: unknown, at = ''): string[] =>
    value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${at}.${key}`))
      : [at];
  expect(keysOf(ko)).toEqual(keysOf(en));
});

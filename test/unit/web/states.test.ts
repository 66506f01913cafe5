import { expect, it } from 'vitest';
import { MissingGlyphError } from '../../../src/imaging/fonts.js';
import { inspectPicture } from '../../../src/imaging/picture.js';
import { en } from '../../../web/src/words/en.js';
import { ko } from '../../../web/src/words/ko.js';
import { moodOf, progressOf, stateWords, troubleWords } from '../../../web/src/words/states.js';
import { JOB_STAGES, STATUSES, VARIANT_STAGES } from '../../../workflows/contract.js';

const unreadable = (bytes: Buffer): Promise<string> =>
  inspectPicture(bytes).then(
    () => 'it was read',
    (error: Error) => error.message,
  );

it.each<[string, () => string | Promise<string>, string]>([
  ['a cancellation', () => 'cancelled', 'cancelled'],
  ['a missing file', () => 'Failed to load image: the file is missing', 'missing'],
  ['a missing source', () => 'the source picture /assets/x.png is missing', 'missing'],
  ['an empty file', () => unreadable(Buffer.alloc(0)), 'unreadable'],
  ['a file that is no picture', () => unreadable(Buffer.from('GIF89a and so on and so on')), 'unreadable'],
  ['a glyph', () => new MissingGlyphError(['𓀀'], 'Pretendard').message, 'text'],
  ['a text that never came', () => 'no Korean text (ad_copy_kor) arrived within 600 s', 'noText'],
  ['a worker that was lost', () => 'overlay was lost with its worker 10 times', 'lost'],
  ['a service that is away', () => 'connect ECONNREFUSED 127.0.0.1:8011', 'away'],
  ['anything else', () => 'something nobody foresaw', 'other'],
])('%s is explained, with what to do', async (_, reason, expected) => {
  const text = await reason();
  expect(troubleWords(text, en)).toEqual(en.trouble.words[expected]);
  expect(troubleWords(text, ko)).toEqual(ko.trouble.words[expected]);
});

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

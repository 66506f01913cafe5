import { expect, it } from 'vitest';
import type { VariantNow } from '../../../src/admin/observe.js';
import { decideReopening } from '../../../src/admin/reopen.js';
import { decodePicture } from '../../../src/imaging/picture.js';
import { takePhoto } from '../../../src/imaging/take-photo.js';
import { en } from '../../../web/src/words/en.js';
import { ko } from '../../../web/src/words/ko.js';
import { isKnown, refusalWords, troubleWords } from '../../../web/src/words/reasons.js';
import { badHeif, badPictures } from '../../support/hard-pictures.js';

it.each<[string, string, string]>([
  ['a cancellation', 'cancelled', 'cancelled'],
  ['a missing file', 'Failed to load image: the file is missing', 'missing'],
  ['a missing source', 'the source picture /assets/x.png is missing', 'missing'],
  [
    'a text of emoji',
    'The headline is empty, or holds nothing but signs that no face has a glyph for. Write it in letters.',
    'noText',
  ],
  ['a long text', 'The headline has 400 characters and does not fit its place on this design. Shorten it.', 'text'],
  ['a text that never came', 'no Korean text (ad_copy_kor) arrived within 600 s', 'noText'],
  ['a worker that was lost', 'overlay was lost with its worker 10 times', 'lost'],
  ['a service that is away', 'connect ECONNREFUSED 127.0.0.1:8011', 'away'],
  ['a service that is silent', 'the stage service at http://x gave no sign of life for 20 s', 'away'],
  ['a key that is refused', 'the stage service refuses our key (YH_API_KEY): who are you', 'key'],
  ['ads that failed', '2 of 3 variants failed', 'variants'],
])('%s is explained, with what to do', (_, reason, key) => {
  expect(troubleWords(reason, en)).toEqual(en.trouble.words[key]);
  expect(troubleWords(reason, ko)).toEqual(ko.trouble.words[key]);
  expect(isKnown(reason)).toBe(true);
});

it('what nobody foresaw is told as it is', () => {
  expect(troubleWords('something nobody foresaw', ko)).toEqual(ko.trouble.words.other);
  expect(isKnown('something nobody foresaw')).toBe(false);
  expect(refusalWords('something nobody foresaw', ko)).toBe('something nobody foresaw');
});

it('every photo that is refused is refused in the reader’s language', async () => {
  for (const { name, bytes } of [...(await badPictures()), ...badHeif()]) {
    const message = await takePhoto(bytes)
      .then((photo) => decodePicture(photo, 320))
      .then(
        () => 'it was read',
        (error: Error) => error.message,
      );
    expect([name, refusalWords(message, ko)]).toEqual([name, expect.stringMatching(/^[가-힣]/)]);
  }
});

it('every refusal to do a variant again is told in the reader’s language', () => {
  const at = (step: string, status: string, isUnderWay = false): VariantNow => ({
    variantId: 'v',
    jobId: 'j',
    step,
    status,
    generation: 1,
    retryCount: 0,
    reason: null,
    isSettled: status === 'failed' || (step === 'iou_eval' && status === 'done'),
    isUnderWay,
  });
  const inside = { hasPicture: true, isExternal: false };
  const refusals = [
    decideReopening(at('planner', 'running', true), inside),
    decideReopening(at('kor_to_eng', 'done'), inside),
    decideReopening(at('iou_eval', 'done'), inside),
    decideReopening(at('planner', 'failed'), inside, 'overlay'),
    decideReopening(at('planner', 'failed'), { hasPicture: false, isExternal: false }),
    decideReopening(at('planner', 'failed'), { hasPicture: true, isExternal: true }, 'img_gen'),
  ].map((decision) => ('refused' in decision ? decision.refused : 'not refused'));
  const told = refusals.map((message) => refusalWords(message, ko));
  for (const sentence of told) expect(sentence).toMatch(/^[가-힣]/);
  expect(new Set(told).size).toBe(refusals.length);
});

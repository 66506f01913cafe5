import { expect, test } from 'vitest';
import { FINDING_CODES, MENDS } from '../../../src/stages/judge/finding.js';
import { mendingEn } from '../../../web/src/words/parts/mending.en.js';
import { mendingKo } from '../../../web/src/words/parts/mending.ko.js';

test.each([
  ['Korean', mendingKo],
  ['English', mendingEn],
])('the judge finds nothing that the page cannot say in %s, and proposes nothing it has no button for', (_, words) => {
  for (const code of FINDING_CODES) {
    expect(words.finding(code, undefined), code).not.toBe(words.otherFinding);
    expect(words.finding(code, 'headline'), code).not.toBe(words.otherFinding);
  }
  expect(words.finding('text-too-small', 'shop')).not.toBe(words.finding('text-too-small', 'note'));
  for (const mend of MENDS) expect(words.mends[mend], mend).toBeTruthy();
  expect(words.finding('a code of another time', undefined)).toBe(words.otherFinding);
});

test('both languages say the same findings', () => {
  expect(Object.keys(mendingKo.findings).sort()).toEqual(Object.keys(mendingEn.findings).sort());
});

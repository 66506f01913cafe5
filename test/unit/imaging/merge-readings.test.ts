import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { mergeReadings } from '../../../src/imaging/ocr/merge-readings.js';
import { alphabetOf } from '../../../src/imaging/ocr/alphabet.js';

const knows = (character: string): boolean => !'짬뽕쫄꽉깁'.includes(character);
const word = (text: string, confidence = 0.95) => ({ text, confidence });

describe('two readings of one line', () => {
  it('takes a syllable the first reader cannot know where that reader was unsure', () => {
    expect(mergeReadings([word('짱', 0), word('한'), word('그릇에')], '짬뽕 한 그릇메', knows)).toBe('짬뽕 한 그릇에');
    expect(mergeReadings([word('쯤', 0.1), word('깃한')], '쫄깃한', knows).replaceAll(' ', '')).toBe('쫄깃한');
  });

  it('keeps what the first reader was sure of, and its reading where both could know', () => {
    expect(mergeReadings([word('김치')], '깁치', knows)).toBe('김치');
    expect(mergeReadings([word('접시를', 0.5)], '점시롤', knows)).toBe('접시를');
  });

  it('does not take syllables for digits or Latin letters', () => {
    expect(mergeReadings([word('7959', 0.1), word('할인')], '쫄뽕 할인', knows)).toBe('7959 할인');
  });

  it('fills in what the first reader left out', () => {
    expect(mergeReadings([word('찬', 0.5), word('속')], '꽉 찬 속', knows)).toBe('꽉 찬 속');
    expect(mergeReadings([], '꽉', knows)).toBe('');
  });
});

it('the Korean line model is said to know common syllables and not the rare ones', () => {
  const require = createRequire(import.meta.url);
  const file = require.resolve('@tesseract.js-data/kor/4.0.0_best_int/kor.traineddata.gz');
  const alphabet = alphabetOf(readFileSync(file));
  for (const syllable of '국밥한그릇') expect(alphabet).toContain(syllable);
  for (const syllable of '짬뽕쫄') expect(alphabet).not.toContain(syllable);
});

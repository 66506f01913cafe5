/** How a word ends when spoken: with a vowel, with ㄹ, or with another consonant. */
type Ending = 'vowel' | 'rieul' | 'consonant';

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const CODA_RIEUL = 8;

const ofHangul = (code: number): Ending => {
  const coda = (code - HANGUL_FIRST) % 28;
  if (coda === 0) return 'vowel';
  return coda === CODA_RIEUL ? 'rieul' : 'consonant';
};

/** 영 일 이 삼 사 오 육 칠 팔 구; a number that ends in 0 ends in 영, 십, 백, 천 or 만. */
const DIGITS: Record<string, Ending> = {
  0: 'consonant',
  1: 'rieul',
  3: 'consonant',
  6: 'consonant',
  7: 'rieul',
  8: 'rieul',
};
/** 그램, 킬로그램, 씨씨, 밀리리터 … after a number. */
const UNITS: Record<string, Ending> = { g: 'consonant', kg: 'consonant', mg: 'consonant' };
const SIGNS: Record<string, Ending> = {
  '½': 'rieul',
  '¼': 'rieul',
  '¾': 'consonant',
  '㎏': 'consonant',
  ん: 'consonant',
  ン: 'consonant',
};
const HAN: Record<string, Ending> = {
  中: 'consonant',
  特: 'consonant',
  肉: 'consonant',
  生: 'consonant',
  湯: 'consonant',
  飯: 'consonant',
  店: 'consonant',
};

/** As Koreans say a Latin word: Toast 토스트, Milk 밀크, Wine 와인, Apple 애플, Burger 버거, Cup 컵, Market 마켓. */
function ofLatin(word: string): Ending {
  const isSpelled = word.length === 1 || (word === word.toUpperCase() && (!/[AEIOUY]/.test(word) || word === 'VIP'));
  if (isSpelled) return /[LR]$/i.test(word) ? 'rieul' : /[MN]$/i.test(word) ? 'consonant' : 'vowel';
  const text = word.toLowerCase();
  if (/(l|[^aeiou]le|[aeiou]le)$/.test(text)) return 'rieul';
  if (/(n|m|[aeiou][nm]e|ng|ck)$/.test(text)) return 'consonant';
  if (/(^|[^aeiou])[aeiou]p$|[aeiou]{2}k$/.test(text)) return /(ea|ou)[pk]$/.test(text) ? 'vowel' : 'consonant';
  if (/[aeiouy].*[^aeiou][eiu]t$|[^aeiou][aou]t$/.test(text)) return 'consonant';
  return 'vowel';
}

/** Quotes and marks after a word are not spoken; of brackets the inside is: 국밥(대)는. */
const spoken = (word: string): string => word.replace(/[^\p{L}\p{N}%℃℉½¼¾]+$/u, '');

function endingOf(word: string): Ending {
  const text = spoken(word);
  const last = [...text].at(-1) ?? '';
  const code = last.codePointAt(0) ?? 0;
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return ofHangul(code);
  if (/\d/.test(last)) return DIGITS[last] ?? 'vowel';
  const unit = /\d\s?(\p{Script=Latin}+)$/u.exec(text)?.[1];
  if (unit) return UNITS[unit.toLowerCase()] ?? (/^(ml|l|cm|m|cc|oz)$/i.test(unit) ? 'vowel' : ofLatin(unit));
  const latin = /[\p{Script=Latin}]+$/u.exec(text.normalize('NFD').replace(/\p{M}/gu, ''))?.[0];
  if (latin) return ofLatin(latin);
  return SIGNS[last] ?? HAN[last] ?? 'vowel';
}

/** A word with the fitting particle; `pair` names the form after a consonant first: `은/는`, `이/가`, `으로/로`. */
export const withJosa = (word: string, pair: string): string => {
  const [afterConsonant = '', afterVowel = ''] = pair.split('/');
  const ending = endingOf(word);
  // After ㄹ the particle 로 keeps its short form.
  const takesShort = ending === 'vowel' || (ending === 'rieul' && afterConsonant === '으로');
  return word + (takesShort ? afterVowel : afterConsonant);
};

/** Fills `{name}` and `{name:은/는}` in a template. */
export const fill = (template: string, slots: Record<string, string>): string =>
  template.replace(/\{(\w+)(?::([^}]+))?\}/g, (_all, name: string, pair: string | undefined) => {
    const value = slots[name] ?? '';
    return pair ? withJosa(value, pair) : value;
  });

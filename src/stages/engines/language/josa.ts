/** Digits as they are read in Korean (영 일 이 삼 사 오 육 칠 팔 구): which end in a consonant, which in ㄹ. */
const DIGITS_WITH_CODA = new Set(['0', '1', '3', '6', '7', '8']);
const LATIN_WITH_CODA = /[lmnrLMNR]$|[^aeiou][ptkPTK]$|ng$/;

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const CODA_RIEUL = 8;

/** How the word ends when spoken: with a vowel, with ㄹ, or with another consonant. */
const ending = (word: string): 'vowel' | 'rieul' | 'consonant' => {
  const last = word.replace(/[^\p{L}\p{N}]+$/u, '').at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) {
    const coda = (code - HANGUL_FIRST) % 28;
    if (coda === 0) return 'vowel';
    return coda === CODA_RIEUL ? 'rieul' : 'consonant';
  }
  if (/\d/.test(last)) {
    if (last === '1' || last === '7' || last === '8') return 'rieul';
    return DIGITS_WITH_CODA.has(last) ? 'consonant' : 'vowel';
  }
  if (/l$/i.test(word)) return 'rieul';
  return LATIN_WITH_CODA.test(word) ? 'consonant' : 'vowel';
};

/** A word with the fitting particle; `pair` names the form after a consonant first: `은/는`, `이/가`, `으로/로`. */
export const withJosa = (word: string, pair: string): string => {
  const [afterConsonant = '', afterVowel = ''] = pair.split('/');
  const end = ending(word);
  // After ㄹ the particle 로 keeps its short form.
  const takesShort = end === 'vowel' || (end === 'rieul' && afterConsonant === '으로');
  return word + (takesShort ? afterVowel : afterConsonant);
};

/** Fills `{name}` and `{name:은/는}` in a template. */
export const fill = (template: string, slots: Record<string, string>): string =>
  template.replace(/\{(\w+)(?::([^}]+))?\}/g, (_all, name: string, pair: string | undefined) => {
    const value = slots[name] ?? '';
    return pair ? withJosa(value, pair) : value;
  });

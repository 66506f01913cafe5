/*
 * What is drawn and what a recogniser can answer are two alphabets. Where they differ the picture is not to blame, so
 * both texts are brought to what can be compared.
 */

/** Signs that look alike at reading size: whichever of them is answered, it was read. */
const ALIKE: readonly (readonly [signs: RegExp, as: string])[] = [
  [/[‐‑‒–—―−]/gu, '-'],
  [/[‘’‛′`´]/gu, "'"],
  [/[“”„‟″]/gu, '"'],
  [/[〜～∼˜]/gu, '~'],
  [/[×✕✖]/gu, 'x'],
  [/[，、]/gu, ','],
  [/[。]/gu, '.'],
  [/[！]/gu, '!'],
  [/[？]/gu, '?'],
];

/**
 * Letters and signs that the packaged Korean and English models have: Hangul, Latin letters, digits, plain punctuation.
 * Neither has ₩ ℃ ½ ㈜ ♥ ★ → ① · … ㎖, Chinese characters or kana: each of them comes back as nothing, or as something
 * that looks like it (₩ as "\" or "W", ★ as "*" or a syllable).
 */
const ANSWERABLE = /[가-힣ㄱ-ㅎㅏ-ㅣA-Za-z0-9\s!-/:-@[-`{-~]/u;

/** So many characters of an answer may stand for one sign that has no answer: ㈜ comes back as "(주)", ½ as "1/2". */
const LONGEST_ANSWER = 3;

const folded = (text: string): string =>
  ALIKE.reduce((left, [signs, as]) => left.replace(signs, as), text.normalize('NFC'))
    .replace(/\s+/gu, ' ')
    .trim();

/** Both texts without what cannot be answered: the drawn one without such signs, the read one without what stands for them. */
export function withoutUnanswerable(drawn: string, read: string): { drawn: string; read: string } {
  const wanted = [...folded(drawn)];
  const answered = [...folded(read)];
  const isCounted = wanted.map((character) => ANSWERABLE.test(character));
  if (isCounted.every(Boolean)) return { drawn: wanted.join(''), read: answered.join('') };
  const isKept = keptOf(wanted, isCounted, answered);
  return {
    drawn: tidy(wanted.filter((_, i) => isCounted[i])),
    read: tidy(answered.filter((_, j) => isKept[j])),
  };
}

/** How many letters of a text are compared at all. */
export const countedLetters = (text: string): number =>
  [...folded(text)].filter((character) => !/\s/u.test(character) && ANSWERABLE.test(character)).length;

const tidy = (characters: string[]): string => characters.join('').replace(/\s+/gu, ' ').trim();

/** A blank is lost more easily than a letter. */
const missing = (character: string | undefined): number => (character === ' ' ? 0.5 : 1);

/** Which characters of an answer do not stand for an uncounted sign, by the cheapest way to turn one text into the other. */
function keptOf(wanted: string[], isCounted: boolean[], answered: string[]): boolean[] {
  const [rows, columns] = [wanted.length + 1, answered.length + 1];
  const cost = Array.from({ length: rows }, () => new Float64Array(columns));
  const at = (i: number, j: number): number => (cost[i] as Float64Array)[j] as number;
  /** Ways on from (i, j): how far in each text, and what it costs. */
  const ways = (i: number, j: number): [di: number, dj: number, price: number][] => {
    const found: [number, number, number][] = [];
    if (i < wanted.length && !isCounted[i]) {
      for (let dj = 0; dj <= LONGEST_ANSWER && j + dj <= answered.length; dj++) found.push([1, dj, dj * 0.01]);
    } else if (i < wanted.length) {
      found.push([1, 0, missing(wanted[i])]);
      if (j < answered.length) found.push([1, 1, wanted[i] === answered[j] ? 0 : 1]);
    }
    if (j < answered.length) found.push([0, 1, missing(answered[j])]);
    return found;
  };
  const best = (i: number, j: number) =>
    ways(i, j).reduce((least, way) => (priceOf(way, i, j) < priceOf(least, i, j) ? way : least));
  const priceOf = ([di, dj, price]: [number, number, number], i: number, j: number): number =>
    price + at(i + di, j + dj);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      if (i === wanted.length && j === answered.length) continue;
      (cost[i] as Float64Array)[j] = priceOf(best(i, j), i, j);
    }
  }
  const isKept = answered.map(() => true);
  let [i, j] = [0, 0];
  while (i < wanted.length || j < answered.length) {
    const [di, dj] = best(i, j);
    if (di === 1 && !isCounted[i]) for (let k = 0; k < dj; k++) isKept[j + k] = false;
    [i, j] = [i + di, j + dj];
  }
  return isKept;
}

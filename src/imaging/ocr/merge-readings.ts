export interface ReadWord {
  text: string;
  /** 0..1 */
  confidence: number;
}

/** A word read with at least this confidence is not questioned. */
export const SURE_WORD = 0.9;

const isHangul = (character: string): boolean => /\p{Script=Hangul}/u.test(character);

const isHangulOrSpace = (character: string): boolean => character === ' ' || isHangul(character);

interface Letter {
  character: string;
  confidence: number;
}

/**
 * Two readings of one line as one. The first comes from the better reader and stands; only where it was unsure and the
 * second has a syllable that the first cannot know, the second's differing stretch is taken.
 */
export function mergeReadings(first: ReadWord[], second: string, knows: (character: string) => boolean): string {
  const letters = first.flatMap(({ text, confidence }, i): Letter[] => [
    ...(i > 0 ? [{ character: ' ', confidence: 1 }] : []),
    ...[...text].map((character) => ({ character, confidence })),
  ]);
  const other = [...second];
  let merged = '';
  let from = { a: 0, b: 0 };
  for (const to of [...anchors(letters, other), { a: letters.length, b: other.length }]) {
    const own = letters.slice(from.a, to.a);
    const theirs = other.slice(from.b, to.b);
    // Where the first reader saw nothing, the words on both sides say how sure it was.
    const around = own.length > 0 ? own : letters.slice(Math.max(0, from.a - 1), to.a + 1);
    const unsure = around.some(({ confidence }) => confidence < SURE_WORD);
    const isBeyondFirst = theirs.some((character) => isHangul(character) && !knows(character));
    // Latin letters and digits come out of the second reader as wild syllables: only Korean is taken for Korean.
    const isKorean = theirs.every(isHangulOrSpace) && !own.some(({ character }) => /[A-Za-z0-9]/u.test(character));
    merged += unsure && isBeyondFirst && isKorean ? theirs.join('') : own.map(({ character }) => character).join('');
    merged += letters[to.a]?.character ?? '';
    from = { a: to.a + 1, b: to.b + 1 };
  }
  return merged;
}

/** Pairs of positions at which both readings agree, in order, by the cheapest way to turn one into the other. */
function anchors(letters: Letter[], other: string[]): { a: number; b: number }[] {
  const columns = other.length + 1;
  const cost = new Uint16Array((letters.length + 1) * columns);
  const at = (a: number, b: number): number => cost[a * columns + b] as number;
  const same = (a: number, b: number): boolean => letters[a]?.character === other[b];
  for (let a = letters.length; a >= 0; a--)
    for (let b = other.length; b >= 0; b--) {
      if (a === letters.length || b === other.length) cost[a * columns + b] = letters.length - a + other.length - b;
      else
        cost[a * columns + b] = Math.min(at(a + 1, b + 1) + (same(a, b) ? 0 : 1), at(a + 1, b) + 1, at(a, b + 1) + 1);
    }
  const found: { a: number; b: number }[] = [];
  let [a, b] = [0, 0];
  while (a < letters.length && b < other.length) {
    if (same(a, b) && at(a, b) === at(a + 1, b + 1)) found.push({ a: a++, b: b++ });
    else if (at(a, b) === at(a + 1, b + 1) + 1) [a, b] = [a + 1, b + 1];
    else if (at(a, b) === at(a + 1, b) + 1) a++;
    else b++;
  }
  return found;
}

import { bareName, isWeak, knownName } from './dish-names.js';
import { type Clause, type Sentence, type Word, wordsOf } from './sentence.js';
import { CALLS, JOINS_DISHES, namesSomething, SENTENCE_END, SIZE } from './word-kinds.js';

/** A name has at most so many words before the one that says what it is. */
const LONGEST_LEAD = 4;
const PARTICLE =
  /(입니다|이에요|예요|이죠|으로는|으로|에는|에서|이랑|은|는|이|가|을|를|로|와|과|도|에|의|랑|엔|만|이나|나)$/;

/** When something is eaten, not what: 브런치 에그 베네딕트. */
const OCCASION = /^(브런치|런치|디너|디저트|간식|야식|안주|아침|점심|저녁)$/;

interface Candidate {
  start: number;
  end: number;
  /** The clause ends with it: it can be taken out and leaves a phrase before it. */
  isLast: boolean;
  score: number;
}

/** Finds what is advertised; within a sentence it is only mentioned. */
export function findDish(sentence: Sentence): void {
  if (sentence.has('dish')) return;
  const clauses = sentence.clauses();
  const best =
    clauses
      .map((clause, index) => candidateOf(sentence, clause, index))
      .filter((candidate) => candidate !== undefined)
      .sort((a, b) => b.score - a.score)[0] ?? nameless(sentence, clauses);
  if (!best) return;
  if (best.isLast) sentence.take('dish', best.start, best.end);
  else sentence.mention('dish', best.start, best.end);
}

function candidateOf(sentence: Sentence, clause: Clause, index: number): Candidate | undefined {
  const words = wordsOf(clause);
  const isLatin = words.length <= 5 && /^[\p{Script=Latin}\d\s&+’'.%-]+$/u.test(clause.text);
  let tail = words.length;
  while (tail > 0 && SIZE.test(words[tail - 1]?.text ?? '')) tail--;
  // 런치 코스, 커플 세트: nothing else says what it is.
  if (!knownName(words[tail - 1]?.text ?? '')) tail = knownName(words.at(-1)?.text ?? '') ? words.length : tail;
  const isSentence =
    CALLS.test(clause.text) || (SENTENCE_END.test(clause.text) && !knownName(words.at(-1)?.text ?? ''));
  const next = sentence.roleAfter(clause.end);
  const hasPrice = next === 'price' || next === 'priceWas';
  const head = words[tail - 1];
  const known = head && knownName(head.text);
  if (head && known && !isSentence) {
    const start = words[startOf(words, tail - 1)] as Word;
    return {
      start: start.start,
      end: clause.end,
      isLast: true,
      score: 4 + (hasPrice ? 4 : 0) - (known.family === 'any' ? 2 : 0) - index / 10,
    };
  }
  const note = noteAfter(words);
  if (note !== undefined && !isSentence) {
    sentence.take('note', (words[note] as Word).start, clause.end);
    const start = words[startOf(words, note - 1)] as Word;
    return { start: start.start, end: (words[note - 1] as Word).end, isLast: true, score: 4 - index / 10 };
  }
  if (isLatin && !isSentence && words.some(({ text }) => knownName(text))) {
    return { start: clause.start, end: clause.end, isLast: true, score: 4 - index / 10 };
  }
  const strong = words.findLastIndex(({ text }) => nameIn(text) !== undefined && !isWeak(nameIn(text) ?? ''));
  const within = strong >= 0 ? strong : words.findLastIndex(({ text }) => nameIn(text) !== undefined);
  const word = words[within];
  if (!word) return undefined;
  // 하노이식 쌀국수 포보 12,000원: the price says where the name ends.
  const after = words.slice(within + 1);
  if (
    !isSentence &&
    (hasPrice || OCCASION.test(word.text)) &&
    knownName(word.text) &&
    after.length <= 2 &&
    after.every(({ text }) => namesSomething(text))
  ) {
    return {
      start: (words[startOf(words, within)] as Word).start,
      end: clause.end,
      isLast: true,
      score: 7 - index / 10,
    };
  }
  let last = within;
  if (knownName(word.text)) while (SIZE.test(words[last + 1]?.text ?? '')) last++;
  if (last > within && /^(한|반|두)$/.test(words[last]?.text ?? '')) last--;
  const start = words[startOf(words, within)] as Word;
  const end = last > within ? (words[last] as Word).end : word.start + (nameIn(word.text)?.length ?? 0);
  return { start: start.start, end, isLast: false, score: 2 - index / 10 };
}

/** 떡볶이 맵기 조절 가능: a dish, and what can be had with it. */
function noteAfter(words: Word[]): number | undefined {
  if (!/^(가능|가능합니다|가능해요|필수|환영|있음|OK)$/.test(words.at(-1)?.text ?? '')) return undefined;
  const at = words.findLastIndex(({ text }) => knownName(text)) + 1;
  return at > 0 && at < words.length ? at : undefined;
}

/** 순대국밥 in 순대국밥은 and in itself. */
function nameIn(word: string): string | undefined {
  const bare = word.replace(/[^\p{L}\p{N})]+$/u, '');
  if (knownName(bare)) return bare;
  const stem = bare.replace(PARTICLE, '');
  return stem !== bare && stem.length > 1 && knownName(stem) ? stem : undefined;
}

/** The first word of the name that ends at `head`. */
function startOf(words: Word[], head: number): number {
  let start = head;
  while (start > 0 && words.slice(start, head).filter(({ text }) => !/^[+&·]$/.test(text)).length < LONGEST_LEAD) {
    const before = words[start - 1] as Word;
    const joined = before.text.replace(JOINS_DISHES, '');
    if (/^\d/.test(before.text) && SIZE.test(before.text)) break;
    const isPair = joined !== before.text && knownName(joined) !== undefined && !namesPlainly(before.text);
    if (
      !isPair &&
      ((!namesSomething(before.text) && !(knownName(before.text) && !isWeak(before.text))) ||
        /^[^“‘"]*[”’"]$/u.test(before.text))
    )
      break;
    start--;
  }
  while (start < head && /^[+&·]$/.test(words[start]?.text ?? '')) start++;
  return start;
}

/** 사과 ends like a particle and is one word. */
const namesPlainly = (word: string): boolean => knownName(word) !== undefined;

/** A dish nobody knows: what stands before the price, or the only few words there are. */
function nameless(sentence: Sentence, clauses: Clause[]): Candidate | undefined {
  const priced = clauses.find(
    (clause) => sentence.roleAfter(clause.end) === 'price' || sentence.roleAfter(clause.end) === 'priceWas',
  );
  const fits = (one: Clause): boolean => namesSomething(wordsOf(one).at(-1)?.text ?? '');
  const clause = priced && fits(priced) ? priced : clauses.length <= (priced ? 2 : 1) ? clauses.find(fits) : undefined;
  if (!clause || SENTENCE_END.test(clause.text) || /^[!?]/.test(clause.closing)) return undefined;
  const words = wordsOf(clause);
  if (words.length > (priced ? 8 : 5) || words.every(({ text }) => SIZE.test(text))) return undefined;
  const last = words.at(-1) as Word;
  if (!/\p{L}/u.test(clause.text) || bareName(last.text) === '' || !namesSomething(last.text)) return undefined;
  return {
    start: words[startOf(words, words.length - 1)]?.start ?? clause.start,
    end: clause.end,
    isLast: true,
    score: 0,
  };
}

import { DISHES, type Dish, type Family } from '../../../brief/dishes.js';
import { leadsOn, splitLine, withoutSize } from '../../../brief/lines.js';
import { isDrunk } from '../../../brief/moments.js';
import { understand } from '../../../brief/understand.js';
import { PREFIXES, QUALITIES } from './lexicon.js';

/** What a shop's own words say about the advertised dish, as far as English copy and its translation need it. */
export interface Menu {
  /** A Korean noun phrase that can stand in a sentence, with the shop's adjectives: 얼큰한 해물부대찌개. */
  phrase: string;
  /** The dish alone: 해물부대찌개. */
  dish: string;
  english: string;
  family: Family;
  /** False when no dish was recognised and `dish` is a stand-in, or a name nobody knows. */
  isKnown: boolean;
}

const STAND_IN = '오늘의 메뉴';
const LONGEST_FIRST = [...DISHES].sort((a, b) => b.kor.length - a.kor.length);
const ENGLISH_LONGEST_FIRST = [...DISHES].sort((a, b) => b.eng.length - a.eng.length);

/** One-syllable dish names are found only as whole words: 회 is not meant in 회사. */
const isWhole = (word: string, name: string): boolean => name.length > 1 || word === name;

/** Well-known English dish names within Korean words become Korean; names nobody knows stay as they were written. */
const toKoreanNames = (text: string): string =>
  text
    .replace(/\s*[A-Za-z][A-Za-z' -]*[A-Za-z]/g, (words, at: number) => {
      const kor = findEnglishDish(words)?.kor;
      // 쌀국수 Pho says the same twice.
      if (kor && text.includes(kor)) return '';
      return kor ? `${at > 0 && words.startsWith(' ') ? ' ' : ''}${kor}` : words;
    })
    .replace(/\bset\b/gi, '세트')
    .replace(/\bbbq\b/gi, '바비큐')
    .trim();

export const findEnglishDish = (english: string): Dish | undefined => {
  const text = ` ${english.toLowerCase().replace(/[^a-z'’ -]/g, ' ')} `;
  return ENGLISH_LONGEST_FIRST.find(
    ({ eng }) => text.includes(` ${eng.toLowerCase()} `) || text.includes(` ${eng.toLowerCase()}s `),
  );
};

interface Known {
  dish: Dish;
  /** What stands before its name: 해물 in 해물칼국수, 연어 in 연어 샐러드. */
  prefix: string;
}

/** The last dish named is the one advertised: modifiers come first in Korean. */
function findKnown(name: string): Known | undefined {
  const words = name.split(' ');
  for (const [index, word] of [...words.entries()].reverse()) {
    const dish = LONGEST_FIRST.find(({ kor }) => word.includes(kor) && isWhole(word, kor));
    if (dish) return { dish, prefix: word.slice(0, word.lastIndexOf(dish.kor)) || (words[index - 1] ?? '') };
  }
  return undefined;
}

const englishOf = (before: string, { dish, prefix }: Known): string => {
  const qualities = before
    .split(/\s+/)
    .map((word) => QUALITIES[word] ?? QUALITIES[word.replace(/하고$/, '한')] ?? QUALITIES[word.replace(/고$/, '은')])
    .filter((word): word is string => word !== undefined);
  const named = PREFIXES[prefix];
  return [...new Set([...qualities.slice(0, 2), ...(named ? [named] : [])]), dish.eng].join(' ');
};

/** Understands a description such as 얼큰하고 든든한 부대찌개 한 그릇. Never fails: unknown dishes keep the shop's own words. */
export function describeMenu(description: string): Menu {
  const { brief } = understand(description);
  const name = toKoreanNames(brief.dish ?? '');
  if (name === '')
    return { phrase: STAND_IN, dish: STAND_IN, english: 'special of the day', family: 'any', isKnown: false };
  const dish = withoutSize(name);
  const { lead, lines } = splitLine(brief.line, brief.dish);
  const before = lead && leadsOn(name)(lead) ? lead : '';
  const known = findKnown(dish);
  const qualities = [before, ...lines.filter((line) => line.includes(dish))].join(' ');
  return {
    phrase: before === '' ? name : `${before} ${name}`,
    dish,
    english: known ? englishOf(qualities, known) : 'special of the day',
    family: known?.dish.family ?? 'any',
    isKnown: known !== undefined,
  };
}

/** Words about eating become words about drinking. */
export const suit = (text: string, { family }: Menu): string =>
  isDrunk(family)
    ? text
        .replaceAll('한 입', '한 모금')
        .replaceAll('한 끼', '한 잔')
        .replaceAll('비운 그릇', '비운 잔')
        .replaceAll('식탁', '테이블')
    : text;

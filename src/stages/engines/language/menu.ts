import { DISHES, type Dish, type Family } from '../../../brief/dishes.js';
import { PREFIXES, QUALITIES } from './lexicon.js';

/** What a shop's own words say about the advertised dish. */
export interface Menu {
  /** A Korean noun phrase that can stand in a sentence, with the shop's adjectives: 얼큰한 해물부대찌개. */
  phrase: string;
  /** The shop's words as a whole; more than `phrase` when they end in an announcement such as 맛집 or 특별 할인. */
  whole: string;
  /** The dish alone: 해물부대찌개. */
  dish: string;
  /** The shop's words when they are a sentence of their own, otherwise null. */
  sentence: string | null;
  english: string;
  family: Family;
  isKorean: boolean;
  /** False when no dish was recognised and `dish` is a guess or a stand-in. */
  isKnown: boolean;
}

const STAND_IN = '오늘의 메뉴';
const LONGEST_FIRST = [...DISHES].sort((a, b) => b.kor.length - a.kor.length);
const ENGLISH_LONGEST_FIRST = [...DISHES].sort((a, b) => b.eng.length - a.eng.length);
/** A last word like these ends a sentence; what ends otherwise is taken for a noun phrase. */
const SENTENCE_END = /(요|다|까|죠|네|자|니다|세요|어때)$/;
/** One-syllable dish names are found only as whole words: 회 is not meant in 회사. */
/** Announcements after the dish's name: good in a headline, odd in the middle of a sentence. */
const ANNOUNCEMENT = /맛집|전문점|할인|이벤트|출시|신메뉴|오픈|행사|증정|무료|추천/;
const isWhole = (word: string, name: string): boolean => name.length > 1 || word === name;

/** Keeps what a Korean headline can hold; emoji and other symbols are not drawn. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{Script=Hangul}\p{Script=Latin}\p{N}\s.,!?~'"%&()+·\-/:]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

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
    .replace(/\bbbq\b/gi, '바비큐');

export const findEnglishDish = (english: string): Dish | undefined => {
  const text = ` ${english.toLowerCase().replace(/[^a-z'’ -]/g, ' ')} `;
  return ENGLISH_LONGEST_FIRST.find(
    ({ eng }) => text.includes(` ${eng.toLowerCase()} `) || text.includes(` ${eng.toLowerCase()}s `),
  );
};

interface Mention {
  known: Dish;
  /** Position and length of the dish's whole name, prefix included. */
  start: number;
  end: number;
  prefix: string;
}

/** The last dish mentioned is the one advertised: modifiers come first in Korean. */
const findDish = (text: string): Mention | undefined => {
  let best: Mention | undefined;
  for (const match of text.matchAll(/\S+/g)) {
    const word = match[0].replace(/[.,!?~]+$/, '');
    const known = LONGEST_FIRST.find(({ kor }) => word.includes(kor) && isWhole(word, kor));
    if (!known) continue;
    const at = word.lastIndexOf(known.kor);
    best = { known, start: match.index, end: match.index + at + known.kor.length, prefix: word.slice(0, at) };
  }
  return best && withWordBefore(text, best);
};

/** 연어 샐러드 and 수제 버거 are names of two words. */
const withWordBefore = (text: string, mention: Mention): Mention => {
  const before = /(\S+) $/.exec(text.slice(0, mention.start))?.[1];
  if (mention.prefix !== '' || !before || PREFIXES[before] === undefined) return mention;
  return { ...mention, start: mention.start - before.length - 1, prefix: before };
};

const englishOf = (before: string, prefix: string, known: Dish): string => {
  const qualities = before
    .split(/\s+/)
    .map((word) => QUALITIES[word] ?? QUALITIES[word.replace(/하고$/, '한')] ?? QUALITIES[word.replace(/고$/, '은')])
    .filter((word): word is string => word !== undefined);
  const named = PREFIXES[prefix];
  return [...new Set([...qualities.slice(0, 2), ...(named ? [named] : [])]), known.eng].join(' ');
};

/** Understands a description such as 얼큰하고 든든한 부대찌개 한 그릇. Never fails: unknown dishes keep the shop's own words. */
export function describeMenu(description: string): Menu {
  const text = toKoreanNames(cleanText(description)).replace(/[\s.,!~]+$/, '');
  const isSentence = text !== '' && (text.endsWith('?') || SENTENCE_END.test(text.split(' ').at(-1) ?? ''));
  const mention = findDish(text);
  if (mention) {
    const { known, start, end, prefix } = mention;
    const dish = text.slice(start, end);
    const announces = ANNOUNCEMENT.test(text.slice(end));
    const phrase = isSentence
      ? [...qualitiesBefore(text.slice(0, start)), dish].join(' ')
      : announces
        ? text.slice(0, end)
        : text;
    return {
      phrase,
      whole: text,
      dish,
      sentence: isSentence ? text : null,
      english: englishOf(text.slice(0, start), prefix, known),
      family: known.family,
      isKorean: known.isKorean,
      isKnown: true,
    };
  }
  const noun = isSentence || text === '' ? STAND_IN : text;
  return {
    phrase: noun,
    whole: noun,
    dish: noun === STAND_IN ? STAND_IN : (text.split(' ').at(-1) as string),
    sentence: isSentence ? text : null,
    english: 'special of the day',
    family: 'any',
    isKorean: true,
    isKnown: false,
  };
}

/** Words about eating become words about drinking. */
export const suit = (text: string, { family }: Menu): string =>
  family === 'drink'
    ? text
        .replaceAll('한 입', '한 모금')
        .replaceAll('한 끼', '한 잔')
        .replaceAll('비운 그릇', '비운 잔')
        .replaceAll('허기진', '지친')
        .replaceAll('뭐 먹지', '뭐 마시지')
    : text;

const qualitiesBefore = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => QUALITIES[word] !== undefined)
    .slice(-2);

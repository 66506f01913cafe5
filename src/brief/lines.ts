import { SENTENCE_END, SIZE } from './word-kinds.js';

/** How long a text is to the eye: its letters and digits, without blanks and marks. */
export const syllables = (text: string): number => [...text.replace(/[\s.,!?~'"“”‘’]/g, '')].length;

/** A phrase of more syllables is no lead-in. */
const LONGEST_LEAD = 18;

/** Ends that lead to the next word: 얼큰한, 정성껏 끓인, 비 오는 날엔, 우리 동네. */
const LEADS =
  /(한|은|는|운|른|린|인|든|던|긴|진|된|뜬|쓴|찬|큰|탄|간|친|난|준|낸|온|찐|킨|볼|할|의|엔|에|에는|땐|때는|때|역시|바로|로|으로|와|과|함께|가득|듬뿍|날|이맘때|신메뉴|신상|대표메뉴|인기메뉴|추천|NEW|BEST)[!,]?$/iu;

/** What is also there to know, and no reason to come: 고수는 따로 드려요, 볶음밥 3,000원. */
const DETAIL =
  /(따로|가능|나와요|나옵니다|필수|판매|운영|드려요|드립니다|있어요|있습니다|돼요|됩니다|사용|주문|문의|\d\s?원|\d\.\d|\d,\d{3})/;

/** The sentences and phrases of a line. */
export const partsOf = (line: string): string[] =>
  line
    .split(/\n|(?<=[.!?…~])\s+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

export interface LineParts {
  /** Can stand before the dish's name, or above it. */
  lead: string | undefined;
  /** The dish with its lead, as one phrase; the dish alone where there is none. */
  phrase: string | undefined;
  /** Sentences and phrases that stand alone; what can also lead is among them, if it does. */
  lines: string[];
  /** What else there is: side dishes with their prices, remarks. */
  details: string[];
}

/** A line's parts, by what can be done with them. */
export function splitLine(line: string | undefined, dish: string | undefined): LineParts {
  const parts = partsOf(line ?? '');
  const details = parts.filter((part) => DETAIL.test(part) && !LEADS.test(part));
  const rest = parts.filter((part) => !details.includes(part));
  const lead = dish === undefined ? undefined : (rest.find(leadsOn(dish)) ?? rest.find(isCaption(dish)));
  const joint = lead && !LEADS.test(lead) && !/[!~…]$/.test(lead) ? ', ' : ' ';
  return {
    lead,
    phrase: lead && dish ? `${lead}${joint}${dish}` : dish,
    lines: rest.filter((part) => part !== lead),
    details,
  };
}

/** 얼큰하고 든든한: the dish's name can follow right away. */
export const leadsOn =
  (dish: string) =>
  (part: string): boolean =>
    LEADS.test(part) && !SENTENCE_END.test(part) && !part.includes(dish);

/** 가성비 갑, 매운맛 도전!: above the dish it says what for. */
const isCaption =
  (dish: string) =>
  (part: string): boolean =>
    !/(요|다|까|죠|네요|니다)[.!?~…]*$/u.test(part) && syllables(part) <= LONGEST_LEAD && !part.includes(dish);

/** A whole sentence, or a phrase long enough to say something by itself. */
export const standsAlone = (line: string): boolean =>
  !DETAIL.test(line) && syllables(line) >= 5 && (SENTENCE_END.test(line) || (/\s/.test(line) && !LEADS.test(line)));

/** 비 오는 날엔, 겨울엔 역시: says when, not how it is. */
export const isMomentous = (lead: string): boolean =>
  /(날엔|날에는|날|때|땐|엔|에는|계절|역시|주말|퇴근길|겨울|여름|가을|봄|점심|저녁|아침|불금)/.test(lead);

/** 韓牛 등심 100g is 韓牛 등심, in the middle of a sentence. */
export const withoutSize = (dish: string): string => {
  const words = dish.split(' ');
  const isSet = (word: string): boolean => /^(세트|정식|코스|한상|콤보|set)$/i.test(word);
  while (words.length > 1 && SIZE.test(words.at(-1) ?? '') && !isSet(words.at(-1) ?? '')) words.pop();
  return words.join(' ').replace(/(?<=.)\([^)]{1,4}\)$/, '');
};

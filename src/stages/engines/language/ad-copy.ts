import type { AdCopy, CopyBrief } from '../language.js';
import { fill } from './josa.js';
import { seasonWords } from './lexicon.js';
import { cleanText, describeMenu, type Menu, suit } from './menu.js';
import { pick } from './seeded-pick.js';
import { TONES, toneOf } from './tones.js';

/** More does not read well at thumb size. */
const HEADLINE_LENGTH = 20;

export const seedOf = ({ descKor, storeName, toneStyle, month }: CopyBrief): string =>
  [descKor, storeName, toneStyle, seasonWords(month).eng].join('|');

/** An English advertisement, and the Korean headline that goes on the picture. */
export function writeAdCopy(brief: CopyBrief): AdCopy {
  const menu = describeMenu(brief.descKor);
  const tone = TONES[toneOf(brief.toneStyle)];
  const season = seasonWords(brief.month);
  const twin = pick(tone.copies, seedOf(brief));
  return {
    adCopyEng: fill(twin.eng, { dish: menu.english, season: season.eng }),
    adCopyKor: writeHeadline(brief, menu, tone.headlines, season.kor),
  };
}

/** The shop's own words keep their meaning: they are framed when there is room, and shortened only from the front. */
function writeHeadline(brief: CopyBrief, menu: Menu, templates: string[], season: string): string {
  if (menu.sentence && menu.sentence.length <= HEADLINE_LENGTH) return menu.sentence;
  const first = templates.indexOf(pick(templates, seedOf(brief)));
  const inOrder = [...templates.slice(first), ...templates.slice(0, first)];
  if (menu.whole !== menu.phrase && menu.whole.length <= HEADLINE_LENGTH) return menu.whole;
  const framed = inOrder
    .map((template) => suit(fill(template, { phrase: menu.phrase, season }), menu))
    .find((headline) => headline.length <= HEADLINE_LENGTH && !repeatsItself(headline));
  return framed ?? shorten(menu.phrase);
}

/** 따뜻한 … 따뜻한 in one line reads like a mistake. */
const repeatsItself = (headline: string): boolean => {
  const words = headline.split(/[\s,]+/).filter((word) => word.length > 1);
  return new Set(words).size < words.length;
};

const shorten = (phrase: string): string => {
  const words = cleanText(phrase).split(' ');
  while (words.length > 1 && words.join(' ').length > HEADLINE_LENGTH) words.shift();
  return words.join(' ').slice(0, HEADLINE_LENGTH);
};

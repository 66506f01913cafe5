import type { Brief } from './brief.js';
import { knownName } from './dish-names.js';
import type { Family } from './dishes.js';
import { isDrunk } from './moments.js';
import type { Leftover } from './sentence.js';
import { SIZE } from './word-kinds.js';

/** Instagram takes no more. */
export const MOST_HASHTAGS = 5;

const asTag = (text: string): string => `#${text.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')}`;

/** 서울 마포구 연남동 12: #연남동; 홍대입구역 3번 출구 앞: #홍대입구역. */
const placeTag = (place: string): string =>
  asTag(/\S*[가-힣]{2,}(?:동|역|시장|점)(?=\s|$)/u.exec(place)?.[0] ?? place.split(/\s+/)[0] ?? place);

/** True of all that one drinks of the family, or eats. */
const OF_FAMILY: Partial<Record<Family, string>> = {
  coffee: '#커피',
  tea: '#티타임',
  bread: '#빵스타그램',
  alcohol: '#한잔',
};

/** The owner's own first, then dish, place, shop, and what is true of every such dish. */
export function hashtagsOf(brief: Brief, family: Family, leftovers: readonly Leftover[]): string {
  const own = leftovers.filter(({ reason }) => reason === 'hashtag').map(({ text }) => asTag(text));
  const words = (brief.dish ?? '').split(/\s+/).filter((word) => !SIZE.test(word));
  const known = words
    .map(knownName)
    .findLast((one) => one !== undefined && one.family !== 'any' && one.name.length > 1)?.name;
  const tags = [
    ...own,
    asTag(words.join('').replace(/\([^)]*\)/g, '')),
    ...(brief.place ? [placeTag(brief.place)] : []),
    asTag(brief.shop ?? ''),
    ...(known ? [asTag(known)] : []),
    OF_FAMILY[family] ?? '',
    '#맛스타그램',
    isDrunk(family) ? '' : '#오늘뭐먹지',
  ];
  return [...new Set(tags.filter((tag) => tag.length > 2))].slice(0, MOST_HASHTAGS).join(' ');
}

import type { PictureTexts } from './idea.js';

export type WrittenSeason = 'spring' | 'summer' | 'autumn' | 'winter';

/** Words that say when; what the owner writes wins over the calendar. */
const SIGNS: readonly [WrittenSeason, RegExp][] = [
  ['summer', /여름|한여름|복날|초복|중복|말복|삼복|무더위|더위|바캉스|휴가철|장마|summer/iu],
  ['winter', /겨울|한겨울|동지|크리스마스|성탄|연말|설날|새해|첫눈|christmas|x-?mas|winter/iu],
  ['autumn', /가을|추석|한가위|단풍|수능|할로윈|핼러윈|autumn|halloween/iu],
  ['spring', /봄|벚꽃|입학|새학기|화이트데이|봄나물|spring/iu],
];

/** The season that the words name; undefined when they name none or several. */
export function writtenSeason(texts: Partial<PictureTexts> | undefined): WrittenSeason | undefined {
  const all = Object.values(texts ?? {}).join(' ');
  const named = SIGNS.filter(([, sign]) => sign.test(all)).map(([season]) => season);
  return named.length === 1 ? named[0] : undefined;
}

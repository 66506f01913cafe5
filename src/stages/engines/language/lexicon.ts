import { type Season, seasonOf } from '../../../seasons.js';
/** What stands before a dish's name within one word: 해물 in 해물칼국수. */
export const PREFIXES: Record<string, string> = {
  해물: 'seafood',
  치즈: 'cheese',
  소고기: 'beef',
  돼지: 'pork',
  닭: 'chicken',
  참치: 'tuna',
  새우: 'shrimp',
  김치: 'kimchi',
  매운: 'spicy',
  수제: 'handmade',
  통: 'whole',
  왕: 'jumbo',
  옛날: 'old-style',
  전통: 'traditional',
  숯불: 'charcoal-grilled',
  직화: 'flame-grilled',
  딸기: 'strawberry',
  초코: 'chocolate',
  녹차: 'green tea',
  버섯: 'mushroom',
  크림: 'cream',
  토마토: 'tomato',
  바질: 'basil',
  연어: 'salmon',
  과일: 'fruit',
  명란: 'pollock roe',
  로제: 'rose',
};

/** Words that describe food, Korean as they stand before a noun. */
export const QUALITIES: Record<string, string> = {
  얼큰한: 'spicy',
  매콤한: 'spicy',
  매운: 'hot',
  든든한: 'hearty',
  푸짐한: 'generous',
  고소한: 'nutty',
  바삭한: 'crispy',
  달콤한: 'sweet',
  달달한: 'sweet',
  새콤달콤한: 'sweet-and-tangy',
  상큼한: 'refreshing',
  신선한: 'fresh',
  싱싱한: 'fresh',
  부드러운: 'tender',
  촉촉한: 'moist',
  진한: 'rich',
  깊은: 'deep-flavored',
  따뜻한: 'warm',
  따끈한: 'piping-hot',
  뜨끈한: 'steaming',
  시원한: 'cool',
  담백한: 'light',
  쫄깃한: 'chewy',
  향긋한: 'fragrant',
  구수한: 'savory',
  짭조름한: 'savory',
  건강한: 'wholesome',
  정갈한: 'neat',
  맛있는: 'delicious',
  특별한: 'special',
  풍성한: 'plentiful',
  육즙: 'juicy',
  수제: 'handmade',
  전통: 'traditional',
};

/** English words of advertisements and the Korean quality that says the same. */
export const QUALITIES_FROM_ENGLISH: Record<string, string> = {
  spicy: '얼큰한',
  hot: '뜨끈한',
  hearty: '든든한',
  generous: '푸짐한',
  nutty: '고소한',
  crispy: '바삭한',
  crunchy: '바삭한',
  sweet: '달콤한',
  tangy: '새콤한',
  refreshing: '상큼한',
  fresh: '신선한',
  tender: '부드러운',
  soft: '부드러운',
  creamy: '부드러운',
  moist: '촉촉한',
  juicy: '육즙 가득한',
  rich: '진한',
  savory: '구수한',
  warm: '따뜻한',
  cozy: '포근한',
  comforting: '마음 편한',
  light: '담백한',
  chewy: '쫄깃한',
  fragrant: '향긋한',
  aromatic: '향긋한',
  wholesome: '건강한',
  healthy: '건강한',
  homemade: '손수 만든',
  handmade: '손수 만든',
  traditional: '전통의',
  authentic: '제대로 된',
  delicious: '맛있는',
  special: '특별한',
};

export interface SeasonWords {
  kor: string;
  eng: string;
  /** An opening clause about the weather of these months. */
  mood: string;
}

const SEASONS: Record<Season, SeasonWords> = {
  spring: { kor: '봄', eng: 'spring', mood: '햇살이 포근해진 요즘' },
  summer: { kor: '여름', eng: 'summer', mood: '더위에 입맛이 떨어지기 쉬운 요즘' },
  autumn: { kor: '가을', eng: 'autumn', mood: '바람이 선선해진 요즘' },
  winter: { kor: '겨울', eng: 'winter', mood: '몸이 절로 움츠러드는 요즘' },
};

/** `month` 1..12. */
export const seasonWords = (month: number): SeasonWords => SEASONS[seasonOf(month)];

import { BRIEF_ROLES, type Brief, type BriefRole } from './brief.js';

/**
 * 식품 등의 표시·광고에 관한 법률 제8조제1항, with 시행령 별표 1 and the Ministry's notice on what counts as unfair
 * (식품 등의 부당한 표시 또는 광고의 내용 기준).
 * `prevents or treats disease`: item 1. `is a medicine`: item 2. `is a health functional food`: item 3.
 * `is untrue or exaggerated`: item 4. `deceives`: item 5 (also 무첨가, 천연 where the law knows no such difference).
 * `runs others down`: item 6, `compares without proof`: item 7 (최고, 1위, 최초).
 */
export const LAWS = [
  '제8조제1항제1호',
  '제8조제1항제2호',
  '제8조제1항제3호',
  '제8조제1항제4호',
  '제8조제1항제5호',
  '제8조제1항제6호',
  '제8조제1항제7호',
] as const;
export type Law = (typeof LAWS)[number];

/** What the owner can do about it; pages and commands have the words. */
export const ADVICES = [
  'claims a cure',
  'claims an effect',
  'needs proof',
  'needs a number',
  'runs others down',
] as const;
export type Advice = (typeof ADVICES)[number];

export interface LegalRemark {
  role: BriefRole;
  /** As written in the role. */
  words: string;
  law: Law;
  advice: Advice;
}

const RULES: { words: RegExp; law: Law; advice: Advice }[] = [
  {
    words:
      /(?:암|당뇨|고혈압|혈압|혈당|콜레스테롤|변비|불면증|관절염|감기|비염|아토피|위염|숙취|염증|탈모|치매|골다공증)(?:을|를|에|이|가)?\s?(?:예방|치료|완화|개선|낮춰|잡는|없애|좋은|좋습니다|효과|해소|탁월)\S*/gu,
    law: '제8조제1항제1호',
    advice: 'claims a cure',
  },
  {
    words: /항암|해독\s?작용|치료\s?효과|만병통치|약효|특효|디톡스/gu,
    law: '제8조제1항제1호',
    advice: 'claims a cure',
  },
  {
    words: /(?:한방|천연)\s?(?:약|보약)|보약(?:\s?같은|보다)?|처방/gu,
    law: '제8조제1항제2호',
    advice: 'claims a cure',
  },
  {
    words: /다이어트|체지방\s?(?:감소|분해)|살\s?(?:빠지|안\s?찌)\S*/gu,
    law: '제8조제1항제4호',
    advice: 'claims an effect',
  },
  {
    words:
      /면역력\S*|피부\s?미용|노화\s?(?:방지|예방)|피로\s?(?:회복|해소)|원기\s?회복|정력|자양강장|기력\s?회복|건강기능|간\s?기능|장\s?건강|혈액\s?순환|독소\s?배출/gu,
    law: '제8조제1항제3호',
    advice: 'claims an effect',
  },
  {
    words:
      /(?:전국|세계|국내|지역|동네|업계|대한민국|한국|서울|부산)?\s?(?:최고(?!기온|기)|제일(?=\s)|1위|1등|최초|최대|유일|넘버원|No\.?\s?1|NO\.?\s?1|가장\s?맛있\S*|최저가|최상급|베스트셀러)/gu,
    law: '제8조제1항제7호',
    advice: 'needs proof',
  },
  {
    words:
      /천연|무첨가|무방부제|방부제\s?없\S*|MSG\s?(?:무|없|0|제로|free)\S*|무\s?MSG|화학조미료\s?(?:무|없|안)\S*|무농약|유기농|친환경|무항생제|Non-?GMO/giu,
    law: '제8조제1항제5호',
    advice: 'needs proof',
  },
  {
    words: /저염|저당|저칼로리|무설탕|제로\s?칼로리|무가당|고단백|저지방|슈가\s?프리/giu,
    law: '제8조제1항제5호',
    advice: 'needs a number',
  },
  { words: /100\s?%|완벽한|절대|기적의?|마법의?|약속드리는 효과/gu, law: '제8조제1항제4호', advice: 'needs proof' },
  {
    words: /(?:다른|타)\s?(?:가게|집|업소|업체|브랜드|매장|데)(?:와|과|보다|는|에서는)\S*|타사\S*/gu,
    law: '제8조제1항제6호',
    advice: 'runs others down',
  },
];

/** Words that the law on food advertising restricts, in the order of the roles. They are pointed out, never changed. */
export function pointOut(brief: Brief): LegalRemark[] {
  return BRIEF_ROLES.flatMap((role) =>
    RULES.flatMap(({ words, law, advice }) =>
      [...(brief[role] ?? '').matchAll(words)].map((match) => ({ role, words: match[0].trim(), law, advice })),
    ),
  );
}

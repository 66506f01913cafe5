import { DISHES, type Family } from './dishes.js';

/** Last parts of dish names that are none by themselves, or too many to list: 전복죽, 동태탕, 애플망고빙수. */
const ENDINGS: [family: Family, endings: string][] = [
  [
    'soup',
    '찌개 전골 국밥 해장국 곰탕 지리 나베 훠궈 스키야키 샤브 미역국 된장국 우거지국 시래기국 콩나물국 북엇국 감잣국 추어탕 매운탕 알탕 동태탕 대구탕 닭한마리 백숙 오리탕 누룽지탕 도가니탕 꼬리곰탕 우족탕 내장탕 선지국 소머리국밥 뼈해장국 똠얌꿍 짬뽕탕 어묵탕 연포탕 조개탕 홍합탕 탕 북어국 무국 아욱국 근대국 다슬기국 재첩국 복국 육수 수프 스프 스튜 클램차우더',
  ],
  [
    'braise',
    '찜 조림 두루치기 볶음탕 닭도리탕 찜닭 닭갈비 제육 주꾸미볶음 쭈꾸미볶음 쭈꾸미 주꾸미 불닭 불백 도리탕 해물찜 마파두부 마라샹궈 볶음 안동찜닭',
  ],
  [
    'noodle',
    '국수 칼국수 수제비 짬뽕 짜장 짜장면 자장면 간짜장 라면 라멘 우동 소바 쌀국수 잡채 쫄면 온면 탄탄면 우육면 비빔면 볶음면 야끼소바 팟타이 분짜 메밀면 밀국수 옹심이 고기국수',
  ],
  [
    'coldNoodle',
    '냉면 물냉면 비빔냉면 막국수 콩국수 냉국수 비빔국수 밀면 냉모밀 모밀 냉소바 초계국수 중화냉면 열무국수 냉우동 메밀국수 들기름막국수',
  ],
  [
    'rice',
    '덮밥 비빔밥 볶음밥 김밥 주먹밥 쌈밥 솥밥 돌솥밥 공기밥 공깃밥 필라프 리조또 리조토 오므라이스 카레 커리 카레라이스 하이라이스 규동 가츠동 부타동 사케동 텐동 오야꼬동 죽 전복죽 호박죽 팥죽 도시락 정식 백반 한정식 한상 한상차림 반상 집밥 부리또볼 보울 나시고렝 비리야니 컵밥 유부초밥 밥 쌈 미음 이유식',
  ],
  [
    'grill',
    '구이 삼겹살 오겹살 목살 항정살 갈매기살 가브리살 등심 안심 꽃등심 채끝 갈비 갈비살 살치살 차돌박이 차돌 우삼겹 대패삼겹살 막창 곱창 대창 양깃머리 불고기 스테이크 바비큐 바베큐 BBQ 양꼬치 양갈비 토마호크 폭립 립 꼬치구이 닭꼬치 닭구이 오리구이 불백 고기 한우 흑돼지 야키토리 야끼니꾸 꼬치 석갈비 떡갈비 너비아니',
  ],
  ['meat', '족발 보쌈 수육 편육 육회 육사시미 닭발 훈제오리 오리주물럭 머릿고기 돼지고기 소고기'],
  [
    'fried',
    '치킨 통닭 닭강정 강정 후라이드 튀김 돈까스 돈가스 돈카츠 카츠 까스 가라아게 탕수육 꿔바로우 깐풍기 군만두 고로케 감자튀김 치즈볼 새우튀김 윙 너겟 깐쇼새우 크림새우 멘보샤 유린기',
  ],
  [
    'pancake',
    '파전 김치전 감자전 부추전 녹두전 육전 모둠전 모듬전 배추전 굴전 동태전 호박전 해물전 빈대떡 부침개 메밀전병 전병',
  ],
  [
    'seafood',
    '조개구이 생선구이 고등어구이 장어 장어구이 낙지 오징어 문어 꽃게 대게 킹크랩 랍스터 새우 새우장 간장게장 양념게장 게장 굴 석화 꼬막 전복 가리비 해물탕 해물모둠 아귀찜 아구찜 코다리 황태 꼼장어 연어 갈치 갈치조림',
  ],
  [
    'rawFish',
    '회 물회 사시미 초밥 스시 회덮밥 모둠회 모듬회 광어회 연어회 방어 방어회 대방어 참치회 활어회 숙성회 세꼬시 과메기 오마카세 카이센동 롤 후토마키 지라시',
  ],
  ['salad', '샐러드 샐러드볼 월남쌈 과카몰리 콥샐러드 포케'],
  [
    'bread',
    '빵 식빵 소금빵 바게트 베이글 토스트 샌드위치 스콘 크루아상 크로와상 크로플 치아바타 포카치아 깜빠뉴 브리오슈 모닝빵 카스테라 샌드 단팥빵 앙버터 파니니 프레첼 번',
  ],
  [
    'dessert',
    '케이크 케익 티라미수 마카롱 타르트 와플 팬케이크 도넛 도너츠 쿠키 두쫀쿠 브라우니 푸딩 초콜릿 디저트 호떡 약과 떡 인절미 찹쌀떡 꽈배기 파이 파르페 휘낭시에 마들렌 까눌레 카눌레 크레페 에그타르트 몽블랑 에클레어 슈 크림슈 롤케이크 요거트 그릭요거트 요거트볼 아사이볼 탕후루 붕어빵 계란빵 강정세트 과일 화과자 양갱 수플레 판나코타 붕어싸만코',
  ],
  ['iced', '빙수 팥빙수 아이스크림 젤라또 젤라토 소르베 셔벗 소프트콘 선데'],
  [
    'coffee',
    '커피 아메리카노 라떼 라테 카푸치노 에스프레소 콜드브루 카페모카 마키아또 마끼아또 아인슈페너 플랫화이트 드립커피 핸드드립 비엔나커피 더치커피 에쏘 아아 핸드드립커피 바닐라빈라떼',
  ],
  [
    'tea',
    '녹차 홍차 밀크티 유자차 대추차 생강차 쌍화차 보리차 매실차 레몬차 자몽차 허브티 블랙티 아이스티 그린티 말차 전통차 우롱차 보이차 캐모마일 얼그레이 모과차 오미자차 티',
  ],
  [
    'drink',
    '에이드 스무디 주스 쥬스 쉐이크 셰이크 프라페 프라푸치노 식혜 수정과 미숫가루 콤부차 콜라 사이다 탄산수 음료 레모네이드 버블티 우유 핫초코 코코아 밀크쉐이크 뱅쇼',
  ],
  [
    'alcohol',
    '맥주 생맥주 수제맥주 와인 칵테일 막걸리 동동주 소주 사케 하이볼 위스키 모히또 샹그리아 청주 증류주 안주 모둠안주 먹태',
  ],
  [
    'western',
    '파스타 스파게티 피자 버거 햄버거 타코 부리또 브리또 브런치 오믈렛 라자냐 뇨끼 핫도그 감바스 샥슈카 프리타타 퀘사디아 케밥 필리치즈스테이크 알리오올리오 봉골레 까르보나라 카르보나라 라구 빠에야 파에야 그라탕 퐁듀 굴라쉬 보르시 보르쉬 로스트치킨 슈니첼 피시앤칩스 피쉬앤칩스 에그베네딕트 라비올리 리가토니 플래터',
  ],
  [
    'street',
    '떡볶이 순대 어묵 오뎅 만두 분식 딤섬 샤오롱바오 라볶이 컵볶이 소떡소떡 핫바 물만두 찐만두 왕만두 교자 하가우 타코야끼 오코노미야끼 붕어빵 호빵 계란말이 튀순이',
  ],
];

/** Names that fit several families, and what only follows a dish's name. */
const NEUTRAL = '무침 볼 세트 코스 콤보 모둠 모듬 뷔페 무한리필집 메뉴 플레이트 한판 반반 파티팩';

const LATIN: [family: Family, words: string][] = [
  ['coffee', 'latte coffee americano espresso cappuccino mocha'],
  ['tea', 'tea chai matcha'],
  ['drink', 'ade smoothie juice shake'],
  ['alcohol', 'beer wine highball cocktail'],
  [
    'western',
    'pasta pizza burger taco tacos brunch burrito hotdog spaghetti lasagna gnocchi omelette älplermagronen borscht goulash fondue chips',
  ],
  ['bread', 'toast sandwich bagel croissant scone bread'],
  ['dessert', 'cake cookie cookies tart waffle donut pudding macaron tiramisu brownie pancake pancakes pie'],
  ['iced', 'gelato sorbet'],
  ['salad', 'salad guacamole poke'],
  ['grill', 'steak bbq barbecue ribs'],
  ['fried', 'chicken katsu fries'],
  ['noodle', 'ramen udon soba pho noodles'],
  ['soup', 'soup stew'],
  ['rice', 'curry risotto bibimbap'],
  ['rawFish', 'sushi sashimi'],
];

/** Words that only end like a dish: 주차 is no tea, 파티 neither. */
const NOT_A_DISH =
  /(완전|오전|안전|충전|직전|사전|도전|회전|이전|예전|대회|기회|사회|국회|후회|한국|미국|중국|영국|전국|천국|결국|약국|외국|사탕|설탕|바탕|욕탕|온탕|허탕|재탕|냉탕|반죽|주차|기차|자동차|절차|파티|시티|퀄리티|뷰티|커뮤니티|눈빵|빵빵|혼밥|밤밥|새우|한우|고기|우유|과일|반반|육수|어쩌면|음료|굴|롤|번|윙|립|슈|차돌|리조트|사이드|메뉴)$/;
const WHOLE_ONLY = new Set(
  '새우 한우 고기 우유 과일 육수 음료 굴 롤 번 윙 립 슈 회 죽 전 떡 빵 티 밥 쌈 찜 차돌 연어 낙지 오징어 문어 전복 방어 황태 립 볼 탕'.split(
    ' ',
  ),
);

const byLength = <T extends { name: string }>(names: T[]): T[] => names.sort((a, b) => b.name.length - a.name.length);
const KOREAN_NAMES = byLength([
  ...ENDINGS.flatMap(([family, words]) => words.split(' ').map((name) => ({ name, family }))),
  ...DISHES.map(({ kor, family }) => ({ name: kor, family })),
  ...NEUTRAL.split(' ').map((name) => ({ name, family: 'any' as Family })),
]);
const LATIN_NAMES = new Map(LATIN.flatMap(([family, words]) => words.split(' ').map((name) => [name, family])));

export interface KnownName {
  /** The part of the word that is known: 덮밥 of 마파두부덮밥. */
  name: string;
  family: Family;
}

/** The dish that a single word ends in, brackets and sizes apart. */
export function knownName(word: string): KnownName | undefined {
  const bare = bareName(word);
  if (/^[\p{Script=Latin}’'-]+$/u.test(bare)) {
    const family = LATIN_NAMES.get(bare.toLowerCase());
    return family && { name: bare, family };
  }
  const known = KOREAN_NAMES.find(({ name }) => bare.endsWith(name));
  if (!known) return undefined;
  const isWhole = bare === known.name;
  if (WHOLE_ONLY.has(known.name) && !isWhole && !/빵$|떡$|찜$|밥$|쌈$|회$|죽$|티$|탕$/.test(bare)) return undefined;
  if (!isWhole && NOT_A_DISH.test(bare) && !DISHES.some(({ kor }) => kor === bare)) return undefined;
  if (known.name.length === 1 && isWhole && !['빵', '떡', '죽', '회', '전', '볼', '굴'].includes(bare))
    return undefined;
  return known;
}

/** 과일, 음료, 새우: more often what is in a dish, or beside it, than the dish. */
export const isWeak = (word: string): boolean => WHOLE_ONLY.has(bareName(word));

/** 국밥(大) is 국밥. */
export const bareName = (word: string): string =>
  word
    .replace(/\([^)]*\)?$/, '')
    .replace(/[^\p{L}\p{N}]+$/u, '')
    .replace(/^[^\p{L}\p{N}]+/u, '');

/** What a dish of this name is like to eat; sizes and sets after it do not matter. */
export function familyOf(dish: string): Family {
  const families = new Set(dish.split(/[&+]|(?:와|과|랑|하고)\s/).map(familyOfOne));
  return families.size === 1 ? ([...families][0] as Family) : 'any';
}

function familyOfOne(dish: string): Family {
  for (const word of dish.split(/\s+/).reverse()) {
    const known = knownName(word);
    if (known && known.family !== 'any') return known.family;
  }
  return 'any';
}

import { type Season, seasonOf } from '../../../seasons.js';
/** What a dish is like to eat; decides which sensory words suit it. */
export type Family =
  | 'stew'
  | 'noodle'
  | 'rice'
  | 'grill'
  | 'fried'
  | 'seafood'
  | 'salad'
  | 'bread'
  | 'dessert'
  | 'drink'
  | 'western'
  | 'street'
  | 'any';

export interface Dish {
  kor: string;
  eng: string;
  family: Family;
  /** Korean cuisine: decides about hashtags such as #한국음식. */
  isKorean: boolean;
}

const dishes = (family: Family, isKorean: boolean, names: Record<string, string>): Dish[] =>
  Object.entries(names).map(([kor, eng]) => ({ kor, eng, family, isKorean }));

/** Dishes this engine knows by name. A longer name wins over a shorter one within it. */
export const DISHES: Dish[] = [
  ...dishes('stew', true, {
    부대찌개: 'budae-jjigae army stew',
    김치찌개: 'kimchi stew',
    된장찌개: 'soybean paste stew',
    순두부찌개: 'soft tofu stew',
    청국장: 'cheonggukjang stew',
    찌개: 'Korean stew',
    국밥: 'gukbap rice soup',
    돼지국밥: 'pork rice soup',
    순대국: 'sundae soup',
    설렁탕: 'seolleongtang ox bone soup',
    곰탕: 'beef bone soup',
    갈비탕: 'short rib soup',
    삼계탕: 'ginseng chicken soup',
    감자탕: 'pork backbone stew',
    육개장: 'yukgaejang beef soup',
    해장국: 'hangover soup',
    미역국: 'seaweed soup',
    떡국: 'rice cake soup',
    만둣국: 'dumpling soup',
    닭볶음탕: 'spicy braised chicken',
    닭갈비: 'dakgalbi chicken',
    전골: 'hot pot',
    샤브샤브: 'shabu-shabu',
    찜닭: 'soy-braised chicken',
    갈비찜: 'braised short ribs',
  }),
  ...dishes('stew', false, { 마라탕: 'malatang', 수프: 'soup', 스튜: 'stew', 카레: 'curry', 커리: 'curry' }),
  ...dishes('noodle', true, {
    냉면: 'naengmyeon cold noodles',
    칼국수: 'knife-cut noodle soup',
    잔치국수: 'banquet noodles',
    비빔국수: 'spicy mixed noodles',
    막국수: 'buckwheat noodles',
    콩국수: 'soy milk noodles',
    짬뽕: 'jjamppong seafood noodles',
    짜장면: 'black bean noodles',
    라면: 'ramyeon',
    수제비: 'hand-torn noodle soup',
    국수: 'noodles',
    잡채: 'japchae glass noodles',
  }),
  ...dishes('noodle', false, { 쌀국수: 'pho', 라멘: 'ramen', 우동: 'udon', 소바: 'soba', 팟타이: 'pad thai' }),
  ...dishes('rice', true, {
    비빔밥: 'bibimbap',
    돌솥비빔밥: 'stone-pot bibimbap',
    김밥: 'gimbap',
    볶음밥: 'fried rice',
    덮밥: 'rice bowl',
    제육덮밥: 'spicy pork rice bowl',
    한정식: 'Korean table d’hote',
    백반: 'home-style set meal',
    쌈밥: 'ssambap wraps',
    죽: 'rice porridge',
    도시락: 'lunch box',
    집밥: 'home-cooked meal',
    정식: 'set meal',
  }),
  ...dishes('rice', false, {
    초밥: 'sushi',
    스시: 'sushi',
    오므라이스: 'omurice',
    리조또: 'risotto',
    포케: 'poke bowl',
    규동: 'gyudon',
  }),
  ...dishes('grill', true, {
    삼겹살: 'grilled pork belly',
    갈비: 'galbi short ribs',
    불고기: 'bulgogi',
    제육볶음: 'spicy stir-fried pork',
    곱창: 'grilled gopchang',
    막창: 'grilled makchang',
    족발: 'jokbal',
    보쌈: 'bossam',
    한우: 'Hanwoo beef',
    육회: 'yukhoe beef tartare',
    목살: 'grilled pork neck',
    고기: 'barbecue',
  }),
  ...dishes('grill', false, {
    스테이크: 'steak',
    바비큐: 'barbecue',
    양갈비: 'lamb chops',
    양꼬치: 'lamb skewers',
    함박스테이크: 'hamburg steak',
  }),
  ...dishes('fried', true, {
    치킨: 'fried chicken',
    양념치킨: 'sweet and spicy fried chicken',
    닭강정: 'dakgangjeong',
    전: 'Korean pancake',
    파전: 'scallion pancake',
    해물파전: 'seafood pancake',
    튀김: 'twigim',
  }),
  ...dishes('fried', false, {
    돈까스: 'pork cutlet',
    돈가스: 'pork cutlet',
    탕수육: 'sweet and sour pork',
    텐동: 'tempura bowl',
    군만두: 'fried dumplings',
    감자튀김: 'french fries',
  }),
  ...dishes('seafood', true, {
    회: 'sliced raw fish',
    물회: 'mulhoe',
    조개구이: 'grilled shellfish',
    생선구이: 'grilled fish',
    아구찜: 'braised monkfish',
    낙지볶음: 'spicy octopus',
    간장게장: 'soy-marinated crab',
    장어구이: 'grilled eel',
    새우장: 'soy-marinated shrimp',
    해물찜: 'braised seafood',
  }),
  ...dishes('seafood', false, { 연어: 'salmon', 새우: 'shrimp', 랍스터: 'lobster', 굴: 'oysters' }),
  ...dishes('salad', false, { 샐러드: 'salad', 샐러드볼: 'salad bowl', 과카몰리: 'guacamole' }),
  ...dishes('bread', false, {
    빵: 'bread',
    식빵: 'loaf bread',
    크루아상: 'croissant',
    크로플: 'croffle',
    소금빵: 'salt bread',
    바게트: 'baguette',
    베이글: 'bagel',
    토스트: 'toast',
    프렌치토스트: 'french toast',
    샌드위치: 'sandwich',
    스콘: 'scone',
  }),
  ...dishes('dessert', false, {
    케이크: 'cake',
    치즈케이크: 'cheesecake',
    티라미수: 'tiramisu',
    마카롱: 'macarons',
    타르트: 'tart',
    와플: 'waffle',
    팬케이크: 'pancakes',
    도넛: 'donut',
    쿠키: 'cookies',
    브라우니: 'brownie',
    푸딩: 'pudding',
    아이스크림: 'ice cream',
    젤라또: 'gelato',
    초콜릿: 'chocolate',
    과일: 'fruit',
    디저트: 'dessert',
  }),
  ...dishes('dessert', true, {
    빙수: 'bingsu shaved ice',
    팥빙수: 'red bean bingsu',
    호떡: 'hotteok',
    약과: 'yakgwa',
    떡: 'rice cake',
    붕어빵: 'bungeoppang',
  }),
  ...dishes('drink', false, {
    커피: 'coffee',
    아메리카노: 'americano',
    라떼: 'latte',
    카페라떼: 'caffe latte',
    카푸치노: 'cappuccino',
    에스프레소: 'espresso',
    콜드브루: 'cold brew',
    에이드: 'ade',
    스무디: 'smoothie',
    주스: 'juice',
    밀크티: 'milk tea',
    녹차: 'green tea',
    홍차: 'black tea',
    맥주: 'beer',
    와인: 'wine',
    칵테일: 'cocktail',
  }),
  ...dishes('drink', true, { 막걸리: 'makgeolli', 식혜: 'sikhye', 전통차: 'traditional tea' }),
  ...dishes('western', false, {
    파스타: 'pasta',
    크림파스타: 'cream pasta',
    알리오올리오: 'aglio e olio',
    스파게티: 'spaghetti',
    피자: 'pizza',
    버거: 'burger',
    햄버거: 'hamburger',
    수제버거: 'handmade burger',
    타코: 'tacos',
    부리또: 'burrito',
    브런치: 'brunch',
    오믈렛: 'omelette',
    라자냐: 'lasagna',
    뇨끼: 'gnocchi',
    핫도그: 'hot dog',
  }),
  ...dishes('street', true, {
    떡볶이: 'tteokbokki',
    순대: 'sundae',
    어묵: 'eomuk fish cake',
    만두: 'mandu dumplings',
    분식: 'Korean street food',
    닭꼬치: 'chicken skewers',
  }),
  ...dishes('street', false, { 딤섬: 'dim sum', 마라샹궈: 'mala xiang guo' }),
];

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

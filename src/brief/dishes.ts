/** What a dish is like to eat; decides which words suit it. */
export type Family =
  | 'soup'
  | 'braise'
  | 'noodle'
  | 'coldNoodle'
  | 'rice'
  | 'grill'
  | 'meat'
  | 'fried'
  | 'pancake'
  | 'seafood'
  | 'rawFish'
  | 'salad'
  | 'bread'
  | 'dessert'
  | 'iced'
  | 'coffee'
  | 'tea'
  | 'drink'
  | 'alcohol'
  | 'western'
  | 'street'
  | 'any';

export interface Dish {
  kor: string;
  eng: string;
  family: Family;
  /** Korean cuisine. */
  isKorean: boolean;
}

const dishes = (family: Family, isKorean: boolean, names: Record<string, string>): Dish[] =>
  Object.entries(names).map(([kor, eng]) => ({ kor, eng, family, isKorean }));

/** Dishes known by name in both languages. A longer name wins over a shorter one within it. */
export const DISHES: Dish[] = [
  ...dishes('soup', true, {
    부대찌개: 'budae-jjigae army stew',
    김치찌개: 'kimchi stew',
    된장찌개: 'soybean paste stew',
    순두부찌개: 'soft tofu stew',
    순두부: 'soft tofu stew',
    청국장: 'cheonggukjang stew',
    찌개: 'Korean stew',
    국밥: 'gukbap rice soup',
    돼지국밥: 'pork rice soup',
    순대국: 'sundae soup',
    순대국밥: 'sundae rice soup',
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
    전골: 'hot pot',
    샤브샤브: 'shabu-shabu',
  }),
  ...dishes('soup', false, { 마라탕: 'malatang', 수프: 'soup', 스튜: 'stew' }),
  ...dishes('noodle', true, {
    칼국수: 'knife-cut noodle soup',
    잔치국수: 'banquet noodles',
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
    마파두부덮밥: 'mapo tofu rice bowl',
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
    오므라이스: 'omurice',
    리조또: 'risotto',
    규동: 'gyudon',
  }),
  ...dishes('grill', true, {
    삼겹살: 'grilled pork belly',
    갈비: 'galbi short ribs',
    불고기: 'bulgogi',
    곱창: 'grilled gopchang',
    막창: 'grilled makchang',
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
    조개구이: 'grilled shellfish',
    생선구이: 'grilled fish',
    간장게장: 'soy-marinated crab',
    장어구이: 'grilled eel',
    새우장: 'soy-marinated shrimp',
  }),
  ...dishes('seafood', false, { 연어: 'salmon', 새우: 'shrimp', 랍스터: 'lobster', 굴: 'oysters' }),
  ...dishes('salad', false, { 샐러드: 'salad', 샐러드볼: 'salad bowl', 과카몰리: 'guacamole', 포케: 'poke bowl' }),
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
    초콜릿: 'chocolate',
    과일: 'fruit',
    디저트: 'dessert',
  }),
  ...dishes('dessert', true, {
    호떡: 'hotteok',
    약과: 'yakgwa',
    떡: 'rice cake',
    붕어빵: 'bungeoppang',
  }),
  ...dishes('drink', false, {
    에이드: 'ade',
    스무디: 'smoothie',
    주스: 'juice',
  }),
  ...dishes('drink', true, { 식혜: 'sikhye' }),
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
  ...dishes('street', false, { 딤섬: 'dim sum' }),
  ...dishes('braise', true, {
    닭볶음탕: 'spicy braised chicken',
    닭갈비: 'dakgalbi chicken',
    찜닭: 'soy-braised chicken',
    갈비찜: 'braised short ribs',
    제육볶음: 'spicy stir-fried pork',
    낙지볶음: 'spicy octopus',
    아구찜: 'braised monkfish',
    해물찜: 'braised seafood',
  }),
  ...dishes('braise', false, {
    마라샹궈: 'mala xiang guo',
  }),
  ...dishes('rice', false, {
    카레: 'curry',
    커리: 'curry',
  }),
  ...dishes('coldNoodle', true, {
    냉면: 'naengmyeon cold noodles',
    막국수: 'buckwheat noodles',
    냉국수: 'cold noodles',
    콩국수: 'soy milk noodles',
    비빔국수: 'spicy mixed noodles',
  }),
  ...dishes('pancake', true, {
    전: 'Korean pancake',
    파전: 'scallion pancake',
    해물파전: 'seafood pancake',
  }),
  ...dishes('meat', true, {
    족발: 'jokbal',
    보쌈: 'bossam',
    한우: 'Hanwoo beef',
    육회: 'yukhoe beef tartare',
  }),
  ...dishes('rawFish', true, {
    회: 'sliced raw fish',
    물회: 'mulhoe',
  }),
  ...dishes('rawFish', false, {
    초밥: 'sushi',
    스시: 'sushi',
  }),
  ...dishes('iced', true, {
    빙수: 'bingsu shaved ice',
    팥빙수: 'red bean bingsu',
  }),
  ...dishes('iced', false, {
    아이스크림: 'ice cream',
    젤라또: 'gelato',
  }),
  ...dishes('coffee', false, {
    커피: 'coffee',
    아메리카노: 'americano',
    라떼: 'latte',
    카페라떼: 'caffe latte',
    카푸치노: 'cappuccino',
    에스프레소: 'espresso',
    콜드브루: 'cold brew',
  }),
  ...dishes('tea', false, {
    밀크티: 'milk tea',
    녹차: 'green tea',
    홍차: 'black tea',
  }),
  ...dishes('tea', true, {
    전통차: 'traditional tea',
  }),
  ...dishes('alcohol', false, {
    맥주: 'beer',
    와인: 'wine',
    칵테일: 'cocktail',
  }),
  ...dishes('alcohol', true, {
    막걸리: 'makgeolli',
  }),
];

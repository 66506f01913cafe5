/** Nouns that end like a particle or a verb; without them 망고 스무디 would be a dish 스무디 with 망고 before it. */
const NOUNS = new Set(
  (
    '망고 포도 아보카도 유자 감자 오이 송이 냉이 표고 새송이 양송이 꽃게 대게 참게 와인 파인 단호박 고구마 명이 파프리카 사과 로제 고추 인도 일본 베트남 태국 중국 ' +
    '미국 멕시코 이태리 이탈리아 하와이 타이 마라 들깨 참깨 흑임자 콩가루 오리 고기 소고기 돼지고기 닭고기 양고기 불고기 쪽파 대파 실파 파 무 배 귤 감 밤 콩 팥 쑥 ' +
    '가지 가자미 문어 한우 우유 두유 생크림 크림 버터 꿀 카라멜 바닐라 초코 녹차 말차 홍차 커피 아이스 핫 더블 트리플 트러플 허니 갈릭 간장 양념 매운 직화 숯불 수제 ' +
    '왕 통 반반 순살 뼈 옛날 시골 전통 생 모둠 모듬 스페셜 오리지널 클래식 시그니처 프리미엄 미니 점보 라지 레귤러 국산 국내산 제주 제주산 부산 전주 춘천 안동 나주 ' +
    '평양 함흥 의정부 통영 남도 포천 이천 담양 강릉 속초 여수 목포 영광 횡성 도쿄 나폴리 시칠리아 바질 토마토 레몬 자몽 딸기 블루베리 복숭아 애플 애플망고 무화과 ' +
    '샤인머스캣 청포도 수박 참외 멜론 밤 고르곤졸라 모짜렐라 리코타 치즈 할라피뇨 페퍼로니 하와이안 콤비네이션 베이컨 새우 쉬림프 연어 참치 명란 낙지 주꾸미 쭈꾸미 ' +
    '바지락 해물 해산물 버섯 두부 순두부 김치 묵은지 된장 청국장 고등어 갈치 삼치 코다리 차돌 우삼겹 소 돼지 닭 양 안심 등심 갈비 제육 떡 라면 계란 달걀 콘 옥수수 ' +
    '현미 보리 메밀 도토리 흑돼지 한돈 대패 특제 특선 명품 궁중 할매 할머니 엄마 원조 눈꽃 얼음 냉 열무 로스트 그릴드 스모크 훈제 매콤달콤 단짠 불맛 크리스피 점심 저녁 런치 디너 ' +
    '시카고 뉴욕 캘리포니아 곤드레 그린 오렌지 시카고 뉴욕 캘리포니아 곤드레 그린 오렌지 사랑 원조 냉동 참숯 흑 특 황금 누룽지 흑당 타로 무항생제 저칼로리 닭가슴살 커플 패밀리 가족 어린이 키즈 혼밥 1인 2인 3인 4인 크리스마스 추석 설날 생일 웨딩 파티 레터링'
  ).split(' '),
);

/** Words that speak of a dish without being of its name. */
const SPEAKS_OF =
  /^(오늘|오늘의|내일|이번|우리|우리집|저희|이|그|저|이런|그런|단|단돈|역시|바로|진짜|정말|딱|드디어|지금|이제|꼭|또|더|신메뉴|신상|신제품|대표|대표메뉴|인기|인기메뉴|추천|추천메뉴|베스트|BEST|NEW|HOT|주말엔|점심엔|저녁엔|요즘|모두|전|매일|매주|새로운|나온|안|잘|다시|제일|가장|최고의|자꾸|늘|항상|특히|아주|매우|너무|한입|한끼|NEW!|출시|개시|사장님|셰프|강력|강추|가성비|갑|최애|국내|최초|전국|세계|1위|한잔|초복\S*|중복\S*|말복|복날|모든|오전|오후|\d{1,2}시|이후|이전|출근길|퇴근길|하굣길|시즌|계절|겨울|여름|봄|가을|메뉴|음식|맛집)$/i;

/** Particles and endings that tie a word to the next one instead of naming something. */
const TIES =
  /(의|은|는|을|를|이|가|에|에서|에는|에도|엔|땐|때|때는|날|으로|로|와|과|랑|이랑|도|만|한|된|던|운|른|린|인|든|긴|진|킨|뜬|쓴|찬|큰|탄|간|친|난|준|낸|온|찐|볶은|구운|게|고|서|며|히|째|다|죠|자|까지|부터|니까|처럼|보다|대로|할|줄|맛의|당|듯|듬뿍|가득|가득한|없이|있는|함께|그대로|니다|요)$/u;

/** May this word be part of a dish's name, standing before the rest of it? */
export function namesSomething(word: string): boolean {
  const bare = word.replace(/[^\p{L}\p{N}%]+$/u, '').replace(/^[“"'‘]+/u, '');
  if (bare === '') return /^[+&]$/.test(word);
  if (SPEAKS_OF.test(bare)) return false;
  if (NOUNS.has(bare)) return true;
  if (/^[\p{Script=Latin}\d%’'.-]+$/u.test(bare)) return true;
  if (/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u.test(bare)) return true;
  return !TIES.test(bare);
}

/** 김치찌개와 계란말이, 치킨에 맥주: two dishes that belong together. */
export const JOINS_DISHES = /(와|과|랑|이랑|하고|에)$/;

/** What follows a dish's name and still names it: sizes, portions, weights. */
export const SIZE =
  /^(\(?(소|중|대|특|大|中|小|特|특대|보통|곱빼기|ICE|HOT|ICED|아이스|핫|R|L|S|M|XL|레귤러|라지|스몰|미니|점보)\)?|\(?\d+(?:[.~-]\d+)?\s?(g|kg|ml|l|cc|oz|cm|호|인분|인용|인|구|조각|종|가지|입|잔|병|마리|판|개|줄|장|팩|봉|p|pcs|피스|꼬치|시간|분)\)?|(한|반|두) ?마리|마리|세트|set|정식|한상|코스|콤보|반반|한 ?그릇|그릇|한|한잔|잔|한판|판|접시|한접시)$/i;

/** Ends of Korean (and a few English) sentences; what ends otherwise is a phrase. */
export const SENTENCE_END =
  /(요|다|까|죠|지요|니다|세요|어때|네|네요|구나|자|래|걸|지|군|봐|줘|해|냐|라|쇼|시오)[.!?~…♡♥]*$/u;

/** The owner asks for something to be done. */
export const CALLS =
  /(오세요|가세요|드세요|보세요|주세요|하세요|마세요|두세요|지세요|나세요|내세요|만나요|만나자|놀러와요|놀러와|들러요|즐겨요|즐기세요|놓치지|맛보세요|오십시오|하십시오|주십시오|바랍니다|부탁드립니다|부탁드려요|기다릴게요|기다려요|기다립니다|기다리겠습니다|모십니다|초대합니다|함께해요|먹어요|먹자|마셔요|떠나요|뵙겠습니다|만나 봐요|order now|visit us|come and|try it|try our|call us)[.!~♡♥]*$/iu;

import type { Sentence } from './sentence.js';

const NO_BRANCH =
  /(전문점|음식점|주점|할인점|장점|단점|시점|별점|평점|정점|제과점|편의점|판매점|매점|백화점|가맹점|맛집점|관점|초점|요점|한 점|지점)$/;
const NO_QUARTER =
  /(우동|규동|텐동|가츠동|사케동|부타동|오야꼬동|카이센동|차슈동|규카츠동|운동|행동|감동|냉동|이동|활동|공동|자동|진동|충동|변동|노동|아동|율동|합동|출동|작동|연동|구동|해동|급랭동|동동)$/;
const CITY =
  '김포|하남|광명|의정부|파주|구리|남양주|평택|화성|동탄|안산|시흥|군포|원주|익산|군산|김해|양산|거제|통영|진주|구미|안동|서산|아산|제천|충주|서울|부산|대구|인천|광주|대전|울산|세종|수원|성남|용인|고양|일산|분당|판교|안양|부천|전주|제주|춘천|강릉|속초|청주|천안|포항|경주|창원|여수|순천|목포';
const PLACE = new RegExp(
  [
    // 서울 마포구 연남로 12
    String.raw`(?:(?:${CITY})(?:특별시|광역시|특별자치시|시)?\s)?\p{Script=Hangul}{1,5}(?:구|군)\s\p{Script=Hangul}{1,8}(?:동|로|길|가|읍|면)(?:\s?\d+(?:-\d+)?(?:번길|길)?(?:\s?\d+(?:-\d+)?)?)?(?:\s\d층)?`,
    String.raw`\p{Script=Hangul}{2,8}(?:로|길)\s?\d+(?:-\d+)?(?:번길|길)?(?:\s?\d+(?:-\d+)?)?(?:\s\d층)?(?![원%])`,
    // 홍대입구역 3번 출구 앞
    String.raw`(?:(?:${CITY})\s)?[\p{Script=Hangul}]{2,8}(?:역(?:\s?\d+번\s?출구)?|\s?\d+번\s?출구)(?:\s?(?:(?:도보|걸어서)\s?\d+분(?:\s?거리)?|\d+분\s?거리|(?:지하\s?)?\d층)|\s?(?:근처|앞|옆|부근|인근|바로 앞|안|뒤))?(?=$|[\s,!.\ue000])`,
    // 성수동, 연남동 골목, 부산 서면점
    String.raw`(?:(?:${CITY})\s)?[\p{Script=Hangul}\d]{2,7}동(?:\s?(?:골목|카페거리|먹자골목|주민센터|우체국)(?:\s?(?:안|앞|근처|옆))?)?(?:\s\S*(?:아파트|상가|빌딩|타워|프라자|건물|층|호)(?=$|[\s,]))*(?=$|[\s,!.\ue000])`,
    String.raw`(?:(?:${CITY})\s)?[\p{Script=Hangul}A-Z]{2,8}점(?=$|[\s,!.)\ue000])`,
    // 구 시청 뒤
    String.raw`(?:구\s)?[\p{Script=Hangul}]{0,8}(?:시청|구청|군청|학교|병원|공원|은행|우체국|마트|백화점|교회|성당|도서관|경찰서)\s?(?:정문|후문)?\s?(?:뒤|앞|옆|맞은편|건너편|근처)(?:\s?골목)?(?=$|[\s,!.\ue000])`,
    String.raw`(?:(?:${CITY})\s)?[\p{Script=Hangul}]{2,6}(?:시장|먹자골목|카페거리|터미널|사거리|해수욕장)(?:\s?(?:안|앞|입구|근처|옆))?(?=$|[\s,!.\ue000])`,
  ].join('|'),
  'gu',
);

/** Where the shop is, as it is written: address, branch, quarter, station. */
export function findPlaces(sentence: Sentence): void {
  for (const match of sentence.rest.matchAll(PLACE)) {
    if (NO_BRANCH.test(match[0]) || NO_QUARTER.test(match[0])) continue;
    if (/^(에서|에|의|은|는)\s\S/.test(sentence.rest.slice(match.index + match[0].length))) continue;
    sentence.take('place', match.index, match.index + match[0].length);
  }
}

const SHOP =
  /(?<=^|[\s\ue000])(?:카페|레스토랑|비스트로|이자카야|베이커리)\s[\p{L}\p{N}]{1,10}(?=\s*(?:$|[\ue000\n|,]))|(?<=^|[\s"'“‘[(【「])(?:카페\s)?[\p{Script=Hangul}\p{Script=Han}A-Za-z0-9]{1,10}(?:식당|분식|반점|면옥|베이커리|상회|정육식당|포차|국밥집|칼국수집|횟집|고깃집|빵집|다방|제과|제과점|로스터스|로스터리|키친|가든|회관|한식당|정육점|주막|찻집|커피집)(?=$|[\s"'”’\])】」,.!])/gu;
const NO_SHOP =
  /^(우리|저희|이|그|동네|숨은|유명|작은|한|백년|노포|단골)?(한?식당|분식|반점|베이커리|국밥집|횟집|고깃집|빵집|다방|제과점|가든|찻집|커피집)$/;

/** A shop that says its own name. */
export function findShop(sentence: Sentence): void {
  for (const match of sentence.rest.matchAll(SHOP)) {
    if (NO_SHOP.test(match[0])) continue;
    sentence.take('shop', match.index, match.index + match[0].length);
    return;
  }
}

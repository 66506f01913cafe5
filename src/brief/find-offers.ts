import { isWeak, knownName } from './dish-names.js';
import { type Clause, type Sentence, type Word, wordsOf } from './sentence.js';
import { namesSomething, SIZE } from './word-kinds.js';

const KEYCAP = '\uFE0F?\u20E3?';
const TOLD = String.raw`(?:\s?(?:행사|이벤트|쿠폰|중|가능|해\s?드려요|해\s?드립니다|드려요|드립니다|해요|합니다|됩니다))*`;
/** Offers that say everything by themselves, with the words that belong to them on either side. */
const BY_ITSELF = new RegExp(
  [
    String.raw`\bbuy\s+\w+,?\s+get\s+\w+(?:\s+free)?\b|\bBOGO\b`,
    String.raw`(?<![\d,])\d${KEYCAP}\s?\+\s?\d${KEYCAP}(?!\d)(?:\s?(?:행사|이벤트|증정|할인))?`,
    String.raw`(?:원|투|쓰리)\s?플러스\s?원(?:\s?(?:행사|이벤트))?`,
    String.raw`(?:최대\s?)?\d{1,2}\s?%(?:\s?(?:즉시|추가|특별))?\s?(?:할인|OFF|DC|세일|쿠폰|적립|페이백|인하|sale)${TOLD}`,
    String.raw`(?:최대\s?)?\d[\d,]*\s?(?:천|만)?\s?원\s?(?:즉시\s?)?(?:할인|쿠폰|적립|OFF|캐시백)${TOLD}`,
    String.raw`할인\s?\d{1,2}\s?%`,
    String.raw`(?:배달비|배송비|택배비)\s?(?:0\s?원|무료|공짜)`,
    String.raw`반값(?:\s?(?:할인|행사|이벤트))?`,
    String.raw`(?:\bSALE\b|세일|타임\s?세일|특별\s?할인|할인\s?(?:행사|이벤트|중))`,
  ].join('|'),
  'giu',
);
/** Offers of something: the words before them say of what. */
const OF_SOMETHING =
  /^(무한리필|무제한|무제한리필|리필|무료|무료제공|무료증정|증정|증정해요|서비스|서비스로|공짜|덤|제공|쏩니다|쏜다|더|더!|하나더|무료입니다|공짜!|증정!|증정합니다|할인|할인해요|할인합니다|행사|이벤트|추첨|업그레이드|균일가|특가|쿠폰)$/;
/** For whom or when an offer holds; they come before it. */
const CONDITION =
  /^(전|전메뉴|모든|메뉴|전품목|품목|세트|첫|주문|방문|포장|배달|테이크아웃|리뷰|인증|작성|작성하면|회원|신규|학생|수험생|군인|커플|어린이|직장인|단골|오픈|출시|신메뉴|리뉴얼|개업|주년|\d+주년|기념|이벤트|생일|시|시,|하면|고객|손님|1인|2인|\d+인|이상|구매|구매시|주문시|방문시|포장시|팔로우|팔로우하고|저장하고|댓글|네이버|예약|현금|카드|선착순|단체|런치|점심|저녁|디너|타임|이번|주|이번주|금주|이달의|오늘|오늘의|평일|주말|하면|특별|지금|[\d,]+원|\d+만원|[\d,]+명)$/;

/** What is set beside a dish and filled again. */
const SIDES =
  /^(빵|밥|공깃밥|공기밥|국|국물|김치|반찬|밑반찬|샐러드|음료|커피|탄산|차|면사리|사리|쌈채소|쌈|셀프바|나물|육수)$/;

export function findOffers(sentence: Sentence): void {
  for (const match of sentence.rest.matchAll(BY_ITSELF)) {
    const start = match.index - (dishBefore(sentence, match.index) ?? conditionBefore(sentence.rest, match.index));
    const end = match.index + match[0].length;
    const last = end + conditionAfter(sentence.rest.slice(end));
    mentionOrdered(sentence, start, match.index);
    sentence.take('offer', start, last);
  }
  // 1+1 치킨 행사: the dish stands between.
  const trailing = /(?<=\ue000\s?\S+\s)(행사|이벤트)(?=\s*(?:$|[!\n,]))/u.exec(sentence.rest);
  if (trailing && sentence.has('offer')) sentence.take('offer', trailing.index, trailing.index + trailing[0].length);
  for (const clause of sentence.clauses()) takeOfferOf(sentence, clause);
}

/** 도시락 20개 이상 주문하면: what has to be ordered is what is sold, if nothing else is. */
function mentionOrdered(sentence: Sentence, start: number, end: number): void {
  const words = wordsOf({ text: sentence.rest.slice(start, end), start });
  const ordered = words.find(({ text }) => knownName(text) && !isWeak(text));
  if (!ordered || !CONDITIONAL_WORD.test(sentence.rest.slice(start, end))) return;
  const elsewhere = sentence
    .clauses()
    .some(
      (clause) => (clause.end <= start || clause.start >= end) && wordsOf(clause).some(({ text }) => knownName(text)),
    );
  if (!elsewhere) sentence.mention('dish', ordered.start, ordered.end);
}

/** Fish & Chips 15,000원 / Draft beer 1+1: the offer is of what it stands beside, if something else is sold. */
function dishBefore(sentence: Sentence, at: number): number | undefined {
  const clause = sentence.clauses().find(({ start, end }) => start < at && at <= end);
  if (!clause || !hasDishElsewhere(sentence, clause)) return undefined;
  const before = wordsOf({ text: sentence.rest.slice(clause.start, at), start: clause.start });
  return before.length <= 3 && knownName(before.at(-1)?.text ?? '') ? at - clause.start : undefined;
}

const CONDITIONAL_WORD = /면\s|\s시\s|주문|구매|작성|방문|팔로우/;

/** 수험표 가져오면 음료: what must be done, and perhaps for what. */
const CONDITIONAL = /(?:면|\s시|주문시|구매시|방문시|포장시|때|고객|신 분)\s(?:\S{1,8}\s)?$/u;

/** 리뷰 작성 시, 아메리카노 함께 드시면: back to where its clause begins; else the words that are known to belong to it. */
function conditionBefore(rest: string, at: number): number {
  const before = /[^\ue000.!?()|/\n,]*$/u.exec(rest.slice(0, at))?.[0] ?? '';
  if (CONDITIONAL.test(before) || /^\s*(?:모든|전)\s/u.test(before)) return before.trimStart().length;
  let length = 0;
  for (const word of before.trim().split(/\s+/).reverse()) {
    if (!CONDITION.test(word)) break;
    length += word.length + 1;
  }
  return Math.min(length, before.length);
}

/** 20% 할인 수험표 지참 시. */
const conditionAfter = (rest: string): number =>
  /^\s[^\ue000.!?()|/\n,]{0,20}(?:\s시|(?:주문|방문|포장|구매|결제|작성|지참|제시|예약)시|지참|한해서?)(?=$|[\s.!?)\ue000,])/u.exec(
    rest,
  )?.[0].length ?? 0;

function takeOfferOf(sentence: Sentence, clause: Clause): void {
  const words = wordsOf(clause);
  const at = words.findIndex(({ text }) => OF_SOMETHING.test(text));
  const word = words[at];
  // 한 판 더 is an offer where something has to be done for it.
  if (!word || (word.text.startsWith('더') && !/면\s/.test(clause.text))) return;
  if (words.some(({ text }) => /^(주차|발렛|와이파이)/.test(text))) return;
  // 할인 합니다, 무료로 드려요: to the end of what is said.
  const last = words.at(-1) as Word;
  const end = words
    .slice(at + 1)
    .every(({ text }) => /^(중|가능|합니다|해요|드려요|드립니다|중입니다)$/.test(text) || OF_SOMETHING.test(text))
    ? last.end
    : word.end;
  const before = words.slice(0, at);
  const main = before.findLastIndex(({ text }) => knownName(text));
  // 주말 특가, 학생 할인: only who and when belong to it, not the dish before.
  if (/^(할인|행사|이벤트|특가|균일가|쿠폰)/.test(word.text)) {
    const start = word.start - conditionBefore(sentence.rest, word.start);
    const named = words[at - 1];
    const isNamed = start === word.start && named !== undefined && !knownName(named.text) && namesSomething(named.text);
    sentence.take('offer', isNamed && named ? named.start : start, end);
    return;
  }
  const unlimited = /무한|무제한/.test(word.text);
  // 굴라시, 빵 무한리필: what comes along is not what is sold, also where we do not know what that is.
  if (main >= 0 && unlimited && SIDES.test(before[main]?.text ?? '') && sentence.clauses().length > 1) {
    sentence.take('offer', (before[main] as Word).start, end);
    return;
  }
  // 삼겹살 무한리필 sells 삼겹살; 공깃밥 무한리필 comes with something else that is named before.
  if (main >= 0 && unlimited && main === at - 1 && !hasDishElsewhere(sentence, clause)) {
    sentence.take('offer', word.start, end);
    return;
  }
  // 흑당 버블티 L사이즈 무료: what is sold ends before what comes with it.
  const between = before[main + 1];
  if (
    main >= 0 &&
    between &&
    !SIZE.test(between.text) &&
    !isWeak(before[main]?.text ?? '') &&
    !CONDITIONAL_WORD.test(clause.text) &&
    !hasDishElsewhere(sentence, clause)
  ) {
    sentence.take('offer', between.start, end);
    return;
  }
  // 냉면 먹으면 만두가 서비스: sold is what has to be ordered.
  const condition = before.findIndex(({ text }) => /면$|^시$|^주문|^구매/.test(text) && !knownName(text));
  const first = before.slice(0, Math.max(0, condition)).find(({ text }) => knownName(text));
  if (first && !hasDishElsewhere(sentence, clause)) sentence.mention('dish', first.start, first.end);
  sentence.take('offer', (before[0] ?? word).start, end);
}

const hasDishElsewhere = (sentence: Sentence, clause: Clause): boolean =>
  sentence
    .clauses()
    .some((other) => other.start !== clause.start && wordsOf(other).some(({ text }) => knownName(text)));

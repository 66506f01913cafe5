import type { Sentence } from './sentence.js';

const NUMBER = String.raw`(?!0(?![\d.,]))(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)`;
/** 8,900원, ₩12,000, 만원, 1만 2천원, 9.9만원, 4500won, $12. */
const AMOUNT = [
  String.raw`[₩￦$€£]\s?${NUMBER}(?:\s?원)?`,
  String.raw`${NUMBER}\s?(?:만\s?(?:\d+\s?천?\s?(?:\d+\s?백?\s?)?)?|천\s?(?:\d+\s?백?\s?)?|백\s?)?원`,
  String.raw`[일이삼사오육칠팔구]?만\s?(?:[일이삼사오육칠팔구]?천)?\s?원|[일이삼사오육칠팔구]천\s?(?:[일이삼사오육칠팔구]백)?\s?원`,
  String.raw`${NUMBER}\s?(?:만|KRW\b|won\b)`,
  String.raw`\d{1,3}(?:,\d{3})+(?!\s?(?:원|명|개|그릇|kcal|팔로|포인트))`,
].join('|');
const LABEL = '평소|단돈|특가|할인가|행사가|이벤트가|한정가|정가|판매가|가격은|가격|기존가|정상가|원가|기존|원래|단';
const COUNT = String.raw`\d+\s?(?:개|마리|잔|병|줄|장|봉|팩|피스|인분|인|명|판|조각|종|입|접시|그릇|pcs|[pP])(?:에|당)?|(?:한|두|세|네|다섯) ?(?:개|마리|잔|병|줄|팩|판|조각|접시|그릇|상)(?:에|당)?|(?:1인|인|개|잔|병|판|마리)당|\d+\s?(?:g|ml)당|각`;
const STARTS_WITH_COUNT = new RegExp(`^(?:${COUNT})\\s`, 'u');
const PRICE = new RegExp(
  String.raw`(?<![\d.,:/~+\-])(?:(?:${LABEL})\s?:?\s?)?(?:(?:${COUNT})\s)?(?<amount>${AMOUNT})(?!\d|,\d|조|권|어치|짜리 쿠폰|\s?(?:이상|이하|미만|상당|쿠폰|할인|적립|OFF|off|DC|캐시백|깎아|빼))(?:대|~(?!\s?\d))?(?:\s?부터)?(?:\s?\(\d*\s?(?:인분|인|개|잔|병|g|마리|호|p|P|조각|판)[^)]{0,6}\))?(?:\s?(?:균일가?|추가))?`,
  'gu',
);
const BETWEEN =
  /^\s?(?:에서|이던|짜리가|짜리를|였던)?\s*(?:[→➡⇒▶➔➜»]\uFE0F?|[-=]>|>)\s*$|^(?:에서|이던 것을|짜리를|짜리가)\s*(?:지금|단돈|이제|오늘)?\s*$/u;
const PLAIN_BETWEEN = /^\s*[,/·]?\s*$/;
/** 소 2만원 / 중 3만원: what each of several prices is for. */
const FOR_WHAT =
  /(?:^|[\s,/·|])(\(?(?:소|중|대|특|大|中|小|특대|보통|곱빼기|ICE|HOT|아이스|핫|R|L|S|M|점심|저녁|런치|디너|평일|주말|성인|대인|소인|어린이|단품|세트|포장|매장|배달|한 ?판|반 ?판|반|레귤러|라지|초등학생|중학생|미취학|학생|유아|경로|\d+호|\d인)\)?)\s?:?\s?$/i;
const WAS = /^(평소|정가|정상가|기존가?|원래|원가)/;
/** After these a price is a part of its sentence: 9,900원에 만나는. */
const PARTICLE = /^(에|의|으로|로|은|는|이|이면|면|만|도|짜리)(?=\s\S)/;
const LAST_PARTICLE = /^(으로|로|에|입니다|이에요)/;

interface Price {
  start: number;
  end: number;
  /** From the amount on, without what it is for. */
  amount: number;
  text: string;
}

const findAll = (text: string): Price[] =>
  [...text.matchAll(PRICE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    amount: match.index + match[0].indexOf(match.groups?.amount ?? ''),
    text: match[0],
  }));

/** 4.5 on a menu is 4,500원: only as the last thing after Korean words, where no won stands in the sentence. */
const MENU_STYLE = /(?<=[\p{L})!]\s)[1-9]\d?\.\d(?=\s*(?:$|[\n|/,→@]|(?!kg|ml|cm|mm|km|cc|oz)\p{L}{2}))/gu;
const BARE_AFTER_ARROW =
  /(?<![\d.,])(?<was>[1-9]\d{0,2}(?:,?\d{3}))(?:원)?\s*(?:[→➡⇒]\uFE0F?|->|=>)\s*(?<now>[1-9]\d{0,2}(?:,?\d{3}))(?!\d)(?:원)?/u;
const BARE = /(?<=\p{L}\s)[1-9]\d{1,2}00(?=\s*(?:$|[\n|/,!]))/gu;

/** Finds price and former price; further prices of other dishes stay where they are. */
export function findPrices(sentence: Sentence): void {
  const bare = BARE_AFTER_ARROW.exec(sentence.rest);
  if (bare?.groups?.was && bare.groups.now) {
    const arrow = bare[0].search(/\s*(?:[→➡⇒]|->|=>)/u);
    const start = bare.index;
    const now = start + bare[0].lastIndexOf(bare.groups.now);
    sentence.take('priceWas', withLabel(sentence.rest, start), start + arrow);
    sentence.take('connector', start + arrow, now);
    sentence.take('price', now, start + bare[0].length);
    return;
  }
  const prices = findAll(sentence.rest);
  if (prices.length === 0) {
    const plain = [...sentence.rest.matchAll(MENU_STYLE)].concat([...sentence.rest.matchAll(BARE)]);
    const only = plain[0];
    if (only) sentence.take('price', only.index, only.index + only[0].length);
    return;
  }
  if (takeReduced(sentence, prices) || takeList(sentence, prices)) return;
  const [first] = prices as [Price, ...Price[]];
  if (WAS.test(first.text) && prices.length === 1) return takePrice(sentence, 'priceWas', first);
  takePrice(sentence, 'price', first);
}

const withLabel = (text: string, at: number): number =>
  at - (new RegExp(`(?:${LABEL})\\s?:?\\s?$`).exec(text.slice(0, at))?.[0].length ?? 0);

function takePrice(sentence: Sentence, role: 'price' | 'priceWas', price: Price): void {
  const after = sentence.rest.slice(price.end);
  if (PARTICLE.test(after)) sentence.mention(role, price.start, price.end);
  else {
    const particle = LAST_PARTICLE.exec(after)?.[0].length ?? 0;
    sentence.take(role, price.start, price.end);
    if (particle > 0) sentence.take('connector', price.end, price.end + particle);
  }
}

/** A → B, A에서 B로, 정가 A 할인가 B. */
function takeReduced(sentence: Sentence, prices: Price[]): boolean {
  for (const [index, was] of prices.entries()) {
    const now = prices[index + 1];
    if (!now) return false;
    const between = sentence.rest.slice(was.end, now.start);
    // 39,900원 (정가 52,000원)
    if (!WAS.test(was.text) && WAS.test(now.text) && /^\s*[(/,]?\s*$/.test(between)) {
      takePrice(sentence, 'price', was);
      takePrice(sentence, 'priceWas', now);
      return true;
    }
    const isLabelled = WAS.test(was.text) && !WAS.test(now.text) && PLAIN_BETWEEN.test(between);
    if (!BETWEEN.test(between) && !isLabelled) continue;
    sentence.take('priceWas', was.start, was.end);
    sentence.take('connector', was.end, now.start);
    takeReducedTo(sentence, now);
    return true;
  }
  return false;
}

/** 8,800원으로 할인: that it is less now, the two prices say. */
function takeReducedTo(sentence: Sentence, now: Price): void {
  const said = /^(?:으로|로)?\s?(?:할인|인하|세일|낮췄)\S*/u.exec(sentence.rest.slice(now.end))?.[0].length ?? 0;
  if (said === 0) return takePrice(sentence, 'price', now);
  sentence.take('price', now.start, now.end);
  sentence.take('connector', now.end, now.end + said);
}

function takeList(sentence: Sentence, prices: Price[]): boolean {
  const run: { start: number; end: number; isLabelled: boolean }[] = [];
  for (const price of prices) {
    const label = FOR_WHAT.exec(sentence.rest.slice(0, price.start));
    const from = label ? price.start - label[0].replace(/^[\s,/·|]/, '').length : price.start;
    const last = run.at(-1);
    const isLabelled = label !== null || STARTS_WITH_COUNT.test(price.text);
    if (!isLabelled && run.length > 0) break;
    if (last && !/^[\s,/·|]*$/.test(sentence.rest.slice(last.end, from))) break;
    run.push({ start: from, end: price.end, isLabelled });
  }
  if (run.length < 2) return false;
  const [start, end] = [run[0]?.start ?? 0, run.at(-1)?.end ?? 0];
  // 닭볶음탕 (소 28,000 / 대 38,000): the brackets are not of the price.
  const isOpen = sentence.rest[start] === '(' && !sentence.rest.slice(start, end).includes(')');
  sentence.take('price', isOpen ? start + 1 : start, end);
  return true;
}

import type { BriefRole } from './brief.js';
import { knownName } from './dish-names.js';
import { type Sentence, type Word, wordsOf } from './sentence.js';
import { CALLS, namesSomething } from './word-kinds.js';

interface Vocabulary {
  role: BriefRole;
  /** A word like this makes a run. */
  anchor: RegExp;
  /** Words like these belong to it where they stand beside it. */
  filler: RegExp;
  /** Words like these belong to it only between others. */
  link?: RegExp;
}

const TIME = String.raw`(?:오전|오후|낮|밤|새벽)?\s?\d{1,2}(?::\d{2}|시(?:\s?\d{1,2}분|\s?반)?|[ap]m)`;
const DAY = '월화수목금토일';
const DATE = String.raw`(?:(?:20\d{2}[.\-/]\s?)?\d{1,2}(?:월\d{1,2}일?|/\d{1,2}|\.\d{2})|\d{1,2}월)(?:\([${DAY}]\))?`;

/** When the offer holds, and what time of the year it is for. */
const PERIOD: Vocabulary = {
  role: 'period',
  anchor: new RegExp(
    String.raw`^((?!\d+(명|인|개|곳|석)).*(까지|까지만|한정|한정!|한정판매|한정메뉴|특선|기념|기간)[!~]*|오픈|그랜드오픈|가오픈|오픈!|grand|open|until|daily|런치타임|디너타임|해피아워|선착순|오늘만|이번주|이번달|주말|평일|매주|[${DAY}]요일만?|하루만|\d+(그릇|개|마리|잔|팀|명|세트|박스)만|[${DAY}](,[${DAY}]|·[${DAY}]|[~-][${DAY}])+만?|${DATE}([~–—-]|부터|까지|[~–—-]${DATE}(까지)?)?|~${DATE}(까지)?|\d{1,2}일(\([${DAY}]\)([~–—-]|부터|까지)?|[~–—-]|부터|까지)|(mon|tue|wed|thu|fri|sat|sun)[a-z]*([~–-](mon|tue|wed|thu|fri|sat|sun)[a-z]*)?|D-\d+|\d+일간|당일|${TIME}(부터|까지)?|\d{1,2}([~-]\d{1,2})?월만|${TIME}[~–—-]${TIME}(까지)?|~${TIME}(까지)?|\d{1,2}[~–—-]\d{1,2}시)$`,
    'iu',
  ),
  filler: new RegExp(
    String.raw`^(단|딱|매일|매주|하루|오전|오후|새벽|밤|심야|전|점심|저녁|아침|런치|디너|여름|겨울|봄|가을|시즌|계절|기간|연말|연초|주말|평일|이번|오늘|내일|부터|한|달|한달|동안|동안만|달간|주간|재료|소진|소진시까지|품절|수량|이후|이후로|이전|후|시|주|간|만|도|매장|크리스마스|추석|설날|명절|할로윈|발렌타인데이|빼빼로데이|동지|정월대보름|수능|졸업|입학|개업|생일|어버이날|새해|신년|수험생|복날|초복|중복|말복|신규|그랜드|정식|오픈|기념|시작|마감|판매|only|event|day|1인|1인당|\d인|[~\-–]|\d+(,\d+)?\s?(일|개|그릇|잔|명|팀|세트|시|판|인분|주|주년|마리|박스|접시|판)만?|선착순|${TIME}(부터|까지)?[~-]?|[~-]?${TIME}(부터|까지)?|${DATE}|[${DAY}]요일|특선|이벤트|행사|제외|공휴일)$`,
    'iu',
  ),
  link: /^(브런치|점심식사|시즌)$/,
};

/** What a guest should know: taking away, delivery, hours, parking, booking, origin. */
const NOTE: Vocabulary = {
  role: 'note',
  anchor:
    /^(포장|배달|테이크아웃|단체주문|온라인|온라인주문|스마트스토어|정상영업|정상영업합니다|상견례|예약제|예약받습니다|예약받아요|예약받고|예약주문|사전예약|주차|주차장|발렛|예약|문의|예약문의|전화예약|전화주문|택배|픽업|퀵|연중무휴|휴무|정기휴무|쉽니다|쉬어요|휴점|영업|영업시간|오픈시간|운영시간|라스트오더|브레이크타임|단체|단체석|단체예약|룸|개별룸|콜키지|콜키지프리|반려견|반려동물|애견|노키즈존|키즈존|웨이팅|원산지|배민|쿠팡이츠|요기요|배달의민족|24시간|DM|카톡|포장(도|만|은)|배달(도|만|은)|주차(도|는)|예약(은|만)|포장가능|배달가능|주차가능|예약가능|무료주차|포장[·,/&+]배달|배달[·,/&+]포장|포장[·,/&+]배달가능|매장[·,/&+]포장[·,/&+]배달|매장[·,/&+]포장|전좌석|야외석|테라스석|혼밥)$/,
  filler:
    /^(가능|가능합니다|가능해요|가능한|됩니다|돼요|되요|OK|ok|환영|환영해요|환영합니다|완비|무료|필수|문의|받아요|받습니다|받고|있어요|있음|있습니다|및|도|만|당일|전화|네이버|카카오톡|카톡|인스타|DM|매장|식사|방문|홀|주문|시간|1시간|2시간|\d+시간|매일|매주|평일|주말|[월화수목금토일]요일|[월화수목금토일][~-][월화수목금토일]|연중무휴|오전|오후|~|\d{1,2}:\d{2}([~–—-]\d{1,2}:\d{2})?|\d{1,2}시?([~–—-]\d{1,2}시)?|정기휴무|쉽니다|쉬어요|국내산|국산|수입산|중국산|미국산|호주산|쌀|김치|돼지고기|소고기|닭고기|앱|전국|전지역|운영|돌잔치|회식|모임|명절|연휴|설|추석|공휴일|없이|넓어요|넓습니다|와인|\d+일|하루|이틀|전|전까지|\d+명(까지|이상)?|\d+인(까지|이상)?|주문가능|동반|프리|전문|합니다|안내|LO|L\.O|:|포장|배달|가게|건물|뒤|앞|지하)$/,
};

/** 금요일 밤엔 leads to what is said next, as a whole. */
const WHEN_OF_DAY = /^(밤|저녁|점심|아침|낮|오후|오전|새벽)(엔|에|에는|은|마다)$/;

/** Beside these, days and times are when the shop is open. */
const IS_HOURS =
  /^(정기휴무|휴무|휴점|쉽니다|쉬어요|쉬는|영업|영업시간|운영시간|오픈시간|브레이크타임|라스트오더|마감)/;

/** Words that carry on a sentence after what would be taken from it. */
const GOES_ON = /(는|던|할|을|를|은|인|한|ㄹ)$/u;
const TIED = /(에|에는|엔|으로|로|은|는|을|를|의|이|가|과|와)$/u;

export function findPeriods(sentence: Sentence): void {
  takeRuns(sentence, PERIOD);
}

/** What a guest should know, and what a price holds: 공깃밥 포함, 2인 기준. */
export function findNotes(sentence: Sentence): void {
  takeRuns(sentence, NOTE);
  for (const clause of sentence.clauses()) {
    if (wordsOf(clause).length <= 4 && /\s(포함|별도|기준|불포함)$/.test(clause.text))
      sentence.take('note', clause.start, clause.end);
  }
}

function takeRuns(sentence: Sentence, vocabulary: Vocabulary): void {
  const { role, anchor } = vocabulary;
  for (const clause of sentence.clauses()) {
    if (CALLS.test(clause.text)) continue;
    const words = wordsOf(clause);
    for (let from = 0; from < words.length; from++) {
      let to = from;
      while (fits(words[to], vocabulary) || (to > from && links(words, to, vocabulary))) to++;
      const run = words.slice(from, to);
      if (run.length === 0) continue;
      from = to;
      if (
        role === 'period' &&
        (IS_HOURS.test(words[to]?.text ?? '') || IS_HOURS.test(words[to - run.length - 1]?.text ?? ''))
      )
        continue;
      if (role === 'period' && WHEN_OF_DAY.test(words[to]?.text ?? '')) continue;
      if (!run.some(({ text }) => anchor.test(text.replace(/[,!~]+$/, '')))) continue;
      const last = run.at(-1) as Word;
      const first = occasionBefore(words, run) ?? (run[0] as Word);
      if (staysInSentence(last.text, words[to]?.text)) sentence.mention(role, first.start, last.end);
      else sentence.take(role, first.start, last.end);
    }
  }
}

const fits = (word: Word | undefined, { anchor, filler }: Vocabulary): boolean => {
  const text = word?.text.replace(/[,!~]+$/, '') ?? '';
  return text !== '' && (anchor.test(text) || filler.test(text));
};

const links = (words: Word[], at: number, vocabulary: Vocabulary): boolean =>
  vocabulary.link?.test(words[at]?.text ?? '') === true && fits(words[at + 1], vocabulary);

/** 논산딸기 한정: what it is limited to. */
const occasionBefore = (words: Word[], run: Word[]): Word | undefined => {
  const [first] = run as [Word];
  const before = words[words.indexOf(first) - 1];
  const isBare = /^(한정|한정판매|기념)/.test(first.text);
  return isBare && before && namesSomething(before.text) && !knownName(before.text) ? before : undefined;
};

/** 12월 한 달간 만나는 딸기 케이크 is one phrase: without its beginning it would be none. */
const staysInSentence = (last: string, next: string | undefined): boolean =>
  next !== undefined && (TIED.test(last) || GOES_ON.test(next));

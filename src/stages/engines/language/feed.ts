import type { Feed, FeedRequest } from '../language.js';
import { seedOf } from './ad-copy.js';
import { fill } from './josa.js';
import { type Family, seasonWords } from './lexicon.js';
import { cleanText, describeMenu, findEnglishDish, type Menu, suit } from './menu.js';
import { pick } from './seeded-pick.js';
import { TONES, toneOf } from './tones.js';

const MAX_HASHTAGS = 10;

/** One sentence about what it is like to eat; `{dish}` is the dish alone. */
const SENSES: Record<Family, string[]> = {
  stew: [
    '보글보글 끓는 소리와 함께 깊은 국물이 속을 든든하게 채워 줍니다.',
    '한 숟갈 뜨는 순간, 진하게 우러난 국물이 몸속까지 퍼집니다.',
  ],
  noodle: [
    '후루룩, 탱글한 면발에 국물과 양념이 고루 배어 있어요.',
    '쫄깃한 면을 한 젓가락 들어 올리면 먼저 향이 말을 겁니다.',
  ],
  rice: ['갓 지은 밥에 정성스러운 재료를 듬뿍 올렸습니다.', '한 숟갈마다 재료의 맛이 또렷하게 살아 있어요.'],
  grill: [
    '지글지글 익어 가는 소리, 입안 가득 퍼지는 육즙을 기대하세요.',
    '불향을 입혀 겉은 노릇하게, 속은 촉촉하게 구워 냅니다.',
  ],
  fried: ['바삭, 하는 첫소리부터 기분이 좋아집니다.', '주문과 동시에 조리해 겉은 바삭하고 속은 촉촉합니다.'],
  seafood: ['신선한 바다의 맛을 접시에 그대로 담았습니다.', '손질부터 꼼꼼하게, 바다 향을 살려 냈어요.'],
  salad: ['아삭한 채소와 산뜻한 드레싱이 입맛을 깨워 줍니다.', '색도 맛도 신선한 재료로 가볍고 든든하게 준비했어요.'],
  bread: ['오븐에서 막 나온 고소한 향이 가게 안을 가득 채웁니다.', '겉은 바삭, 속은 촉촉하게 매일 구워 냅니다.'],
  dessert: ['한 입 머금으면 달콤함이 천천히 번져 갑니다.', '하루의 끝을 달콤하게 마무리해 보세요.'],
  drink: ['한 모금에 향이 먼저 퍼지고, 여운은 오래 남습니다.', '잠시 쉬어 가는 시간에 가장 잘 어울리는 한 잔입니다.'],
  western: [
    '재료 하나하나의 풍미가 어우러져 마지막 한 입까지 즐겁습니다.',
    '주문 후 바로 조리해 가장 맛있는 순간에 내어 드려요.',
  ],
  street: ['한 번 집으면 멈출 수 없는 그 맛, 아시죠?', '따끈할 때 한 입, 기분까지 좋아지는 맛입니다.'],
  any: ['좋은 재료로 하나하나 정성껏 준비했습니다.', '첫 입부터 마지막까지 만족하실 수 있도록 준비했어요.'],
};

const EMOJI: Record<Family, string> = {
  stew: '🍲',
  noodle: '🍜',
  rice: '🍚',
  grill: '🥩',
  fried: '🍗',
  seafood: '🦐',
  salad: '🥗',
  bread: '🥐',
  dessert: '🍰',
  drink: '☕',
  western: '🍽️',
  street: '🍢',
  any: '😋',
};

const FAMILY_TAGS: Record<Family, string[]> = {
  stew: ['#국물맛집'],
  noodle: ['#면스타그램'],
  rice: ['#밥스타그램'],
  grill: ['#고기맛집'],
  fried: ['#바삭바삭'],
  seafood: ['#해산물맛집'],
  salad: ['#건강식'],
  bread: ['#빵스타그램'],
  dessert: ['#디저트맛집'],
  drink: ['#카페스타그램'],
  western: ['#양식맛집'],
  street: ['#분식맛집'],
  any: [],
};

/** A post in Korean: hook, what it tastes like, the season or the shop's own story, an invitation. */
export function writeFeed(request: FeedRequest): Feed {
  const menu = menuOf(request);
  const tone = TONES[toneOf(request.toneStyle)];
  const season = seasonWords(request.month);
  const seed = seedOf(request);
  const slots = { phrase: menu.phrase, dish: menu.dish, season: season.kor, place: placeOf(request.storeName) };
  const lines = [
    `${menu.sentence ?? fill(pick(tone.hooks, `${seed}|hook`), slots)} ${EMOJI[menu.family]}`,
    fill(pick(SENSES[menu.family], `${seed}|sense`), slots),
    storyOf(request) ?? `${season.mood}, ${fill('{dish:으로/로} 기분 좋은 한때를 만들어 보세요.', slots)}`,
    fill(pick(tone.calls, `${seed}|call`), slots),
  ];
  return { instagramAdCopy: suit(lines.join('\n'), menu), hashtags: hashtagsOf(request, menu) };
}

/** What is advertised: by the shop's words, else by the copy that was made from them. */
function menuOf({ descKor, adCopyKor, adCopyEng }: FeedRequest): Menu {
  if (descKor.trim() !== '') return describeMenu(descKor);
  const fromKorean = describeMenu(adCopyKor);
  if (fromKorean.isKnown) return { ...fromKorean, phrase: fromKorean.dish, sentence: null };
  return describeMenu(findEnglishDish(adCopyEng)?.kor ?? '');
}

const placeOf = (storeName: string): string => {
  const name = cleanText(storeName);
  return name === '' ? '가까운 매장에서' : `${name}에서`;
};

/** The shop's own description, if it is Korean and short enough to be read in a post. */
function storyOf({ storeBody, storeName }: FeedRequest): string | undefined {
  const body = cleanText(storeBody);
  if (body.length < 4 || body.length > 80 || !/\p{Script=Hangul}/u.test(body)) return undefined;
  const bare = body.replace(/[\s.!~]+$/, '');
  if (/(요|다|죠)$/.test(bare)) return `${bare}.`;
  const name = cleanText(storeName);
  return name === '' ? `${bare}의 솜씨를 담았습니다.` : `${bare}, ${name}입니다.`;
}

function hashtagsOf({ descKor, storeName, storeBody, storeCategory, month }: FeedRequest, menu: Menu): string {
  const about = [descKor, storeName, storeBody, storeCategory].join(' ');
  const mentioned = ['부대찌개', '맛집', '서울맛집', '강남맛집'].filter((word) =>
    about.replace(/\s/g, '').includes(word),
  );
  const tags = [
    ...(menu.isKnown ? [asTag(menu.dish)] : []),
    asTag(storeName),
    ...mentioned.map((word) => `#${word}`),
    '#맛스타그램',
    '#먹스타그램',
    '#푸드스타그램',
    menu.isKorean ? '#한국음식' : '#오늘뭐먹지',
    '#데일리',
    ...FAMILY_TAGS[menu.family],
    `#${seasonWords(month).kor}메뉴`,
  ].filter((tag) => tag.length > 1);
  return [...new Set(tags)].slice(0, MAX_HASHTAGS).join(' ');
}

const asTag = (name: string): string => `#${name.normalize('NFC').replace(/[^\p{L}\p{N}_]/gu, '')}`;

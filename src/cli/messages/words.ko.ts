import { BRIEF_ROLES } from '../../brief/brief.js';
import type { words as englishWords } from './words.en.js';

/** What a role is refused with, in Korean. */
const refusal = (message: string): string => {
  const most = /at most (\d+) characters/.exec(message)?.[1];
  if (most) return `최대 ${most}자까지 적을 수 있습니다.`;
  const unknown = /Unrecognized keys?: (.+)$/.exec(message)?.[1];
  if (unknown) return `${unknown}은(는) 없는 역할입니다. 쓸 수 있는 역할: ${BRIEF_ROLES.join(', ')}`;
  return '제어 문자 없이 올바른 글로 적어 주세요.';
};

export const words: typeof englishWords = {
  commands: {
    briefs: '가게의 말을 어떻게 알아들었는지 보여 줍니다',
    understand: '문장을 역할별로 나누고, job을 만들면 나올 아이디어와 게시글을 보여 줍니다. 아무것도 기록하지 않습니다',
    brief: 'job이 무엇을 어디에서 말하는지 보여 줍니다. 문장이나 역할을 주면 그 내용으로 바꿉니다',
    post: '게시글을 다른 글로 바꿉니다. 이미지는 다시 만들지 않습니다',
    photo: 'job의 사진을 바꿉니다. 지금 문구 그대로 모든 이미지를 다시 만듭니다',
  },
  options: {
    sentence: '가게가 하고 싶은 말. 역할별로 나눕니다. 이때 job은 이미지를 직접 만들며 바로 시작됩니다',
    briefOf: '대신 하고 싶은 말. 역할별로 나눕니다',
    brief: '같은 내용을 역할별로 (JSON): {"dish": "순대국밥", "price": "8,900원"}',
    tone: '톤 스타일의 id, 코드 또는 이름',
    understood: '가게가 하고 싶은 말',
    ofTenant: '이 가게의 브랜드와 최근 게시글을 반영',
    idea: '새 아이디어 전체 (JSON): {"kind": "dish", "texts": {"headline": "…"}}. 달라지는 단계부터 다시 합니다',
    format: '다른 형식. 이미지를 새로 만듭니다',
    postText: '게시글',
    hashtags: '#으로 시작하는 단어를 띄어쓰기로 구분, 최대 다섯 개',
    photo: '사진 파일',
    roles: {
      dish: '메뉴 이름',
      line: '메뉴를 소개하는 말',
      price: '가격 (적은 그대로)',
      priceWas: '할인 전 가격',
      offer: '혜택. 예: 1+1, 음료 증정',
      period: '기간이나 날짜',
      note: '영업시간, 전화번호, 포장 안내',
      callToAction: '손님에게 권하는 말',
      shop: '가게 이름',
      handle: '@계정',
      place: '위치',
    },
  },
  roles: {
    dish: '메뉴',
    line: '소개',
    price: '가격',
    priceWas: '할인 전 가격',
    offer: '혜택',
    period: '기간',
    note: '안내',
    callToAction: '권하는 말',
    shop: '가게',
    handle: '계정',
    place: '위치',
  },
  slots: { leadIn: '앞말', headline: '큰 글씨' },
  kinds: { dish: '메뉴를 앞세움', deal: '가격이나 혜택을 앞세움', moment: '찾아올 이유를 앞세움' },
  understood: '이렇게 알아들었습니다:',
  leftovers: '어느 역할에도 들어가지 않은 말:',
  leftoverReasons: {
    emoji: '이모지. 게시글에 넣습니다',
    hashtag: '해시태그. 게시글에 넣습니다',
    connector: '다른 말을 잇기만 하는 말',
    'too long': '역할에 넣기에는 너무 긺',
  },
  idea: (ordinal, kind) => `이미지 ${ordinal}, ${kind}:`,
  post: '게시글:',
  notice: '살펴볼 것:',
  warning: (place, said, why) => `${place} "${said}": ${why}`,
  warnings: {
    noGlyph: '이 글자를 그릴 글꼴이 없어 이미지에서는 빠집니다',
    'claims a cure': '식품이 병을 예방하거나 낫게 한다고 광고할 수 없습니다',
    'claims an effect': '몸에 미치는 효과는 인정받은 건강기능식품만 내세울 수 있습니다',
    'needs proof': '증명할 자료가 있어야 쓸 수 있는 말입니다',
    'needs a number': '얼마나, 몇 개인지 숫자로 적어 주세요',
    'runs others down': '다른 가게를 깎아내리는 말은 쓸 수 없습니다',
  },
  nowhere: '어디에도 나오지 않는 말:',
  nowhereReasons: {
    'left out by hand': '직접 뺐습니다',
    'no room': '이미지에 넣을 자리가 없었습니다',
    'no glyph': '그릴 수 있는 글꼴이 없습니다',
    'no place in this design': '디자인에 들어갈 자리가 없습니다',
  },
  badIdea: 'JSON이어야 합니다. 예: {"kind": "dish", "texts": {"headline": "순대국밥"}}',
  badBrief: 'JSON이어야 합니다. 예: {"dish": "순대국밥", "price": "8,900원"}',
  refusal,
  eitherOr: '문장과 역할 중 하나만 지정하세요.',
  tooMuch: '--sentence나 역할을 주면 job을 하나만 만듭니다. --create-interval을 빼세요.',
  createdFull: (jobId) => `job ${jobId}을(를) 만들었습니다. 바로 시작됩니다.`,
};

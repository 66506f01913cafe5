/** The eight styles this engine writes in, by their `code` in `tone_styles`. */
export type Tone =
  | 'hero_dish_focus'
  | 'seasonal_limited'
  | 'behind_the_scenes'
  | 'lifestyle_integration'
  | 'ugc_social_proof'
  | 'minimalist_branding'
  | 'emotion_comfort'
  | 'retro_vintage';

/** Words of a style's English or Korean name, or of a free description, that give its tone away. */
const SIGNS: [Tone, RegExp][] = [
  ['seasonal_limited', /season|limited|시즌|계절|한정/i],
  ['behind_the_scenes', /behind|authentic|비하인드|진정|정성|신뢰|전문/i],
  ['lifestyle_integration', /lifestyle|일상|라이프|캐주얼/i],
  ['ugc_social_proof', /ugc|social|후기|리뷰|친근|유쾌|재미/i],
  ['minimalist_branding', /minimal|brand|미니멀|모던|고급|세련|심플/i],
  ['emotion_comfort', /emotion|comfort|위로|감성|따뜻|포근/i],
  ['retro_vintage', /retro|vintage|story|레트로|빈티지|복고|추억/i],
  ['hero_dish_focus', /hero|대표|강조|주인공/i],
];

export const toneOf = (style: string): Tone => SIGNS.find(([, sign]) => sign.test(style))?.[0] ?? 'hero_dish_focus';

export interface CopyTwin {
  eng: string;
  kor: string;
}

interface ToneTemplates {
  /** Drawn on the picture; the first that fits is taken. `{phrase}` is the shop's own noun phrase. */
  headlines: string[];
  /** An English advertisement and the same in Korean. Slots: dish (English), phrase (Korean), season. */
  copies: CopyTwin[];
  /** First line of a feed. */
  hooks: string[];
  /** Last line of a feed. `{place}` is the shop with 에서, or 가까운 매장에서. */
  calls: string[];
}

export const TONES: Record<Tone, ToneTemplates> = {
  hero_dish_focus: {
    headlines: ['오늘의 주인공, {phrase}', '한 입에 반하는 {phrase}', '자신 있게, {phrase}'],
    copies: [
      {
        eng: 'Meet the star of our table: the {dish}. One bite and you will know why.',
        kor: '오늘 식탁의 주인공은 {phrase}입니다. 한 입이면 그 이유를 알게 됩니다.',
      },
      {
        eng: 'All eyes on our {dish}, made with full confidence. Come and taste it today.',
        kor: '모두의 시선을 사로잡는 {phrase:을/를} 자신 있게 준비했습니다. 오늘 바로 맛보세요.',
      },
    ],
    hooks: ['오늘의 주인공을 소개합니다. {phrase}!', '{phrase}, 한 입이면 충분히 설명됩니다.'],
    calls: ['{place} 오늘 바로 만나보세요.', '{place} 직접 맛보세요. 기다리고 있을게요!'],
  },
  seasonal_limited: {
    headlines: ['{season}엔 역시 {phrase}', '이 {season}, {phrase}', '지금이 제철, {phrase}'],
    copies: [
      {
        eng: 'This {season} calls for our {dish}. Enjoy it while the season lasts.',
        kor: '이 {season}에는 역시 {phrase}입니다. 계절이 지나기 전에 즐겨보세요.',
      },
      {
        eng: 'The taste of {season}, served now: our {dish}. Here only for a little while.',
        kor: '{season}의 맛을 담은 {phrase:이/가} 지금 준비되어 있습니다. 이 계절에만 만날 수 있어요.',
      },
    ],
    hooks: ['{season}이 오면 생각나는 맛, {phrase}!', '기다렸던 {season}의 한 끼, {phrase} 시작합니다.'],
    calls: ['{season}이 가기 전에 {place} 만나요.', '지금 이 계절의 맛, {place} 놓치지 마세요.'],
  },
  behind_the_scenes: {
    headlines: ['정성으로 만든 {phrase}', '손끝에서 완성한 {phrase}', '정직하게, {phrase}'],
    copies: [
      {
        eng: 'From our kitchen to your table: our {dish}, prepared by hand from early morning.',
        kor: '이른 아침부터 주방에서 손수 준비한 {phrase:을/를} 식탁까지 그대로 전해 드립니다.',
      },
      {
        eng: 'No shortcuts, only care. That is how we make our {dish} every day.',
        kor: '지름길 없이 정성만 담습니다. 저희는 매일 그렇게 {phrase:을/를} 만듭니다.',
      },
    ],
    hooks: ['매일 아침 주방의 불은 {phrase}에서 시작됩니다.', '보이지 않는 곳까지 정성을 담은 {phrase}.'],
    calls: ['그 정성을 {place} 확인해 보세요.', '{place} 오늘도 같은 마음으로 준비하고 있어요.'],
  },
  lifestyle_integration: {
    headlines: ['오늘은 {phrase} 어때요', '하루의 쉼표, {phrase}', '나의 하루에 {phrase}'],
    copies: [
      {
        eng: 'Make room in your day for our {dish}. A small pause can change everything.',
        kor: '바쁜 하루에 {phrase:을/를} 위한 자리를 비워 두세요. 작은 쉼표가 하루를 바꿉니다.',
      },
      {
        eng: 'Lunch with a friend, dinner on the way home: our {dish} fits right in.',
        kor: '친구와의 점심에도, 집에 가는 길의 저녁에도 {phrase:이/가} 잘 어울립니다.',
      },
    ],
    hooks: ['오늘 뭐 먹지 고민될 때, {phrase} 어때요?', '평범한 하루도 {phrase:이/가} 있으면 조금 특별해집니다.'],
    calls: ['퇴근길에, 주말에, {place} 편하게 들러 주세요.', '오늘의 쉼표는 {place} 찍어 보세요.'],
  },
  ugc_social_proof: {
    headlines: ['또 생각나는 {phrase}', '다들 찾는 {phrase}', '단골이 고른 {phrase}'],
    copies: [
      {
        eng: 'Our guests keep coming back for our {dish}. See for yourself what the talk is about.',
        kor: '한 번 오신 손님이 다시 찾는 {phrase}입니다. 왜 다들 이야기하는지 직접 확인해 보세요.',
      },
      {
        eng: 'Empty bowls say it all: our {dish} is the favorite of our regulars.',
        kor: '깨끗이 비운 그릇이 말해 줍니다. 단골손님이 가장 사랑하는 메뉴는 {phrase}입니다.',
      },
    ],
    hooks: ['다녀가신 분들이 입을 모아 추천하는 {phrase}!', '돌아서면 또 생각난다는 그 메뉴, {phrase}.'],
    calls: ['여러분의 후기도 들려주세요. {place} 기다릴게요!', '친구를 태그하고 {place} 함께 만나요.'],
  },
  minimalist_branding: {
    headlines: ['{phrase}', '오직, {phrase}', '단 하나, {phrase}'],
    copies: [
      {
        eng: 'Simply, our {dish}. Nothing more is needed.',
        kor: '오직 {phrase}. 그것으로 충분합니다.',
      },
      {
        eng: 'Less on the plate, more in the taste: our {dish}.',
        kor: '덜어 낼수록 맛은 깊어집니다. {phrase}.',
      },
    ],
    hooks: ['오직, {phrase}.', '꾸밈없이, {phrase}.'],
    calls: ['{place} 조용히 기다립니다.', '{place} 만나보세요.'],
  },
  emotion_comfort: {
    headlines: ['마음까지 채우는 {phrase}', '위로가 되는 {phrase}', '수고한 당신께, {phrase}'],
    copies: [
      {
        eng: 'After a long day, let our {dish} take care of you. You did well today.',
        kor: '긴 하루의 끝, {phrase:이/가} 당신을 챙겨 드립니다. 오늘도 수고 많으셨어요.',
      },
      {
        eng: 'Some days need more than words. Here is our {dish}, made to comfort you.',
        kor: '말보다 한 끼가 필요한 날이 있습니다. 마음을 담은 {phrase:을/를} 준비했습니다.',
      },
    ],
    hooks: ['오늘 하루도 수고한 당신에게, {phrase}.', '마음이 허기진 날에는 {phrase:이/가} 좋습니다.'],
    calls: ['따뜻한 한 끼가 필요할 때 {place} 만나요.', '{place} 마음까지 든든하게 채워 드릴게요.'],
  },
  retro_vintage: {
    headlines: ['그 시절 그 맛, {phrase}', '추억의 {phrase}', '변함없는 {phrase}'],
    copies: [
      {
        eng: 'Just as you remember it: our {dish}, with the taste of the good old days.',
        kor: '기억 속 그 모습 그대로, 그 시절의 맛을 담은 {phrase}입니다.',
      },
      {
        eng: 'Every bite tells a story. Our {dish} has not changed in all these years.',
        kor: '한 입마다 이야기가 담겨 있습니다. 세월이 흘러도 변함없는 {phrase}입니다.',
      },
    ],
    hooks: ['그때 그 골목에서 먹던 맛, {phrase}.', '세월이 지나도 변하지 않는 {phrase} 이야기.'],
    calls: ['추억을 함께 나눌 분과 {place} 만나요.', '오래된 맛이 그리운 날, {place} 기다릴게요.'],
  },
};

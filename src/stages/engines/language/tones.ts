import type { Tone } from '../../../brief/tone.js';

export interface CopyTwin {
  eng: string;
  kor: string;
}

/** English advertisements and the same in Korean. Slots: dish (English), phrase (Korean), season. */
export const TONES: Record<Tone, CopyTwin[]> = {
  hero_dish_focus: [
    {
      eng: 'Meet the star of our table: the {dish}. One bite and you will know why.',
      kor: '오늘 식탁의 주인공은 {phrase}입니다. 한 입이면 그 이유를 알게 됩니다.',
    },
    {
      eng: 'All eyes on our {dish}, made with full confidence. Come and taste it today.',
      kor: '모두의 시선을 사로잡는 {phrase:을/를} 자신 있게 준비했습니다. 오늘 바로 맛보세요.',
    },
  ],
  seasonal_limited: [
    {
      eng: 'This {season} calls for our {dish}. Enjoy it while the season lasts.',
      kor: '이 {season}에는 역시 {phrase}입니다. 계절이 지나기 전에 즐겨보세요.',
    },
    {
      eng: 'The taste of {season}, served now: our {dish}. Here only for a little while.',
      kor: '{season}의 맛을 담은 {phrase:이/가} 지금 준비되어 있습니다. 이 계절에만 만날 수 있어요.',
    },
  ],
  behind_the_scenes: [
    {
      eng: 'From our kitchen to your table: our {dish}, prepared by hand from early morning.',
      kor: '이른 아침부터 주방에서 손수 준비한 {phrase:을/를} 식탁까지 그대로 전해 드립니다.',
    },
    {
      eng: 'No shortcuts, only care. That is how we make our {dish} every day.',
      kor: '지름길 없이 정성만 담습니다. 저희는 매일 그렇게 {phrase:을/를} 만듭니다.',
    },
  ],
  lifestyle_integration: [
    {
      eng: 'Make room in your day for our {dish}. A small pause can change everything.',
      kor: '바쁜 하루에 {phrase:을/를} 위한 자리를 비워 두세요. 작은 쉼표가 하루를 바꿉니다.',
    },
    {
      eng: 'Lunch with a friend, dinner on the way home: our {dish} fits right in.',
      kor: '친구와의 점심에도, 집에 가는 길의 저녁에도 {phrase:이/가} 잘 어울립니다.',
    },
  ],
  ugc_social_proof: [
    {
      eng: 'Our guests keep coming back for our {dish}. See for yourself what the talk is about.',
      kor: '한 번 오신 손님이 다시 찾는 {phrase}입니다. 왜 다들 이야기하는지 직접 확인해 보세요.',
    },
    {
      eng: 'Empty bowls say it all: our {dish} is the favorite of our regulars.',
      kor: '깨끗이 비운 그릇이 말해 줍니다. 단골손님이 가장 사랑하는 메뉴는 {phrase}입니다.',
    },
  ],
  minimalist_branding: [
    {
      eng: 'Simply, our {dish}. Nothing more is needed.',
      kor: '오직 {phrase}. 그것으로 충분합니다.',
    },
    {
      eng: 'Less on the plate, more in the taste: our {dish}.',
      kor: '덜어 낼수록 맛은 깊어집니다. {phrase}.',
    },
  ],
  emotion_comfort: [
    {
      eng: 'After a long day, let our {dish} take care of you. You did well today.',
      kor: '긴 하루의 끝, {phrase:이/가} 당신을 챙겨 드립니다. 오늘도 수고 많으셨어요.',
    },
    {
      eng: 'Some days need more than words. Here is our {dish}, made to comfort you.',
      kor: '말보다 한 끼가 필요한 날이 있습니다. 마음을 담은 {phrase:을/를} 준비했습니다.',
    },
  ],
  retro_vintage: [
    {
      eng: 'Just as you remember it: our {dish}, with the taste of the good old days.',
      kor: '기억 속 그 모습 그대로, 그 시절의 맛을 담은 {phrase}입니다.',
    },
    {
      eng: 'Every bite tells a story. Our {dish} has not changed in all these years.',
      kor: '한 입마다 이야기가 담겨 있습니다. 세월이 흘러도 변함없는 {phrase}입니다.',
    },
  ],
};

import type { Family } from './dishes.js';

/** Headlines about when one would like such a dish. They say nothing about how this one is made. */
export const MOMENTS: Record<Family, string[]> = {
  soup: ['국물이 당기는 날', '뜨끈한 국물 생각날 때', '속이 허한 날엔 역시 국물'],
  braise: ['밥 한 공기 뚝딱하고 싶은 날', '밥도둑이 필요한 날', '든든하게 먹고 싶은 날'],
  noodle: ['면이 당기는 날', '후루룩, 면 생각나는 날', '호로록 한 젓가락 하고 싶을 때'],
  coldNoodle: ['시원한 면이 당기는 날', '후루룩, 시원하게 먹고 싶은 날'],
  rice: ['밥심이 필요한 날', '든든하게 챙기고 싶은 한 끼', '밥다운 밥이 먹고 싶은 날'],
  grill: ['고기가 당기는 날', '오늘 저녁은 고기로 할까요?', '다 같이 고기 먹는 날'],
  meat: ['고기 한 점 생각나는 날', '고기가 당기는 날', '다 같이 둘러앉고 싶은 저녁'],
  fried: ['바삭한 게 당기는 날', '바삭, 그 소리가 생각날 때'],
  pancake: ['비 오면 생각나는 그 맛', '지글지글, 전이 당기는 날'],
  seafood: ['바다가 생각나는 날', '바다 맛이 당기는 날'],
  rawFish: ['한 점의 여유가 필요한 날', '오늘은 회로 할까요?', '바다가 생각나는 날'],
  salad: ['가볍게 먹고 싶은 날', '아삭한 게 당기는 날'],
  bread: ['빵이 당기는 시간', '출출할 때, 빵 하나'],
  dessert: ['달콤한 게 당길 때', '달콤한 쉼표 하나', '오늘 기분은 달콤하게'],
  iced: ['시원하고 달콤한 게 당길 때', '시원하게 당 충전'],
  coffee: ['커피 한 잔 할 시간', '잠깐, 커피 한 잔', '나른한 오후를 깨우는 한 잔'],
  tea: ['잠시 쉬어 가는 한 잔', '차 한 잔의 여유'],
  drink: ['한 잔으로 기분 전환', '목마른 오후에 한 잔'],
  alcohol: ['오늘 한잔할까요?', '한잔하기 좋은 저녁', '오늘도 수고했으니까, 한잔'],
  western: ['기분 내고 싶은 날', '오늘은 분위기 있게', '평범한 날도 근사하게'],
  street: ['출출할 때 생각나는 맛', '간식이 당기는 시간'],
  any: ['오늘 뭐 먹지?', '맛있는 게 당기는 날', '오늘은 여기 어때요?'],
};

const DRUNK: ReadonlySet<Family> = new Set(['coffee', 'tea', 'drink', 'alcohol']);
export const isDrunk = (family: Family): boolean => DRUNK.has(family);

/** Headlines that invite to a dish by its name. */
const INVITATIONS = ['오늘은 {dish} 어때요?', '{dish} 생각나는 날', '오늘의 선택, {dish}'];
const FOOD_INVITATIONS = ['{dish} 먹고 싶은 날', '오늘 메뉴는 {dish}'];
const DRINK_INVITATIONS = ['{dish} 마시고 싶은 날', '{dish} 한 잔 어때요?'];

export const invitationsTo = (dish: string, family: Family): string[] => {
  if (isDrunk(family)) {
    // 커피 한 잔 한 잔 would be said twice.
    return [...DRINK_INVITATIONS.filter((words) => !dish.includes('잔') || !words.includes('잔')), ...INVITATIONS];
  }
  return family === 'any' ? INVITATIONS : [...FOOD_INVITATIONS, ...INVITATIONS];
};

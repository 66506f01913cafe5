/** Headlines as shops write them, short and long, with dense syllables, numbers and Latin letters among them. */
export const HEADLINES = [
  '든든한 부대찌개 한 그릇',
  '묵은지로 푹 끓인 얼큰한 김치찌개 한 뚝배기',
  '쫄깃한 쌀떡에 매콤달콤 양념, 오늘 간식은 떡볶이',
  '오늘 점심은 뜨끈한 국밥',
  '신선함을 담은 건강한 샐러드 한 접시를 만나보세요',
  '왕돈까스 9,900원',
  '갓 구운 빵 굽는 냄새, 빨리 오세요',
  '깻잎 듬뿍 닭갈비 볶음밥',
  '엄마 손맛 그대로',
  '진한 에스프레소 한 잔의 여유',
  '짬뽕 한 그릇에 바다를 담았습니다',
  '평일 런치 세트 20% 할인',
  '꽉 찬 속재료, 씹을수록 맛있는 꼬막비빔밥',
  '겨울밤엔 역시 뜨거운 쌀국수',
  '봄날의 브런치, 달콤한 프렌치토스트',
] as const;

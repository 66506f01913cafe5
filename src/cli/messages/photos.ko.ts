import type { photos as englishPhotos } from './photos.en.js';

export const photos: typeof englishPhotos = {
  commands: {
    photos: '사진에서 고치면 좋을 점을 알려 줍니다',
    advice: '광고를 만들기 전에 사진을 살펴봅니다. 아무것도 저장하지 않습니다',
  },
  files: '사진: JPEG, PNG, WebP, HEIC, AVIF',
  seen: (width, height, format) => `${width} x ${height}, ${format.toUpperCase()}`,
  good: '고칠 점이 없습니다',
  advice: {
    blurred: '사진이 흐립니다. 휴대폰을 고정하고 화면에서 음식을 한 번 눌러 초점을 맞춘 뒤 다시 찍어 주세요.',
    dark: '사진이 어둡습니다. 창가나 더 밝은 곳에서 다시 찍어 주세요.',
    bright: '하얗게 날아간 부분이 많습니다. 화면에서 밝은 곳을 눌러 밝기를 낮춘 뒤 다시 찍어 주세요.',
    small: '사진이 작아서 늘려 써야 합니다. 메신저로 받은 사진 말고 원본을 올려 주세요.',
    small_dish: '사진 속 음식이 작습니다. 더 가까이에서 찍거나 원본을 올려 주세요.',
    no_dish: '음식이 배경과 잘 구분되지 않습니다. 깔끔한 식탁 위에 그릇 전체가 보이게 찍어 주세요.',
    dish_cut: '음식이 사진 가장자리에 닿아 있습니다. 한 걸음 물러나 그릇 전체가 나오게 찍어 주세요.',
  },
};

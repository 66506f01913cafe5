import type { brands as englishBrands } from './brands.en.js';

const change = (shift: number): string =>
  shift === 0 ? '그대로' : `${Math.abs(Math.round(shift * 100))}% ${shift > 0 ? '밝게' : '어둡게'}`;

export const brands: typeof englishBrands = {
  commands: {
    brands: '이미지와 게시글에 들어가는 가게 정보 (브랜드)',
    list: '모든 브랜드의 목록',
    show: '한 가게의 브랜드와, 글자와 함께 쓸 때의 색',
    set: '브랜드를 정합니다. 지정하지 않은 것은 그대로 두고, ""를 주면 지웁니다',
    logo: '로고를 올리거나 지웁니다',
  },
  options: {
    tenant: '가게 (테넌트 id)',
    limit: '최대 개수',
    name: '이미지에 넣을 가게 이름',
    colour: '대표 색, RRGGBB',
    secondColour: '보조 색, RRGGBB',
    handle: '인스타그램 계정, 예: @my.shop',
    phone: '전화번호',
    address: '주소',
    hours: '영업시간 (가게에서 쓰는 표현 그대로)',
    face: '디자인이 허용할 때 큰 글씨에 쓸 글꼴',
    logo: '배경이 투명한 PNG, 최대 2MB',
    remove: '로고를 지움',
  },
  fields: {
    name: '이름',
    logoUrl: '로고',
    colour: '대표 색',
    secondColour: '보조 색',
    handle: '인스타그램',
    phone: '전화',
    address: '주소',
    hours: '영업시간',
    face: '글꼴',
  },
  nothing: '–',
  columns: ['테넌트', '이름', '대표 색', '인스타그램', '전화'],
  none: '등록된 브랜드가 없습니다.',
  fileOrRemove: '로고 파일과 --remove 중 하나만 지정하세요.',
  noFile: (file, why) => `${file} 파일을 읽을 수 없습니다 (${why}).`,
  inUse: (field, { text, ground }) =>
    `${field}을 흰 바탕의 글자로 쓸 때: ${text.colour} (${change(text.shift)}, 대비 ${text.contrast.toFixed(1)}). ` +
    `글자 뒤의 바탕으로 쓸 때: ${ground.colour} (${change(ground.shift)}, 대비 ${ground.contrast.toFixed(1)})`,
};

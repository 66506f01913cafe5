import type { Brief } from '../brief/brief.js';
import { sharp } from '../imaging/sharp.js';
import { type Random, seededRandom } from './random.js';
import { drawBibimbap } from './sample-dishes/bibimbap.js';
import { drawKimchiStew } from './sample-dishes/kimchi-stew.js';
import { TABLE } from './sample-dishes/strokes.js';
import { drawTable, type TableStyle } from './sample-dishes/table.js';
import { drawTteokbokki } from './sample-dishes/tteokbokki.js';

interface SampleDish {
  name: string;
  koreanName: string;
  /** What its shop would say of it. */
  brief: Brief;
  draw(random: Random): string;
  table: TableStyle;
}

const DISHES: SampleDish[] = [
  {
    name: 'bibimbap',
    koreanName: '돌솥비빔밥',
    brief: {
      dish: '돌솥비빔밥',
      line: '지글지글 돌솥에 담은 여섯 가지 나물',
      price: '11,000원',
      note: '포장 됩니다',
    },
    draw: drawBibimbap,
    table: { wood: '#c08a52', seam: '#5a3617', planks: 4 },
  },
  {
    name: 'kimchi stew',
    koreanName: '김치찌개',
    brief: {
      dish: '김치찌개',
      line: '묵은지로 푹 끓인 얼큰한 한 뚝배기',
      price: '9,000원',
      offer: '공깃밥 무한리필',
      period: '평일 점심 11시–14시',
    },
    draw: drawKimchiStew,
    table: { wood: '#d9b98c', seam: '#8a6436', planks: 5 },
  },
  {
    name: 'tteokbokki',
    koreanName: '떡볶이',
    brief: {
      dish: '떡볶이',
      line: '쫄깃한 쌀떡에 매콤달콤한 양념',
      price: '4,500원',
      priceWas: '5,500원',
      period: '이번 주말까지',
      callToAction: '오늘 간식으로 들러 보세요',
    },
    draw: drawTteokbokki,
    table: { wood: '#5f7f86', seam: '#26383c', planks: 4 },
  },
];

/** Dishes for trying the system without a photo of one's own. */
export const SAMPLE_DISHES: { name: string; koreanName: string; brief: Brief }[] = DISHES.map(
  ({ name, koreanName, brief }) => ({ name, koreanName, brief }),
);

/**
 * Draws one of the sample dishes as a 1200 x 1200 JPEG; the same index always gives the same picture.
 * @throws RangeError when there is no dish with that index.
 */
export async function drawSampleDish(index: number): Promise<Buffer> {
  const dish = DISHES[index];
  if (dish === undefined) throw new RangeError(`There is no sample dish ${index}; choose 0 to ${DISHES.length - 1}.`);
  const random = seededRandom(dish.name);
  const table = await drawTable(random, dish.table);
  const food = svg(dish.draw(random));
  return sharp(table)
    .composite([
      { input: food },
      { input: svg(LIGHT), blend: 'soft-light' },
      { input: svg(VIGNETTE), blend: 'multiply' },
      { input: await fineNoise(random), tile: true, blend: 'soft-light' },
    ])
    .removeAlpha()
    .modulate({ saturation: 1.06 })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

const svg = (body: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${TABLE}" height="${TABLE}">${body}</svg>`);

const LIGHT =
  '<defs><radialGradient id="l" cx="0.3" cy="0.24" r="0.85"><stop offset="0" stop-color="#fff" stop-opacity="0.7"/>' +
  '<stop offset="0.55" stop-color="#fff" stop-opacity="0.1"/><stop offset="1" stop-color="#000" stop-opacity="0.45"/></radialGradient></defs>' +
  '<rect width="100%" height="100%" fill="url(#l)"/>';

const VIGNETTE =
  '<defs><radialGradient id="v" cx="0.48" cy="0.46" r="0.75"><stop offset="0.55" stop-color="#fff"/>' +
  '<stop offset="1" stop-color="#8a7a6a"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#v)"/>';

/** The unevenness of real surfaces; without it everything looks like plastic. */
async function fineNoise(random: Random): Promise<Buffer> {
  const side = 300;
  const noise = Buffer.alloc(side * side);
  for (let i = 0; i < noise.length; i++) noise[i] = 128 + (random.next() + random.next() - 1) * 34;
  return sharp(noise, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('srgb')
    .png()
    .toBuffer();
}

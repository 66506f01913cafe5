import { sharp } from '../../src/imaging/sharp.js';
import { seededRandom } from '../../src/generation/random.js';

/** A drawn stand-in for a dish as Korean tables know it; what was drawn is the truth about where the dish is. */
export interface DrawnDish {
  name: string;
  photo: Buffer;
  /** 1 byte a pixel, 255 = dish, size of the photo. */
  truth: { width: number; height: number; data: Uint8Array };
}

const WIDTH = 1200;
const HEIGHT = 900;

export interface Sketch {
  name: string;
  table: string;
  /** Drawn on the table but no dish. */
  beside?: string;
  /** Everything of the dish; its silhouette is the truth. */
  dish: string;
  /** Drawn over the dish; whatever of it leaves the dish must be in `dish` too. */
  food: string;
  /** Of the shadow, 0..1. */
  shade?: number;
}

export const crumbs = (
  seed: string,
  count: number,
  field: { cx: number; cy: number; rx: number; ry: number },
  colours: [string, ...string[]],
): string => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const [angle, out] = [random.between(0, 2 * Math.PI), Math.sqrt(random.next()) * 0.92];
    const [x, y] = [field.cx + Math.cos(angle) * out * field.rx, field.cy + Math.sin(angle) * out * field.ry];
    return `<ellipse cx="${x.toFixed(0)}" cy="${y.toFixed(0)}" rx="${random.between(10, 34).toFixed(0)}" ry="${random.between(8, 22).toFixed(0)}" transform="rotate(${random.between(0, 180).toFixed(0)} ${x.toFixed(0)} ${y.toFixed(0)})" fill="${random.pick(colours)}"/>`;
  }).join('');
};

export const ellipse = (cx: number, cy: number, rx: number, ry: number, paint: string): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" ${paint}/>`;

const SKETCHES: Sketch[] = [
  {
    name: 'black stone pot',
    table: '#b98551',
    beside: '<rect x="60" y="200" width="26" height="560" rx="10" fill="#8d8f92"/>',
    dish: ellipse(600, 450, 330, 318, 'fill="#1c1a1a"'),
    food:
      ellipse(600, 446, 274, 262, 'fill="#d8c7a0"') +
      crumbs('pot', 90, { cx: 600, cy: 446, rx: 262, ry: 250 }, [
        '#c8321c',
        '#3f7d2c',
        '#f0b429',
        '#7a4a26',
        '#efe6d2',
      ]),
  },
  {
    name: 'stew in a ttukbaegi',
    table: '#d8c3a0',
    dish: '<path d="M300 380 C300 250 900 250 900 380 C900 610 800 720 600 720 C400 720 300 610 300 380Z" fill="#3a2a22"/><rect x="262" y="360" width="70" height="56" rx="22" fill="#3a2a22"/><rect x="868" y="360" width="70" height="56" rx="22" fill="#3a2a22"/>',
    food:
      ellipse(600, 380, 262, 92, 'fill="#a32414"') +
      crumbs('stew', 46, { cx: 600, cy: 380, rx: 240, ry: 78 }, ['#f3ead8', '#3f7d2c', '#d9481f', '#701408']),
  },
  {
    name: 'many small side dishes',
    table: '#8a5a34',
    dish: [
      [250, 230],
      [600, 210],
      [950, 240],
      [240, 650],
      [610, 670],
      [960, 640],
    ]
      .map(([x, y]) => ellipse(x as number, y as number, 140, 132, 'fill="#f3f0ea"'))
      .join(''),
    food: [
      [250, 230, '#c8321c'],
      [600, 210, '#3f7d2c'],
      [950, 240, '#e8d9a8'],
      [240, 650, '#7a4a26'],
      [610, 670, '#d9481f'],
      [960, 640, '#f0b429'],
    ]
      .map(
        ([x, y, colour], i) =>
          ellipse(x as number, y as number, 96, 88, `fill="${colour}"`) +
          crumbs(`side${i}`, 12, { cx: x as number, cy: y as number, rx: 84, ry: 76 }, [
            colour as string,
            '#5a3617',
            '#efe6d2',
          ]),
      )
      .join(''),
  },
  {
    name: 'a grill',
    table: '#6e6258',
    dish: '<rect x="230" y="190" width="740" height="520" rx="60" fill="#24262a"/>',
    food:
      Array.from(
        { length: 15 },
        (_, i) => `<rect x="${262 + i * 46}" y="220" width="14" height="460" fill="#4b4f57"/>`,
      ).join('') +
      crumbs('grill', 26, { cx: 600, cy: 450, rx: 310, ry: 210 }, ['#a8553a', '#c9785a', '#7a2f1c', '#e2b8a0']),
  },
  {
    name: 'a long fish plate',
    table: '#caa678',
    beside: ellipse(1090, 140, 84, 80, 'fill="#e9e4d8"'),
    dish: '<rect x="130" y="330" width="940" height="300" rx="150" fill="#42566b"/>',
    food:
      '<path d="M230 480C360 370 700 380 860 470L960 410L950 560L860 500C700 600 360 600 230 480Z" fill="#b9a48c"/><path d="M300 476C420 420 680 424 830 474" stroke="#6f5a44" stroke-width="18" fill="none"/>' +
      crumbs('fish', 14, { cx: 560, cy: 486, rx: 250, ry: 60 }, ['#8a6f55', '#d8c6ae', '#5d4a38']),
  },
];

const svg = (body: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${body}</svg>`);

/** Grain, a lamp from the upper left and a soft shadow: flat colours would be too easy. */
const LIGHT =
  '<defs><radialGradient id="l" cx="0.25" cy="0.15" r="1.1"><stop offset="0" stop-color="#fff" stop-opacity="0.35"/><stop offset="1" stop-color="#000" stop-opacity="0.35"/></radialGradient></defs><rect width="100%" height="100%" fill="url(#l)"/>';

/** A photo of the sketch with grain, light and a shadow, and the silhouette of its dish. */
export async function drawDish({ name, table, beside = '', dish, food, shade = 0.5 }: Sketch): Promise<DrawnDish> {
  const random = seededRandom(name);
  const noise = Buffer.alloc(WIDTH * HEIGHT);
  for (let i = 0; i < noise.length; i++) noise[i] = 128 + (random.next() + random.next() - 1) * 60;
  const grain = await sharp(noise, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .toColourspace('srgb')
    .png()
    .toBuffer();
  const wood = Array.from(
    { length: 7 },
    (_, i) => `<rect y="${i * 130}" width="100%" height="3" fill="#000" fill-opacity="0.28"/>`,
  ).join('');
  const shadow = `<defs><filter id="b"><feGaussianBlur stdDeviation="16"/></filter></defs><g transform="translate(16 22)" opacity="${shade}" filter="url(#b)">${dish.replaceAll(/fill="[^"]*"/g, 'fill="#000"')}</g>`;
  const photo = await sharp(
    svg(`<rect width="100%" height="100%" fill="${table}"/>${wood}${beside}${shadow}${dish}${food}`),
  )
    .composite([
      { input: svg(LIGHT), blend: 'soft-light' },
      { input: grain, blend: 'soft-light' },
    ])
    .removeAlpha()
    .blur(0.8)
    .jpeg({ quality: 88 })
    .toBuffer();
  const data = await sharp(svg(`<rect width="100%" height="100%"/>${dish.replaceAll(/fill="[^"]*"/g, 'fill="#fff"')}`))
    .greyscale()
    .threshold(128)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return { name, photo, truth: { width: WIDTH, height: HEIGHT, data } };
}

export const drawnKoreanDishes = (): Promise<DrawnDish[]> => Promise.all(SKETCHES.map(drawDish));

import { crumbs, type DrawnDish, drawDish, ellipse, type Sketch } from './korean-dishes.js';

/*
 * Drawn scenes that tempt a cut-out into a wrong cut, each in its own way, and clear dishes that it has no reason to
 * refuse. What was drawn is the truth; a scene may be refused, but what is cut must be the whole dish and nothing else.
 */

const WHITE = 'fill="#f2efe8"';
const stew: [string, ...string[]] = ['#c8321c', '#f0b429', '#7a4a26', '#d9481f', '#efe6d2'];

const plate = (cx: number, cy: number, rx: number, ry: number, paint = WHITE): string => ellipse(cx, cy, rx, ry, paint);
const inPlate = (name: string, cx: number, cy: number, rx: number, ry: number): string =>
  ellipse(cx, cy, rx, ry, 'fill="#b5521f"') + crumbs(name, 60, { cx, cy, rx, ry }, stew);

const cake =
  '<path d="M430 250C470 200 520 230 560 210C620 190 680 215 740 240L770 560C700 610 500 610 430 560Z" fill="#d9a441"/>';
const buns = [
  [420, 330],
  [600, 270],
  [780, 330],
]
  .map(([cx, cy]) => ellipse(cx as number, cy as number, 105, 92, 'fill="#efe9dc"'))
  .join('');
const noodles = (seed: string): string =>
  crumbs(seed, 1500, { cx: 600, cy: 450, rx: 900, ry: 700 }, ['#e9dcb8', '#d8c48f', '#f3ead0', '#c9b078', '#efe2c0']);

const TEMPTING: Sketch[] = [
  {
    name: 'noodles from edge to edge',
    table: '#d8c48f',
    dish: '',
    food: noodles('noodles'),
  },
  {
    name: 'a cake that stands above its plate',
    table: '#4a3a34',
    dish: plate(600, 520, 430, 220) + cake,
    food: cake + crumbs('cake', 40, { cx: 600, cy: 420, rx: 130, ry: 150 }, ['#c98f2e', '#e6bb62', '#b57d22']),
  },
  {
    name: 'buns that stand above their plate',
    table: '#3c4a63',
    dish: plate(600, 500, 440, 230, 'fill="#e4e0ee"') + buns,
    food: buns + inPlate('filling', 600, 540, 180, 80),
  },
  {
    name: 'two plates that touch',
    table: '#5b3d28',
    dish: plate(340, 450, 270, 250) + plate(860, 450, 270, 250),
    food: inPlate('left', 340, 450, 190, 170) + ellipse(860, 450, 190, 170, 'fill="#3f7d2c"'),
  },
  {
    name: 'a second plate behind',
    table: '#5b3d28',
    beside: plate(860, 170, 230, 130) + ellipse(860, 160, 160, 80, 'fill="#3f7d2c"'),
    dish: plate(560, 520, 360, 300),
    food: inPlate('front', 560, 510, 240, 190),
  },
  {
    name: 'a tall glass',
    table: '#8a6a4a',
    beside: '<rect width="100%" height="420" fill="#cfd3d6"/>',
    dish: '<path d="M470 110L730 110L690 800L510 800Z" fill="#dfe3da"/>',
    food: '<path d="M478 240L722 240L692 780L508 780Z" fill="#c9a24a"/>',
  },
  {
    name: 'a cup with a handle',
    table: '#7a5a3e',
    dish:
      ellipse(560, 460, 270, 260, WHITE) +
      '<path d="M790 380L960 350Q1010 345 1010 390L1010 470Q1010 515 960 510L800 490Z" fill="#f2efe8"/>',
    food: ellipse(560, 452, 225, 214, 'fill="#6b4020"'),
  },
  {
    name: 'a pan with a handle',
    table: '#cdb592',
    dish:
      ellipse(500, 470, 330, 320, 'fill="#232326"') +
      '<rect x="780" y="430" width="360" height="70" rx="30" fill="#232326"/>',
    food: inPlate('pan', 500, 464, 270, 260),
  },
  {
    name: 'a pot with two ears',
    table: '#e6e2da',
    dish:
      ellipse(600, 460, 310, 300, 'fill="#a88b4a"') +
      '<path d="M300 390C220 380 200 420 200 460C200 500 220 540 300 530L300 500C250 505 235 490 235 460C235 430 250 415 300 420Z" fill="#33312f"/>' +
      '<path d="M900 390C980 380 1000 420 1000 460C1000 500 980 540 900 530L900 500C950 505 965 490 965 460C965 430 950 415 900 420Z" fill="#33312f"/>',
    food: inPlate('paella', 600, 460, 285, 275),
  },
  {
    name: 'a bowl that the frame cuts',
    table: '#6e4a2e',
    dish: ellipse(600, 660, 430, 360, 'fill="#2f5d7c"'),
    food: inPlate('cut', 600, 650, 360, 290),
  },
  {
    name: 'a white plate on a white table',
    table: '#efece6',
    dish: plate(600, 450, 400, 330, 'fill="#f3f0ea"'),
    food: inPlate('white', 600, 450, 210, 170),
    shade: 0.08,
  },
  {
    name: 'a hand at the plate',
    table: '#3a3f45',
    beside:
      '<path d="M0 900L0 560C120 500 240 470 330 520C360 560 330 620 290 640C340 700 260 800 160 900Z" fill="#d9a688"/>',
    dish: plate(640, 450, 360, 320),
    food: inPlate('hand', 640, 450, 250, 210),
  },
  {
    name: 'a bowl with a hard shadow',
    table: '#c9d08a',
    beside: '<path d="M420 560C420 760 900 800 980 640L900 500Z" fill="#6d7238"/>',
    dish: '<path d="M300 380C300 240 900 240 900 380C900 560 780 680 600 680C420 680 300 560 300 380Z" fill="#8fc1b5"/>',
    food: inPlate('shadow', 600, 380, 262, 100),
    shade: 0.1,
  },
  {
    name: 'a blue bowl from the side',
    table: '#d9c9a8',
    dish: '<path d="M280 360C280 220 920 220 920 360C920 560 800 700 600 700C400 700 280 560 280 360Z" fill="#2f5d8c"/>',
    food: inPlate('blue', 600, 362, 285, 104),
  },
  {
    name: 'a spread on a board',
    table: '#9a7550',
    dish: '',
    food:
      inPlate('one', 250, 240, 170, 140) +
      ellipse(880, 220, 200, 150, 'fill="#3f7d2c"') +
      ellipse(300, 660, 210, 160, 'fill="#e8d9a8"') +
      inPlate('two', 860, 640, 230, 180),
  },
];

const CLEAR: Sketch[] = [
  {
    name: 'a white plate on dark wood',
    table: '#4b3020',
    dish: plate(600, 450, 400, 340),
    food: inPlate('wood', 600, 446, 260, 220),
  },
  {
    name: 'a plate with cutlery beside it',
    table: '#b98551',
    beside:
      '<rect x="90" y="180" width="30" height="560" rx="14" fill="#a9abae"/><rect x="1080" y="180" width="30" height="560" rx="14" fill="#a9abae"/>',
    dish: plate(600, 450, 380, 350, 'fill="#28506e"'),
    food: inPlate('cutlery', 600, 446, 270, 240),
  },
];

/** Each must be refused or cut whole. An empty truth means that nothing may be cut. */
export const temptingDishes = (): Promise<DrawnDish[]> => Promise.all(TEMPTING.map(drawDish));

/** Each must be cut. */
export const clearDishes = (): Promise<DrawnDish[]> => Promise.all(CLEAR.map(drawDish));

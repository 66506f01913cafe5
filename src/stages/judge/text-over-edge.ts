import { type Lab, rgbToLab } from '../../imaging/colour.js';
import { type Box, toPixels } from '../../imaging/geometry.js';
import type { Raster } from '../../imaging/picture.js';
import type { Rule } from './advertisement.js';
import { finding } from './finding.js';

/** Pixels along the shorter side of a text's box on which steps are looked for. */
const SHORT_SIDE = 36;
const LONG_SIDE = 400;
/** A step across a line is as large as this (CIE 76), or it is texture. */
const STEP = 9;
/** Distance over which a step must happen, in pixels of the search: a fade is no edge. */
const REACH = 1;
/** Share of a line that must be a step of the same kind: edges of paper and panels are straight, photos' seldom are. */
const STRAIGHT = 0.82;
/** Slopes of lines that are tried: paper is laid down askew. */
const SLOPES = [-0.12, -0.08, -0.04, 0, 0.04, 0.08, 0.12];
/** Lines closer to the side of the box than this share of its shorter side cut nothing off. */
const MARGIN = 0.1;

/** On paper, so much of the ground behind a text may be of another colour, and from this distance on it is another. */
const UNEVEN = { share: 0.06, distance: 15 };

/**
 * Text that begins on paper and ends on a photo, or crosses the edge of a panel, card or band. Looked for behind the
 * ink, in the picture before the text: a straight line across the whole box with another colour on each side, and, in
 * designs whose text stands on paper, anything else than that paper.
 * Measured: share of the line that is a step, or of the ground that is of another colour.
 */
export const textOverEdge: Rule = ({ before, texts, composition }) => {
  if (before === null) return [];
  const isOnPaper = composition?.textOnPhoto === false;
  return texts.flatMap(({ slot, box, badge }) => {
    if (badge !== null) return [];
    const colours = coloursBehind(before, box);
    const step = straightestStep(colours);
    if (step >= STRAIGHT) return [finding('text-over-edge', step, STRAIGHT, { slot, mend: 'another design' })];
    const other = isOnPaper ? otherGround(colours) : 0;
    if (other < UNEVEN.share) return [];
    return [finding('text-over-edge', other, UNEVEN.share, { slot, mend: 'another design' })];
  });
};

/** 0..1: of all lines across a box, the largest share that is a step. */
export const straightestStep = (colours: Colours): number =>
  Math.max(longestLine(colours), longestLine(turned(colours)));

/** Share of a box that is not of its commonest colour, by far. */
export function otherGround({ lab }: Colours): number {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] as number;
  const common: Lab = {
    l: middle(lab.map(({ l }) => l)),
    a: middle(lab.map(({ a }) => a)),
    b: middle(lab.map(({ b }) => b)),
  };
  return lab.filter((colour) => distance(colour, common) > UNEVEN.distance).length / lab.length;
}

const distance = (p: Lab, q: Lab): number => Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);

export interface Colours {
  width: number;
  height: number;
  lab: Lab[];
}

/** Means of equal cells: fine grain vanishes, edges stay. */
export function coloursBehind(picture: Raster, box: Box): Colours {
  const area = toPixels(box, picture.width, picture.height);
  const scale = Math.min(
    1,
    Math.max(SHORT_SIDE / Math.min(area.width, area.height), 0),
    LONG_SIDE / Math.max(area.width, area.height),
  );
  const width = Math.max(4, Math.round(area.width * scale));
  const height = Math.max(4, Math.round(area.height * scale));
  const lab: Lab[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) lab.push(meanOf(picture, area, x / width, y / height, 1 / width, 1 / height));
  }
  return { width, height, lab };
}

function meanOf({ data, width }: Raster, area: Box, x: number, y: number, across: number, down: number): Lab {
  const left = area.x + Math.floor(x * area.width);
  const top = area.y + Math.floor(y * area.height);
  const right = Math.max(left + 1, area.x + Math.floor((x + across) * area.width));
  const bottom = Math.max(top + 1, area.y + Math.floor((y + down) * area.height));
  let [r, g, b, count] = [0, 0, 0, 0];
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const at = (row * width + column) * 3;
      r += data[at] as number;
      g += data[at + 1] as number;
      b += data[at + 2] as number;
      count++;
    }
  }
  return rgbToLab({ r: r / count, g: g / count, b: b / count });
}

const turned = ({ width, height, lab }: Colours): Colours => ({
  width: height,
  height: width,
  lab: Array.from({ length: lab.length }, (_, i) => lab[(i % height) * width + Math.floor(i / height)] as Lab),
});

/** Lines from top to bottom, at every place and slope. */
function longestLine({ width, height, lab }: Colours): number {
  const margin = Math.max(2, Math.round(Math.min(width, height) * MARGIN));
  let longest = 0;
  for (const slope of SLOPES) {
    for (let from = margin; from < width - margin; from++) {
      let [lighter, darker, inside] = [0, 0, 0];
      for (let y = 0; y < height; y++) {
        const x = Math.round(from + (y - height / 2) * slope);
        if (x - REACH - 1 < 0 || x + REACH >= width) continue;
        inside++;
        const [a, b] = [lab[y * width + x - REACH - 1] as Lab, lab[y * width + x + REACH] as Lab];
        if (distance(a, b) < STEP) continue;
        if (b.l > a.l) lighter++;
        else darker++;
      }
      if (inside < height * 0.95) continue;
      longest = Math.max(longest, lighter / height, darker / height);
    }
  }
  return longest;
}

import type { Box } from '../../imaging/geometry.js';
import type { TextAreas } from '../../typography/text-areas.js';

/** A place a text could go, before anything is known about what it would cover. */
export interface Candidate {
  box: Box;
  source: string;
  /** Worth of the place in itself, 0..1. */
  base: number;
}

const place = (source: string, x: number, y: number, width: number, height: number, base: number): Candidate => ({
  box: { x, y, width, height },
  source,
  base,
});

/** The five places that suit most pictures. */
export const RULES: Candidate[] = [
  place('rule_top', 0.1, 0.05, 0.8, 0.18, 0.9),
  place('rule_bottom', 0.1, 0.82, 0.8, 0.18, 0.8),
  place('rule_left', 0.05, 0.1, 0.15, 0.8, 0.7),
  place('rule_right', 0.85, 0.1, 0.15, 0.8, 0.7),
  place('rule_center', 0.2, 0.1, 0.6, 0.2, 0.85),
];

/** The places that a design keeps for its texts, the headline's first. */
export const designedPlaces = ({ main, deal, foot }: TextAreas): Candidate[] =>
  [
    { name: 'main', area: main, base: 1 },
    { name: 'deal', area: deal, base: 0.9 },
    { name: 'foot', area: foot, base: 0.8 },
  ].flatMap(({ name, area, base }) => (area ? [{ box: area.box, source: `design_${name}`, base }] : []));

const GRID_SIZES: [width: number, height: number][] = [
  [0.8, 0.18],
  [0.6, 0.15],
  [0.5, 0.12],
  [0.7, 0.2],
  [0.9, 0.15],
  [0.65, 0.16],
];
const MARGIN = 0.03;

/** Boxes of usual sizes at corners, edges and middle, and just above and below what is forbidden. */
export function gridAround(forbidden: Box, least: { width: number; height: number }): Candidate[] {
  const sizes = GRID_SIZES.filter(([width, height]) => width >= least.width && height >= least.height);
  return sizes.flatMap(([width, height]) => {
    const xs: [string, number][] = [
      ['left', MARGIN],
      ['center', (1 - width) / 2],
      ['right', 1 - width - MARGIN],
    ];
    const ys: [string, number][] = [
      ['top', MARGIN],
      ['middle', (1 - height) / 2],
      ['bottom', 1 - height - MARGIN],
      ['above', forbidden.y - height - 0.02],
      ['below', forbidden.y + forbidden.height + 0.02],
    ];
    return ys
      .filter(([, y]) => y >= 0 && y + height <= 1)
      .flatMap(([row, y]) =>
        xs
          .filter(([, x]) => x >= 0)
          .map(([column, x]) =>
            place(`grid_${row}_${column}`, x, y, width, height, gridWorth({ x, y, width, height })),
          ),
      );
  });
}

/** Higher up and further left is better, larger a little better. */
const gridWorth = ({ x, y, width, height }: Box): number => Math.min(1, 1 - (0.3 * y + 0.1 * x) + 0.2 * width * height);

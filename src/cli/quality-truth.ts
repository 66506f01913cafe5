import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PhotoOnCanvas } from '../generation/provider.js';
import { largestFreeRectangle } from '../imaging/free-rectangle.js';
import type { Box } from '../imaging/geometry.js';
import type { Mask } from '../imaging/mask.js';

type Point = [x: number, y: number];

/** The dish as a person marked it, shares of the upright photo: our own mask cannot vouch for itself. */
export interface MarkedDish {
  box: [x: number, y: number, width: number, height: number];
  /** One polygon a plate. */
  outlines: Point[][];
}

const share = z.number().min(0).max(1);
const point = z.tuple([share, share]);
const file = z.record(
  z.string(),
  z.object({ box: z.tuple([share, share, share, share]), outlines: z.array(z.array(point).min(3)).min(1) }),
);

/** Marked dishes by the name of their photo's file. */
export const readMarkedDishes = async (path: string): Promise<Map<string, MarkedDish>> =>
  new Map(Object.entries(file.parse(JSON.parse(await readFile(path, 'utf8')))));

/** Cells of the truth's grid along each side of the canvas; one is two pixels of a generated picture. */
const SIDE = 540;
/** A headline needs this much room, as shares of the canvas, and so much to the frame: the planner's own limits. */
const HEADLINE = { width: 0.5, height: 0.12, frame: 0.03 };

/** Where the marked dish is on a picture that was generated from its photo. */
export interface DishOnCanvas {
  mask: Mask;
  box: Box;
}

export function dishOnCanvas({ outlines, box }: MarkedDish, { box: photo, window }: PhotoOnCanvas): DishOnCanvas {
  const onCanvas = ([x, y]: Point): Point => [photo.x + x * photo.width, photo.y + y * photo.height];
  const mask: Mask = { width: SIDE, height: SIDE, data: new Uint8Array(SIDE * SIDE) };
  for (const outline of outlines) fillPolygon(mask, outline.map(onCanvas), window);
  const [left, top] = onCanvas([box[0], box[1]]);
  const [right, bottom] = onCanvas([box[0] + box[2], box[1] + box[3]]);
  const x = Math.max(left, window.x);
  const y = Math.max(top, window.y);
  return {
    mask,
    box: {
      x,
      y,
      width: Math.min(right, window.x + window.width) - x,
      height: Math.min(bottom, window.y + window.height) - y,
    },
  };
}

/** Row by row between each pair of edges the row's middle crosses; nothing outside of the window. */
function fillPolygon({ width, height, data }: Mask, polygon: Point[], window: Box): void {
  const fromRow = Math.max(0, Math.round(window.y * height));
  const toRow = Math.min(height, Math.round((window.y + window.height) * height));
  for (let row = fromRow; row < toRow; row++) {
    const y = (row + 0.5) / height;
    const crossings = polygon
      .flatMap(([x1, y1], i) => {
        const [x2, y2] = polygon[(i + 1) % polygon.length] as Point;
        return y1 <= y !== y2 <= y ? [x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)] : [];
      })
      .sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.round(Math.max(crossings[i] as number, window.x, 0) * width);
      const to = Math.round(Math.min(crossings[i + 1] as number, window.x + window.width, 1) * width);
      if (to > from) data.fill(255, row * width + from, row * width + to);
    }
  }
}

/** Share of a box (shares of the canvas) that lies over the dish, 0..1. */
export function shareOverDish({ mask: { width, height, data } }: DishOnCanvas, box: Box): number {
  const left = Math.max(0, Math.floor(box.x * width));
  const right = Math.min(width, Math.ceil((box.x + box.width) * width));
  const top = Math.max(0, Math.floor(box.y * height));
  const bottom = Math.min(height, Math.ceil((box.y + box.height) * height));
  let over = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (data[y * width + x] !== 0) over++;
  return over / Math.max(1, (right - left) * (bottom - top));
}

/** Whether a headline could stand clear of the dish at all. */
export function hasFreeSpace({ mask: { width, height, data } }: DishOnCanvas): boolean {
  const taken = Uint8Array.from(data);
  const frame = Math.round(HEADLINE.frame * width);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (Math.min(x, y, width - 1 - x, height - 1 - y) < frame) taken[y * width + x] = 255;
  const least = { minWidth: HEADLINE.width * width, minHeight: HEADLINE.height * height };
  return largestFreeRectangle({ width, height, data: taken }, least) !== null;
}

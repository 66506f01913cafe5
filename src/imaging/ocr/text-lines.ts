import type { Box } from '../geometry.js';
import { findBlobs, type Mask } from '../mask.js';
import { otsuSplit } from '../otsu.js';

/** One channel, 0..255, row-major. */
export interface Grey {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Whether letters are lighter or darker than what they stand on. */
export type Polarity = 'light' | 'dark';

/** Weaker strokes than this (of 255) are texture or noise, not letters meant to be read. */
const LEAST_STROKE = 42;

/**
 * How far every pixel stands out as a thin light (or dark) stroke: the picture minus its morphological opening.
 * Areas wider than `reach` pixels vanish, however bright, so a photo or a gradient behind the letters does not count.
 */
export function strokeStrength(grey: Grey, polarity: Polarity, reach: number): Grey {
  const { width, height } = grey;
  const source = polarity === 'light' ? grey.data : grey.data.map((value) => 255 - value);
  const lowered = slide(slide(source, width, height, reach, 'min', true), width, height, reach, 'min', false);
  const opened = slide(slide(lowered, width, height, reach, 'max', true), width, height, reach, 'max', false);
  return { width, height, data: source.map((value, i) => value - (opened[i] as number)) };
}

/** Minimum or maximum over a centred window of `size` pixels along rows or columns. */
function slide(
  data: Uint8Array,
  width: number,
  height: number,
  size: number,
  pick: 'min' | 'max',
  alongRows: boolean,
): Uint8Array {
  const out = new Uint8Array(data.length);
  const half = size >> 1;
  const [lines, length, step, lineStep] = alongRows ? [height, width, 1, width] : [width, height, width, 1];
  const keeps = (candidate: number, other: number): boolean =>
    pick === 'min' ? candidate <= other : candidate >= other;
  const queue = new Int32Array(length);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let head = 0;
    let tail = 0;
    // A queue of positions whose values only get worse: its head is the answer for the window.
    for (let i = 0; i < length + half; i++) {
      if (i < length) {
        const value = data[start + i * step] as number;
        while (tail > head && keeps(value, data[start + (queue[tail - 1] as number) * step] as number)) tail--;
        queue[tail++] = i;
      }
      const centre = i - half;
      if (centre < 0) continue;
      while ((queue[head] as number) < centre - half) head++;
      out[start + centre * step] = data[start + (queue[head] as number) * step] as number;
    }
  }
  return out;
}

export interface TextLine {
  /** Tight box of the line's ink in pixels of the grey picture. */
  box: Box;
  /** Stroke strength from which a pixel counts as ink. */
  threshold: number;
  /** Number of ink pixels. */
  ink: number;
}

/** Lines of letters, top to bottom, in a picture of stroke strength; empty when nothing looks like writing. */
export function findTextLines(strokes: Grey): TextLine[] {
  const { width, height, data } = strokes;
  const strong = Float32Array.from(data.filter((value) => value >= 12));
  if (strong.length < 40) return [];
  const threshold = Math.max(LEAST_STROKE, otsuSplit(strong).threshold);
  const mask: Mask = { width, height, data: data.map((value) => (value >= threshold ? 255 : 0)) };
  const letters = lettersOnly(mask);
  const lines: TextLine[] = [];
  for (const [top, bottom] of inkedRows(letters)) {
    const tall = bottom - top + 1;
    const [left, right, ink] = columnsOf(letters, top, bottom);
    // A line of writing is wider than a stain and has room between its strokes.
    const cover = ink / ((right - left + 1) * tall);
    if (tall < 8 || right - left + 1 < tall * 0.6 || cover < 0.06 || cover > 0.85) continue;
    lines.push({ box: { x: left, y: top, width: right - left + 1, height: tall }, threshold, ink });
  }
  return lines;
}

/** Drops specks, and frames or edges that run through the region: letters do neither. */
function lettersOnly(mask: Mask): Mask {
  const data = new Uint8Array(mask.data.length);
  for (const blob of findBlobs(mask)) {
    const wide = blob.right - blob.left + 1;
    const tall = blob.bottom - blob.top + 1;
    const isSpeck = blob.pixels.length < 5;
    const isRule =
      wide > mask.width * 0.6 || tall > mask.height * 0.85 || (wide > tall * 12 && tall < mask.height * 0.06);
    if (isSpeck || isRule) continue;
    for (const i of blob.pixels) data[i] = 255;
  }
  return { ...mask, data };
}

/** Runs of rows that hold ink. Rows with next to nothing count as gaps, and slim gaps inside a letter are bridged. */
function inkedRows(mask: Mask): [top: number, bottom: number][] {
  const counts = Array.from({ length: mask.height }, (_, y) => {
    let count = 0;
    for (let x = 0; x < mask.width; x++) if (mask.data[y * mask.width + x] !== 0) count++;
    return count;
  });
  const full = Math.max(...counts);
  const least = Math.max(1, full * 0.03);
  const runs: [number, number][] = [];
  counts.forEach((count, y) => {
    if (count < least) return;
    const last = runs.at(-1);
    if (last !== undefined && y - last[1] <= 2) last[1] = y;
    else runs.push([y, y]);
  });
  const tallest = Math.max(0, ...runs.map(([top, bottom]) => bottom - top + 1));
  const merged: [number, number][] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    const slim = Math.min(run[1] - run[0] + 1, last === undefined ? 0 : last[1] - last[0] + 1) < tallest * 0.35;
    if (last !== undefined && slim && run[0] - last[1] <= tallest * 0.16) last[1] = run[1];
    else merged.push(run);
  }
  return merged.filter(([top, bottom]) => bottom - top + 1 >= tallest * 0.3);
}

function columnsOf(mask: Mask, top: number, bottom: number): [left: number, right: number, ink: number] {
  let left = mask.width;
  let right = -1;
  let ink = 0;
  for (let y = top; y <= bottom; y++) {
    for (let x = 0; x < mask.width; x++) {
      if (mask.data[y * mask.width + x] === 0) continue;
      ink++;
      if (x < left) left = x;
      if (x > right) right = x;
    }
  }
  return [left, right, ink];
}

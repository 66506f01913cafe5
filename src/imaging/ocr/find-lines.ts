import { type Box, toPixels } from '../geometry.js';
import type { Raster } from '../picture.js';
import { sharp } from '../sharp.js';
import type { Passage } from './passage.js';
import { findTextLines, type Grey, type Polarity, strokeStrength, type TextLine } from './text-lines.js';

/** Width on which lines are looked for, in pixels. */
const SEARCH_WIDTH = 560;
/** Height of a line on which tightly boxed ones are looked for. */
const SEARCH_HEIGHT = 32;
/** Room around ink that is boxed tightly, as a share of a line's height: strokes are told from what is around them. */
const TIGHT_MARGIN = 0.16;

/** A line as it was found; its height in pixels of the search. */
export interface FoundLine extends TextLine {
  height: number;
}

/** Renders a line with letters of the given height, in pixels: black on white, PNG. */
export type PrepareLine = (letterHeight: number) => Promise<Buffer>;

export interface LineSize {
  width: number;
  height: number;
  margin: number;
}

/** What may be the lines of a passage, if letters are lighter, or darker, than their ground. */
export interface Guess {
  lines: FoundLine[];
  /** Where a passage's only line was said to be; null when it has more, or its place is not known that well. */
  only: Box | null;
  prepare(line: FoundLine, letterHeight: number): Promise<Buffer>;
  /** The line as it is in the picture: its ink scaled to `width` x `height` pixels, with `margin` more on every side. */
  cut(ink: Box, size: LineSize): Promise<Grey>;
}

/** The likelier polarity first; empty when nothing looks like writing. */
export async function findLines(picture: Raster, passage: Passage): Promise<Guess[]> {
  const { area, ink } = areaOf(picture, passage);
  const grey = await upright(greyOf(picture, area), passage.turn ?? 0);
  const lineHeight = ink === null ? null : ink.height / (passage.lines ?? 1);
  const search = await scaled(
    grey,
    Math.min(1, lineHeight === null ? SEARCH_WIDTH / grey.width : SEARCH_HEIGHT / lineHeight),
  );
  const scale = grey.width / search.width;
  const letters = lineHeight === null ? search.height * 0.62 : (lineHeight / scale) * 1.1;
  return (['light', 'dark'] as const)
    .map((polarity) => {
      const strokes = strokeStrength(search, polarity, reachFor(letters));
      const all = findTextLines(strokes);
      // Around tight ink there is only what belongs to other texts.
      const lines = ink === null ? all : all.filter(({ box }) => isInside(box, ink, scale));
      return {
        lines: lines.map((line) => ({ ...line, height: line.box.height })),
        only: ink !== null && passage.lines === 1 ? shrunk(ink, scale) : null,
        // Ink times its strength: real letters are drawn to be seen.
        weight: lines.reduce((sum, line) => sum + line.ink * line.threshold, 0),
        prepare: (line: FoundLine, letterHeight: number) => prepareLine(grey, scale, polarity, line, letterHeight),
        cut: (box: Box, size: LineSize) => cutLine(grey, scale, box, size),
      };
    })
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => b.weight - a.weight);
}

/** Pixels to look at, and where in them the ink is known to be. */
function areaOf(picture: Raster, { box, lines, turn }: Passage): { area: Box; ink: Box | null } {
  const area = toPixels(box, picture.width, picture.height);
  if (lines === null) return { area, ink: null };
  const margin = Math.max(4, Math.round((area.height / lines) * TIGHT_MARGIN));
  const [left, top] = [Math.max(0, area.x - margin), Math.max(0, area.y - margin)];
  const wide = {
    x: left,
    y: top,
    width: Math.min(picture.width, area.x + area.width + margin) - left,
    height: Math.min(picture.height, area.y + area.height + margin) - top,
  };
  // The box of turned ink says little about its lines.
  const ink = turn ? null : { ...area, x: area.x - left, y: area.y - top };
  return { area: wide, ink };
}

const shrunk = ({ x, y, width, height }: Box, scale: number): Box => ({
  x: x / scale,
  y: y / scale,
  width: width / scale,
  height: height / scale,
});

/** Whether most of a line lies in the ink's rows. */
function isInside(line: Box, ink: Box, scale: number): boolean {
  const top = Math.max(line.y * scale, ink.y);
  const bottom = Math.min((line.y + line.height) * scale, ink.y + ink.height);
  return bottom - top >= line.height * scale * 0.6;
}

const reachFor = (letterHeight: number): number => Math.max(5, Math.round(letterHeight * 0.3)) | 1;

/** One line as the recogniser likes it: letters of one height, black on white, with a white margin. */
async function prepareLine(
  grey: Grey,
  scale: number,
  polarity: Polarity,
  line: TextLine,
  letterHeight: number,
): Promise<Buffer> {
  const margin = line.box.height * 0.28;
  const x = Math.max(0, Math.floor((line.box.x - margin) * scale));
  const y = Math.max(0, Math.floor((line.box.y - margin * 0.4) * scale));
  const crop = cropOf(grey, {
    x,
    y,
    width: Math.min(grey.width - x, Math.ceil((line.box.width + 2 * margin) * scale)),
    height: Math.min(grey.height - y, Math.ceil((line.box.height + 0.8 * margin) * scale)),
  });
  const sized = await scaled(crop, letterHeight / (line.box.height * scale));
  const strokes = strokeStrength(sized, polarity, reachFor(letterHeight));
  // Soft edges are kept: black where the stroke is surely ink, grey where it fades.
  const full = Math.max(1, line.threshold * 1.5);
  const page = strokes.data.map(
    (value) => 255 - Math.min(255, Math.max(0, ((value - full * 0.3) / (full * 0.6)) * 255)),
  );
  return sharp(page, { raw: { width: strokes.width, height: strokes.height, channels: 1 } })
    .extend({ top: 16, bottom: 16, left: 20, right: 20, background: '#ffffff' })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

async function cutLine(grey: Grey, scale: number, ink: Box, { width, height, margin }: LineSize): Promise<Grey> {
  const [across, down] = [(ink.width * scale) / width, (ink.height * scale) / height];
  const x = Math.round(ink.x * scale - margin * across);
  const y = Math.round(ink.y * scale - margin * down);
  const wanted = {
    width: Math.max(1, Math.round((width + 2 * margin) * across)),
    height: Math.max(1, Math.round((height + 2 * margin) * down)),
  };
  return resized(cropOf(grey, { x, y, ...wanted }), width + 2 * margin, height + 2 * margin);
}

/** Rec. 709 luma of a part of a picture (pixels). */
export function greyOf({ data, width }: Raster, area: Box): Grey {
  const grey = new Uint8Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    let from = ((area.y + y) * width + area.x) * 3;
    for (let x = 0; x < area.width; x++, from += 3) {
      grey[y * area.width + x] = Math.round(
        0.2126 * (data[from] as number) + 0.7152 * (data[from + 1] as number) + 0.0722 * (data[from + 2] as number),
      );
    }
  }
  return { width: area.width, height: area.height, data: grey };
}

/** What lies beyond the edge is taken for more of the edge. */
function cropOf({ data, width, height }: Grey, area: Box): Grey {
  const crop = new Uint8Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    const row = Math.min(height - 1, Math.max(0, area.y + y)) * width;
    for (let x = 0; x < area.width; x++) {
      crop[y * area.width + x] = data[row + Math.min(width - 1, Math.max(0, area.x + x))] as number;
    }
  }
  return { width: area.width, height: area.height, data: crop };
}

const rawOf = ({ data, width, height }: Grey) => sharp(data, { raw: { width, height, channels: 1 } });

const scaled = (grey: Grey, factor: number): Promise<Grey> =>
  resized(grey, Math.max(1, Math.round(grey.width * factor)), Math.max(1, Math.round(grey.height * factor)));

async function resized(grey: Grey, width: number, height: number): Promise<Grey> {
  if (width === grey.width && height === grey.height) return grey;
  return asGrey(rawOf(grey).resize(width, height, { fit: 'fill' }));
}

/** Writing turned clockwise by `turn` degrees as if it had not been. */
async function upright(grey: Grey, turn: number): Promise<Grey> {
  if (turn === 0) return grey;
  const middle = grey.data[(grey.height >> 1) * grey.width] as number;
  return asGrey(rawOf(grey).rotate(-turn, { background: { r: middle, g: middle, b: middle } }));
}

async function asGrey(picture: ReturnType<typeof sharp>): Promise<Grey> {
  const { data, info } = await picture.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

import { luminanceContrast, relativeLuminance } from '../contrast.js';
import type { LoadedFont } from '../fonts.js';
import type { Box } from '../geometry.js';
import { inkOfLine } from '../line-ink.js';
import type { Raster } from '../picture.js';
import { findLines, type Guess } from './find-lines.js';
import type { Passage } from './passage.js';
import type { Grey } from './text-lines.js';

/** Height at which shapes are compared, in pixels. */
const HEIGHT = 40;
/** A character may stand so far from where its line would have it: letter spacing, and boxes found to a pixel. */
const SHIFT = { x: 5, y: 3 };
/** From this correlation on (0..1) the strokes are the character's own; letters out of focus and strangers stay below. */
const SAME_SHAPE = 0.8;
/** WCAG contrast of strokes and what is between them; below, nobody reads them however exact their shape. */
const LEAST_CONTRAST = 2;

/**
 * Which characters stand in a picture as their face draws them, line by line; blanks count as seen. Second evidence
 * beside reading, for faces that people read and recognisers do not: shape and contrast are compared, nothing is read.
 * All false when the picture does not show as many lines.
 */
export async function seenCharacters(
  picture: Raster,
  passage: Passage,
  drawn: string[],
  font: LoadedFont,
): Promise<boolean[][]> {
  let best = drawn.map((line) => [...line].map(() => false));
  const models = await Promise.all(drawn.map((line) => drawModel(line, font)));
  for (const guess of await findLines(picture, { ...passage, lines: drawn.length })) {
    const places = [guess.lines.map(({ box }) => box), guess.only ? [guess.only] : []];
    for (const boxes of places.filter(({ length }) => length === drawn.length)) {
      const seen = await Promise.all(
        boxes.map((box, i) => seenInLine(guess, box, drawn[i] as string, models[i] ?? null)),
      );
      if (countOf(seen) > countOf(best)) best = seen;
    }
  }
  return best;
}

const countOf = (seen: boolean[][]): number => seen.flat().filter(Boolean).length;

async function seenInLine(guess: Guess, box: Box, text: string, model: Model | null): Promise<boolean[]> {
  if (!model) return [...text].map(() => false);
  const shown = await guess.cut(box, { width: model.ink.width, height: model.ink.height, margin: SHIFT.x });
  return [...text].map(
    (character, i) =>
      /\s/u.test(character) || isSeen(shown, model.ink, model.starts[i] as number, model.starts[i + 1] as number),
  );
}

interface Model {
  /** Coverage of the line's tight ink, 0..255. */
  ink: Grey;
  /** Where each character's cell begins, and the last one's end, in pixels from the ink's left. */
  starts: number[];
}

/** Null when the face draws nothing for the text. */
async function drawModel(text: string, font: LoadedFont): Promise<Model | null> {
  const fontSize = HEIGHT * 1.1;
  const ink = await inkOfLine(text, font, fontSize);
  if (ink === null) return null;
  const characters = [...text];
  const starts = [...characters, ''].map((_, i) => font.widthOf(characters.slice(0, i).join('')) * fontSize - ink.left);
  return { ink, starts };
}

/** `shown` is the picture around the line, `SHIFT.x` pixels larger than the model on every side. */
function isSeen(shown: Grey, model: Grey, from: number, to: number): boolean {
  const left = Math.max(0, Math.floor(from) - 1);
  const right = Math.min(model.width, Math.ceil(to) + 1);
  if (right - left < 2) return true;
  let best = { correlation: 0, dx: 0, dy: 0 };
  for (let dy = -SHIFT.y; dy <= SHIFT.y; dy++) {
    for (let dx = -SHIFT.x; dx <= SHIFT.x; dx++) {
      const correlation = Math.abs(correlate(shown, model, { left, right, dx, dy }));
      if (correlation > best.correlation) best = { correlation, dx, dy };
    }
  }
  if (best.correlation < SAME_SHAPE) return false;
  return contrastOf(shown, model, { left, right, dx: best.dx, dy: best.dy }) >= LEAST_CONTRAST;
}

interface Place {
  left: number;
  right: number;
  dx: number;
  dy: number;
}

/** Pearson's correlation of coverage and luma over one cell. */
function correlate(shown: Grey, model: Grey, { left, right, dx, dy }: Place): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let y = 0; y < model.height; y++) {
    const row = (y + SHIFT.x + dy) * shown.width + SHIFT.x + dx;
    for (let x = left; x < right; x++) {
      const p = model.data[y * model.width + x] as number;
      const q = shown.data[row + x] as number;
      n++;
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const spread = (aa - (a * a) / n) * (bb - (b * b) / n);
  return spread <= 0 ? 0 : (ab - (a * b) / n) / Math.sqrt(spread);
}

/** WCAG contrast of the cell's strokes with its ground, by luma. */
function contrastOf(shown: Grey, model: Grey, { left, right, dx, dy }: Place): number {
  const [ink, ground] = [
    { sum: 0, count: 0 },
    { sum: 0, count: 0 },
  ];
  for (let y = 0; y < model.height; y++) {
    const row = (y + SHIFT.x + dy) * shown.width + SHIFT.x + dx;
    for (let x = left; x < right; x++) {
      const coverage = model.data[y * model.width + x] as number;
      const side = coverage > 200 ? ink : coverage < 30 ? ground : null;
      if (!side) continue;
      side.sum += shown.data[row + x] as number;
      side.count++;
    }
  }
  if (ink.count === 0 || ground.count === 0) return 1;
  const [p, q] = [ink, ground].map(({ sum, count }) => luminanceOf(sum / count)) as [number, number];
  return luminanceContrast(p, q);
}

const luminanceOf = (grey: number): number => relativeLuminance({ r: grey, g: grey, b: grey });

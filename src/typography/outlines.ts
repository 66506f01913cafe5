import { type FontFace, loadFont } from '../imaging/fonts.js';
import type { Box } from '../imaging/geometry.js';
import { faceFor, faceOfText } from './drawable-text.js';
import type { CanvasSize } from './text-areas.js';

interface Run {
  face: FontFace;
  text: string;
}

/** The text in runs of one face each; signs that the face lacks come from a fallback. */
function runsOf(text: string, wished: FontFace): Run[] {
  const face = faceOfText(text, wished);
  const runs: Run[] = [];
  for (const character of text) {
    const own = /\s/u.test(character) ? face : (faceFor(character, face) ?? face);
    const last = runs.at(-1);
    if (last?.face === own) last.text += character;
    else runs.push({ face: own, text: character });
  }
  return runs;
}

const widths = new Map<string, number>();
const MOST_REMEMBERED = 20_000;

/** Advance width of one line at 1 px, fallbacks included. The same words are measured for many line breaks. */
export function widthOf(text: string, face: FontFace): number {
  const key = `${face} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const width = runsOf(text, face).reduce((sum, run) => sum + loadFont(run.face).widthOf(run.text), 0);
  if (widths.size >= MOST_REMEMBERED) widths.clear();
  widths.set(key, width);
  return width;
}

/** One line's outlines from its baseline's start, in pixels, and the box of its ink. */
export function outlineOf(
  text: string,
  face: FontFace,
  at: { x: number; baseline: number },
  fontSize: number,
): { path: string; box: Box } {
  let { x } = at;
  const paths: string[] = [];
  let box: Box | undefined;
  for (const run of runsOf(text, face)) {
    const font = loadFont(run.face);
    const outline = font.outlineOf(run.text, x, at.baseline, fontSize);
    if (outline.path !== '') {
      paths.push(outline.path);
      box = box ? unionOf(box, outline.box) : outline.box;
    }
    x += font.widthOf(run.text) * fontSize;
  }
  return { path: paths.join(''), box: box ?? { x: at.x, y: at.baseline, width: 0, height: 0 } };
}

/** The smallest box around both. */
export function unionOf(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Whole pixels inside the canvas. */
export function onCanvas(box: Box, { width, height }: CanvasSize): Box {
  const x = Math.max(0, Math.floor(box.x));
  const y = Math.max(0, Math.floor(box.y));
  return {
    x,
    y,
    width: Math.max(1, Math.min(width, Math.ceil(box.x + box.width)) - x),
    height: Math.max(1, Math.min(height, Math.ceil(box.y + box.height)) - y),
  };
}

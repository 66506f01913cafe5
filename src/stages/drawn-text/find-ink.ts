import type { Rgb } from '../../imaging/contrast.js';
import { otsuSplit } from '../../imaging/otsu.js';
import { type Grey, strokeStrength } from '../../imaging/ocr/text-lines.js';

/** A channel may differ so much from the recorded text colour and still be that colour. */
const SAME_COLOUR = 28;
/** A pixel that differs so much from the background picture was drawn. */
const WAS_DRAWN = 24;
/** Ink covers at least and at most this share of its region; outside of it the colour found is not the text's. */
const INK_SHARE = { least: 0.002, most: 0.5 };
/** Widest stroke of a letter, as a share of the region's shorter side; what is wider is a plate or another photo. */
const WIDEST_STROKE = 0.3;
/** Of 255, after what was drawn is spread over the whole range. */
const LEAST_STROKE = 42;

/** RGB, 3 bytes a pixel. */
export interface Sample {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Ink {
  /** 1 where a letter is. */
  ink: Uint8Array;
  colour: Rgb;
}

export const colourAt = ({ data }: Sample, pixel: number): Rgb => ({
  r: data[pixel * 3] as number,
  g: data[pixel * 3 + 1] as number,
  b: data[pixel * 3 + 2] as number,
});

export function meanColour(sample: Sample, pixels: number[]): Rgb {
  const sum = { r: 0, g: 0, b: 0 };
  for (const i of pixels) {
    const { r, g, b } = colourAt(sample, i);
    sum.r += r;
    sum.g += g;
    sum.b += b;
  }
  const mean = (total: number): number => Math.round(total / pixels.length);
  return { r: mean(sum.r), g: mean(sum.g), b: mean(sum.b) };
}

/**
 * Finds the letters in a sample of a picture: by the recorded colour where that was really drawn, else by the strokes
 * that the picture before the text does not have, and without such a picture by colour alone.
 */
export function findInk(sample: Sample, before: Sample | null, recorded: Rgb | null): Ink {
  const isRecorded = (i: number): boolean =>
    recorded !== null && distance(colourAt(sample, i), recorded) <= SAME_COLOUR;
  if (before === null || before.width !== sample.width || before.height !== sample.height) {
    return asInk(sample, isRecorded, recorded) ?? splitInTwo(sample);
  }
  const wasDrawn = (i: number): boolean => distance(colourAt(sample, i), colourAt(before, i)) > WAS_DRAWN;
  return (
    asInk(sample, (i) => isRecorded(i) && wasDrawn(i), recorded) ??
    drawnStrokes(sample, before, recorded) ??
    splitInTwo(sample)
  );
}

/** Null when what was found is too little or too much to be letters. */
function asInk({ width, height }: Sample, isInk: (pixel: number) => boolean, colour: Rgb | null): Ink | null {
  if (colour === null) return null;
  const ink = Uint8Array.from({ length: width * height }, (_, i) => (isInk(i) ? 1 : 0));
  const share = ink.reduce((sum, value) => sum + value, 0) / ink.length;
  return share >= INK_SHARE.least && share <= INK_SHARE.most ? { ink, colour } : null;
}

/**
 * The thin strokes in what was added to a picture, however faint. Text whose letters have nearly the colour of their
 * ground must not be mistaken for something in the photo that is easier to see.
 */
function drawnStrokes(sample: Sample, before: Sample, recorded: Rgb | null): Ink | null {
  const added = spread(sample, before);
  if (added === null) return noInk(sample);
  const reach = Math.round(Math.min(sample.width, sample.height) * WIDEST_STROKE);
  // The gaps between letters are strokes of the other kind, so the recorded colour decides which are meant.
  const isLight = recorded === null || luma(recorded) >= luma(meanColour(sample, allPixels(sample)));
  const strokes = strokeStrength(added, isLight ? 'light' : 'dark', reach);
  const strong = Float32Array.from(strokes.data.filter((value) => value >= LEAST_STROKE / 2));
  const threshold = strong.length === 0 ? 255 : Math.max(LEAST_STROKE, otsuSplit(strong).threshold);
  const isStroke = (i: number): boolean => (strokes.data[i] as number) >= threshold;
  const members = [...strokes.data.keys()].filter(isStroke);
  return members.length === 0 ? null : asInk(sample, isStroke, meanColour(sample, members));
}

/** Luma added to every pixel, spread around 128 over the whole range; null when the pictures are the same. */
function spread(sample: Sample, before: Sample): Grey | null {
  const { width, height } = sample;
  const added = Float32Array.from({ length: width * height }, (_, i) => lumaAt(sample, i) - lumaAt(before, i));
  const most = added.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  if (most === 0) return null;
  return { width, height, data: Uint8Array.from(added, (value) => Math.round(128 + (127 * value) / most)) };
}

/** No letters at all: what is read has the colour of what it stands on. */
const noInk = (sample: Sample): Ink => ({
  ink: new Uint8Array(sample.width * sample.height),
  colour: meanColour(sample, allPixels(sample)),
});

const allPixels = ({ width, height }: Sample): number[] => [...Array(width * height).keys()];

const luma = ({ r, g, b }: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const lumaAt = (sample: Sample, pixel: number): number => luma(colourAt(sample, pixel));

const distance = (a: Rgb, b: Rgb): number => Math.max(Math.abs(a.r - b.r), Math.abs(a.g - b.g), Math.abs(a.b - b.b));

/** Two groups of colours, grown from the darkest and the brightest pixel; letters are the smaller one. */
function splitInTwo(sample: Sample): Ink {
  const pixels = sample.width * sample.height;
  let darkest = 0;
  let brightest = 0;
  for (let i = 1; i < pixels; i++) {
    if (lumaAt(sample, i) < lumaAt(sample, darkest)) darkest = i;
    if (lumaAt(sample, i) > lumaAt(sample, brightest)) brightest = i;
  }
  let centres: [Rgb, Rgb] = [colourAt(sample, darkest), colourAt(sample, brightest)];
  const group = new Uint8Array(pixels);
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < pixels; i++) {
      const colour = colourAt(sample, i);
      group[i] = squared(colour, centres[0]) <= squared(colour, centres[1]) ? 0 : 1;
    }
    centres = [meanOf(sample, group, 0) ?? centres[0], meanOf(sample, group, 1) ?? centres[1]];
  }
  const ones = group.reduce((sum, value) => sum + value, 0);
  const smaller = ones * 2 <= pixels ? 1 : 0;
  const ink = group.map((value) => (value === smaller ? 1 : 0));
  return { ink, colour: centres[smaller] };
}

const squared = (a: Rgb, b: Rgb): number => (a.r - b.r) ** 2 + (a.g - b.g) ** 2 + (a.b - b.b) ** 2;

function meanOf(sample: Sample, group: Uint8Array, wanted: number): Rgb | null {
  const members: number[] = [];
  group.forEach((value, i) => {
    if (value === wanted) members.push(i);
  });
  return members.length === 0 ? null : meanColour(sample, members);
}

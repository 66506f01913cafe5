import { contrastRatio, type Rgb } from '../../imaging/contrast.js';
import { type Box, toPixels } from '../../imaging/geometry.js';
import type { Raster } from '../../imaging/picture.js';
import { colourAt, findInk, meanColour, type Sample } from './find-ink.js';

/** Wider regions are sampled down; nearest neighbour, so that no colour appears that is not in the picture. */
const MAX_SAMPLE_SIDE = 900;
/** Smoothed edges of letters, in sampled pixels: neither ink nor ground. */
const EDGE = 2;

export interface DrawnText {
  /** Colour of the letters: the recorded one where the picture shows it, else the one found. */
  text: Rgb;
  /** Mean colour of what lies behind the letters. */
  ground: Rgb;
  /** WCAG contrast of the two, 1..21. */
  contrastRatio: number;
  /** The same against the ground's worse end: 95 % of its pixels give at least this. */
  worstContrastRatio: number;
  /** Tight box of the letters, ratios of the picture; null when no letters were found. */
  inkBox: Box | null;
}

export interface DrawnTextRequest {
  /** The finished picture. */
  picture: Raster;
  /** The same picture before the text; null when unknown. */
  background: Raster | null;
  /** Where to look, ratios. */
  region: Box;
  /** The colour the text was recorded with; null when unknown. */
  textColour: Rgb | null;
  /** Longest side of what is looked at, in pixels; wider regions are sampled down. */
  mostSide?: number;
}

/**
 * Measures the letters that really stand in a picture against the pixels right behind them, scrim included. It is not
 * told what was drawn: after the picture was exchanged, the answer is about the new one.
 */
export function measureDrawnText(request: DrawnTextRequest): DrawnText {
  const mostSide = request.mostSide ?? MAX_SAMPLE_SIDE;
  const sample = sampleOf(request.picture, request.region, mostSide);
  const before = request.background && sampleOf(request.background, request.region, mostSide);
  const found = findInk(sample, before, request.textColour);
  const box = boundingBox(found.ink, sample.width);
  const ground = groundPixels(sample, found.ink, box);
  const mean = meanColour(sample, ground);
  return {
    text: found.colour,
    ground: mean,
    contrastRatio: contrastRatio(found.colour, mean),
    worstContrastRatio: lowContrast(sample, ground, found.colour),
    inkBox: box && {
      x: request.region.x + (box.x / sample.width) * request.region.width,
      y: request.region.y + (box.y / sample.height) * request.region.height,
      width: (box.width / sample.width) * request.region.width,
      height: (box.height / sample.height) * request.region.height,
    },
  };
}

function sampleOf(picture: Raster, region: Box, mostSide: number): Sample {
  const area = toPixels(region, picture.width, picture.height);
  const scale = Math.min(1, mostSide / Math.max(area.width, area.height));
  const width = Math.max(1, Math.round(area.width * scale));
  const height = Math.max(1, Math.round(area.height * scale));
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = area.y + Math.floor(((y + 0.5) * area.height) / height);
    for (let x = 0; x < width; x++) {
      const from = (row * picture.width + area.x + Math.floor(((x + 0.5) * area.width) / width)) * 3;
      data.set(picture.data.subarray(from, from + 3), (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

/** Pixels of the sample; null when there is no ink. */
function boundingBox(ink: Uint8Array, width: number): Box | null {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  ink.forEach((value, i) => {
    if (value === 0) return;
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** What lies behind the letters: their box without them and their edges; without letters, everything. */
function groundPixels(sample: Sample, ink: Uint8Array, box: Box | null): number[] {
  const { width, height } = sample;
  const all = Array.from({ length: width * height }, (_, i) => i);
  if (!box) return all;
  const nearInk = new Uint8Array(width * height);
  ink.forEach((value, i) => {
    if (value === 0) return;
    const x = i % width;
    const y = (i - x) / width;
    for (let dy = -EDGE; dy <= EDGE; dy++) {
      for (let dx = -EDGE; dx <= EDGE; dx++) {
        if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height) nearInk[(y + dy) * width + x + dx] = 1;
      }
    }
  });
  const inside = all.filter((i) => {
    const x = i % width;
    const y = (i - x) / width;
    return nearInk[i] === 0 && x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
  });
  return inside.length >= 20 ? inside : all;
}

function lowContrast(sample: Sample, ground: number[], text: Rgb): number {
  const step = Math.max(1, Math.floor(ground.length / 20_000));
  const ratios = ground.filter((_, index) => index % step === 0).map((i) => contrastRatio(text, colourAt(sample, i)));
  return Float64Array.from(ratios).sort()[Math.floor(ratios.length * 0.05)] as number;
}

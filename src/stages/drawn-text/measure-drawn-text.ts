import { contrastRatio, type Rgb } from '../../imaging/contrast.js';
import { type Box, toPixels } from '../../imaging/geometry.js';
import { UnreadableImageError } from '../../imaging/picture.js';
import { sharp } from '../../imaging/sharp.js';

/** Wider crops are sampled down; nearest neighbour, so that no colour appears that is not in the picture. */
const MAX_SAMPLE_SIDE = 900;
/** A channel may differ so much from the recorded text colour and still be that colour. */
const SAME_COLOUR = 28;
/** A pixel that differs so much from the background picture was drawn. */
const WAS_DRAWN = 24;
/** Ink covers at least and at most this share of its region; outside of it the colour found is not the text's. */
const INK_SHARE = { least: 0.002, most: 0.5 };
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
  picture: Buffer;
  /** The same picture before the text; null when unknown. */
  background: Buffer | null;
  /** Where to look, ratios. */
  region: Box;
  /** The colour the text was recorded with; null when unknown. */
  textColour: Rgb | null;
}

/**
 * Measures the letters that really stand in a picture against the pixels right behind them, scrim included. It is not
 * told what was drawn: after the picture was exchanged, the answer is about the new one.
 * @throws UnreadableImageError when the picture does not decode.
 */
export async function measureDrawnText(request: DrawnTextRequest): Promise<DrawnText> {
  const sample = await sampleOf(request.picture, request.region);
  const before = request.background ? await sampleOf(request.background, request.region).catch(() => null) : null;
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

/** RGB, 3 bytes a pixel. */
interface Sample {
  width: number;
  height: number;
  data: Uint8Array;
}

async function sampleOf(picture: Buffer, region: Box): Promise<Sample> {
  try {
    const { autoOrient } = await sharp(picture).metadata();
    const area = toPixels(region, autoOrient.width, autoOrient.height);
    const { data, info } = await sharp(picture)
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .extract({ left: area.x, top: area.y, width: area.width, height: area.height })
      .resize(MAX_SAMPLE_SIDE, MAX_SAMPLE_SIDE, {
        fit: 'inside',
        withoutEnlargement: true,
        kernel: 'nearest',
        fastShrinkOnLoad: false,
      })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (error) {
    throw new UnreadableImageError('The picture cannot be decoded', { cause: error });
  }
}

const colourAt = ({ data }: Sample, pixel: number): Rgb => ({
  r: data[pixel * 3] as number,
  g: data[pixel * 3 + 1] as number,
  b: data[pixel * 3 + 2] as number,
});

const distance = (a: Rgb, b: Rgb): number => Math.max(Math.abs(a.r - b.r), Math.abs(a.g - b.g), Math.abs(a.b - b.b));

interface Ink {
  /** 1 where a letter is. */
  ink: Uint8Array;
  colour: Rgb;
}

function findInk(sample: Sample, before: Sample | null, recorded: Rgb | null): Ink {
  const pixels = sample.width * sample.height;
  const comparable = before !== null && before.width === sample.width && before.height === sample.height;
  if (recorded) {
    const isText = (i: number): boolean => distance(colourAt(sample, i), recorded) <= SAME_COLOUR;
    const wasDrawn = (i: number): boolean => distance(colourAt(sample, i), colourAt(before as Sample, i)) > WAS_DRAWN;
    const attempts = [...(comparable ? [(i: number) => isText(i) && wasDrawn(i)] : []), isText];
    for (const isInk of attempts) {
      const ink = Uint8Array.from({ length: pixels }, (_, i) => (isInk(i) ? 1 : 0));
      if (isPlausible(ink)) return { ink, colour: recorded };
    }
  }
  return splitInTwo(sample);
}

const isPlausible = (ink: Uint8Array): boolean => {
  const share = ink.reduce((sum, value) => sum + value, 0) / ink.length;
  return share >= INK_SHARE.least && share <= INK_SHARE.most;
};

/** Two groups of colours, grown from the darkest and the brightest pixel; letters are the smaller one. */
function splitInTwo(sample: Sample): Ink {
  const pixels = sample.width * sample.height;
  const brightness = (i: number): number => {
    const { r, g, b } = colourAt(sample, i);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let darkest = 0;
  let brightest = 0;
  for (let i = 1; i < pixels; i++) {
    if (brightness(i) < brightness(darkest)) darkest = i;
    if (brightness(i) > brightness(brightest)) brightest = i;
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

function meanColour(sample: Sample, pixels: number[]): Rgb {
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

function lowContrast(sample: Sample, ground: number[], text: Rgb): number {
  const step = Math.max(1, Math.floor(ground.length / 20_000));
  const ratios = ground.filter((_, index) => index % step === 0).map((i) => contrastRatio(text, colourAt(sample, i)));
  return Float64Array.from(ratios).sort()[Math.floor(ratios.length * 0.05)] as number;
}

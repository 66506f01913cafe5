import type { PhotoOnCanvas, PreparedPhoto } from '../generation/provider.js';
import { type Box, intersectionOverUnion } from '../imaging/geometry.js';
import { thumbnailDistance } from '../imaging/thumbnail-distance.js';
import type { Season } from '../seasons.js';
import { levenshtein } from '../stages/ocr-eval/text-scores.js';
import type { Order, QualityBench, StageFigures } from './quality-bench.js';
import { withBlurredText, withFaintText } from './quality-control.js';
import { HEADLINES } from './quality-headlines.js';
import { dishOnCanvas, hasFreeSpace, type MarkedDish, shareOverDish } from './quality-truth.js';

/** The three pictures of a job whose shop chose no tone. */
export const UNDECIDED: Order[] = [1, 2, 3].map((variant) => ({ promptType: null, variant, season: 'autumn' }));

/** The first picture of a job in each of the contract's tones: every design once. */
export const EVERY_DESIGN: Order[] = [
  'Minimalist Branding',
  'Hero Dish Focus',
  'Seasonal / Limited Time',
  'Behind the Scenes / Authenticity',
  'Lifestyle Integration',
  'UGC / Social Proof',
  'Emotion / Comfort',
  'Retro / Vintage / Storytelling',
].map((promptType) => ({ promptType, variant: 1, season: 'autumn' }));

/** One photo after the other in another season, so that all four are seen. */
const SEASONS: Season[] = ['spring', 'summer', 'autumn', 'winter'];

export interface NamedPhoto {
  name: string;
  bytes: Buffer;
}

/** One finished picture and what is known about it. */
export interface PictureFigures extends StageFigures {
  photo: string;
  design: string;
  headline: string;
  /** 1 - edit distance / longer length, spaces ignored. */
  accuracy: number;
  /** Against the dish as marked by hand; null for a photo nobody has marked. */
  truth: { overDish: number; freeSpace: boolean; boxIou: number } | null;
}

/** A picture whose text was made unreadable on purpose. */
export interface ControlFigures {
  photo: string;
  kind: 'faint' | 'blurred';
  accuracy: number;
  contrast: number;
}

export interface PhotoFigures {
  photo: string;
  cutout: { confidence: number; isCut: boolean; reason: string };
  /** Least distance between two of the three pictures of one job, as grey thumbnails. */
  leastDistance: number;
  pictures: PictureFigures[];
  controls: ControlFigures[];
}

const withoutSpaces = (text: string): string[] => [...text.normalize('NFC').replace(/\s/gu, '')];

export function characterAccuracy(wanted: string, read: string): number {
  const [a, b] = [withoutSpaces(wanted), withoutSpaces(read)];
  return 1 - levenshtein(a, b) / Math.max(1, a.length, b.length);
}

/** Makes pictures of one photo, takes them through the stages, and makes one of them unreadable as a control. */
export async function measurePhoto(
  bench: QualityBench,
  photo: NamedPhoto,
  index: number,
  dish: MarkedDish | undefined,
  orders: Order[] = UNDECIDED,
): Promise<PhotoFigures> {
  const prepared = await bench.prepare(photo.bytes);
  const pictures: PictureFigures[] = [];
  for (const [place, order] of orders.entries()) {
    const jobId = await bench.addJob(`${photo.name}/${place}`, order.promptType);
    const headline = HEADLINES[(index * orders.length + place) % HEADLINES.length] as string;
    const season = SEASONS[index % SEASONS.length] as Season;
    const picture = await bench.generate(prepared, { ...order, season }, photo.name);
    const figures = await bench.finish(jobId, prepared, picture, order.variant, headline);
    pictures.push({
      ...figures,
      photo: photo.name,
      design: picture.design,
      headline,
      accuracy: characterAccuracy(headline, figures.readText),
      truth: dish && picture.photoOnCanvas ? compare(figures, dish, picture.photoOnCanvas) : null,
    });
  }
  const [spoilt] = pictures as [PictureFigures];
  const control = async (kind: ControlFigures['kind'], bytes: Buffer): Promise<ControlFigures> => {
    const { readText, contrast } = await bench.evaluateInstead(spoilt, bytes, kind);
    return { photo: photo.name, kind, accuracy: characterAccuracy(spoilt.headline, readText), contrast };
  };
  return {
    photo: photo.name,
    cutout: {
      confidence: prepared.confidence,
      isCut: prepared.cutout !== undefined,
      reason: prepared.reason,
    },
    leastDistance: await leastDistance(bench, prepared, photo.name),
    pictures,
    controls: [
      await control('faint', await withFaintText(spoilt)),
      await control('blurred', await withBlurredText(spoilt)),
    ],
  };
}

async function leastDistance(bench: QualityBench, prepared: PreparedPhoto, seed: string): Promise<number> {
  const trio: Buffer[] = [];
  for (const order of UNDECIDED) trio.push((await bench.generate(prepared, order, seed)).png);
  const [a, b, c] = trio as [Buffer, Buffer, Buffer];
  return Math.min(await thumbnailDistance(a, b), await thumbnailDistance(a, c), await thumbnailDistance(b, c));
}

function compare(
  { inkBox, region, detected }: StageFigures,
  marked: MarkedDish,
  photo: PhotoOnCanvas,
): PictureFigures['truth'] {
  const dish = dishOnCanvas(marked, photo);
  return {
    overDish: shareOverDish(dish, inkBox ?? region),
    freeSpace: hasFreeSpace(dish),
    boxIou: detected.length === 0 ? 0 : intersectionOverUnion(dish.box, around(detected)),
  };
}

function around(boxes: Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

import type { PhotoOnCanvas } from '../generation/provider.js';
import { type Box, intersectionOverUnion } from '../imaging/geometry.js';
import { levenshtein } from '../stages/ocr-eval/text-scores.js';
import type { QualityBench, StageFigures } from './quality-bench.js';
import { withBlurredText, withFaintText } from './quality-control.js';
import { HEADLINES } from './quality-headlines.js';
import { dishOnCanvas, hasFreeSpace, type MarkedDish, shareOverDish } from './quality-truth.js';

export const VARIANTS = 3;

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
  pictures: PictureFigures[];
  controls: ControlFigures[];
}

const withoutSpaces = (text: string): string[] => [...text.normalize('NFC').replace(/\s/gu, '')];

export function characterAccuracy(wanted: string, read: string): number {
  const [a, b] = [withoutSpaces(wanted), withoutSpaces(read)];
  return 1 - levenshtein(a, b) / Math.max(1, a.length, b.length);
}

/** Makes the variants of one photo, takes them through the stages, and makes one of them unreadable as a control. */
export async function measurePhoto(
  bench: QualityBench,
  photo: NamedPhoto,
  index: number,
  dish: MarkedDish | undefined,
): Promise<PhotoFigures> {
  const jobId = await bench.addJob(photo.name);
  const pictures = await Promise.all(
    Array.from({ length: VARIANTS }, async (_, variant): Promise<PictureFigures> => {
      const headline = HEADLINES[(index * VARIANTS + variant) % HEADLINES.length] as string;
      const picture = await bench.generate(photo.bytes, variant + 1, photo.name);
      const figures = await bench.finish(jobId, picture, variant + 1, headline);
      return {
        ...figures,
        photo: photo.name,
        design: picture.design,
        headline,
        accuracy: characterAccuracy(headline, figures.readText),
        truth: dish && picture.photoOnCanvas ? compare(figures, dish, picture.photoOnCanvas) : null,
      };
    }),
  );
  const [spoilt] = pictures as [PictureFigures];
  const control = async (kind: ControlFigures['kind'], bytes: Buffer): Promise<ControlFigures> => {
    const { readText, contrast } = await bench.evaluateInstead(spoilt, bytes, kind);
    return { photo: photo.name, kind, accuracy: characterAccuracy(spoilt.headline, readText), contrast };
  };
  return {
    pictures,
    controls: [
      await control('faint', await withFaintText(spoilt)),
      await control('blurred', await withBlurredText(spoilt)),
    ],
  };
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

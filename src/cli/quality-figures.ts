import type { Brief } from '../brief/brief.js';
import { type Idea } from '../brief/idea.js';
import { ideasOf } from '../brief/ideas.js';
import { writePost } from '../brief/post.js';
import { writtenSeason } from '../brief/written-season.js';
import { DESIGNS } from '../generation/design-catalogue.js';
import type { PhotoOnCanvas, PictureFormat } from '../generation/provider.js';
import { type Box, intersectionOverUnion } from '../imaging/geometry.js';
import { thumbnailDistance } from '../imaging/thumbnail-distance.js';
import { koreanMonth, seasonOf } from '../seasons.js';
import type { Order, QualityBench, StageFigures } from './quality-bench.js';
import { withBlurredText, withFaintText } from './quality-control.js';
import { dishOnCanvas, hasFreeSpace, type MarkedDish, shareOverDish } from './quality-truth.js';

/** What a photo is advertised with. */
export interface PhotoBrief {
  brief: Brief;
  /** English name of a tone style; null when the shop chose none. */
  tone: string | null;
}

/** Which pictures are made of a photo. */
export interface Extent {
  formats: PictureFormat[];
  /** Every design that the photo can bear, instead of the three that the plan chooses. */
  everyDesign: boolean;
}

export const THREE_SQUARES: Extent = { formats: ['square'], everyDesign: false };

export interface NamedPhoto {
  name: string;
  bytes: Buffer;
}

/** One finished picture and what is known about it. */
export interface PictureFigures extends StageFigures {
  photo: string;
  design: string;
  format: PictureFormat;
  headline: string;
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

/** Makes pictures of one photo, takes them through the stages, and makes one of them unreadable as a control. */
export async function measurePhoto(
  bench: QualityBench,
  photo: NamedPhoto,
  { brief, tone }: PhotoBrief,
  dish: MarkedDish | undefined,
  extent: Extent = THREE_SQUARES,
): Promise<PhotoFigures> {
  const prepared = await bench.prepare(photo.bytes);
  const ideas = ideasOf(brief, { count: 3, seed: photo.name });
  const month = koreanMonth(new Date());
  const post = writePost({ brief, tone: tone ?? '', month, seed: photo.name, avoid: [] });
  const jobId = await bench.addJob(photo.name, tone, brief, post);
  const pictures: PictureFigures[] = [];
  for (const order of ordersOf(ideas, tone, month, extent, prepared.cutout !== undefined)) {
    const picture = await bench.generate(prepared, order, photo.name);
    const figures = await bench.finish(jobId, prepared, picture, order);
    pictures.push({
      ...figures,
      photo: photo.name,
      design: picture.design,
      format: order.format,
      headline: order.idea.texts.headline.replace(/\n/gu, ' '),
      truth: dish && picture.photoOnCanvas ? compare(figures, dish, picture.photoOnCanvas) : null,
    });
  }
  const [spoilt] = pictures as [PictureFigures];
  const control = async (kind: ControlFigures['kind'], bytes: Buffer): Promise<ControlFigures> => {
    const { accuracy, contrast } = await bench.evaluateInstead(spoilt, bytes, kind);
    return { photo: photo.name, kind, accuracy, contrast };
  };
  return {
    photo: photo.name,
    cutout: {
      confidence: prepared.confidence,
      isCut: prepared.cutout !== undefined,
      reason: prepared.reason,
    },
    leastDistance: await leastDistance(pictures),
    pictures,
    controls: [
      await control('faint', await withFaintText(spoilt)),
      await control('blurred', await withBlurredText(spoilt)),
    ],
  };
}

function ordersOf(
  ideas: Idea[],
  promptType: string | null,
  month: number,
  { formats, everyDesign }: Extent,
  isCut: boolean,
): Order[] {
  const kinds = ideas.map(({ kind }) => kind);
  const orderOf = (idea: Idea, index: number, format: PictureFormat): Order => ({
    promptType,
    variant: index + 1,
    season: writtenSeason(idea.texts) ?? seasonOf(month),
    idea,
    kinds,
    format,
  });
  if (!everyDesign) return formats.flatMap((format) => ideas.map((idea, index) => orderOf(idea, index, format)));
  return DESIGNS.filter(({ needs }) => needs === 'photo' || isCut).flatMap(({ design, kinds: suits }) => {
    const index = Math.max(0, kinds.indexOf(suits[0] ?? 'dish'));
    return formats.map((format) => ({
      ...orderOf(ideas[index] as Idea, index, format),
      design: design.name,
    }));
  });
}

/** Of the first three pictures the two most alike, as grey thumbnails, words and all. */
async function leastDistance([a, b, c]: PictureFigures[]): Promise<number> {
  if (!a || !b || !c) return Number.POSITIVE_INFINITY;
  const [one, two, three] = [a.finished, b.finished, c.finished];
  return Math.min(
    await thumbnailDistance(one, two),
    await thumbnailDistance(one, three),
    await thumbnailDistance(two, three),
  );
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

import { breathe } from './breathe.js';
import { fillEllipse, fitRim, type RimEvidence } from './ellipse.js';
import type { Box } from './geometry.js';
import { borderClusters, distanceFrom, labPlanes, weighByCentre } from './ground-distance.js';
import { type Blob, close, filledHull, findBlobs, type Mask, maskWhere, open } from './mask.js';
import { otsuSplit } from './otsu.js';
import { type ReadPicture, rasterOf, shrinkRaster } from './picture.js';
import { sharp } from './sharp.js';

/** Long side of the picture the work is done on: small enough that no step holds the event loop for long. */
const WORKING_SIDE = 240;
/** Below this Lab distance from the border's colours everything is ground: there is nothing to find. */
const LEAST_DISTANCE = 9;
const MAX_SEGMENTS = 4;
/** From this rim score on, the ellipse is believed more than the blob it was fitted to. */
const LEAST_RIM = 0.6;

export interface DishSegment {
  /** Pixels of the source picture. */
  box: Box;
  /** Share of the picture the segment covers, 0..1. */
  areaShare: number;
  /** 0..1: how clearly the segment stands out from the ground and how whole its shape is. */
  confidence: number;
}

export interface Segmentation {
  /** Size of the source picture in pixels, EXIF rotation applied. */
  width: number;
  height: number;
  /** 255 = dish, 0 = ground, at working size (long side at most 240). */
  mask: { width: number; height: number; data: Uint8Array };
  /** Biggest first, at most 4; empty when nothing stands out from the ground. */
  segments: DishSegment[];
}

/**
 * Finds the dish in a file.
 * @throws UnreadableImageError when the bytes do not decode.
 */
export async function segmentDish(bytes: Buffer): Promise<Segmentation> {
  const { autoOrient } = await sharp(bytes).metadata();
  return segmentPixels({ ...(await rasterOf(bytes, WORKING_SIDE)), source: autoOrient });
}

/**
 * Finds the dish: whatever in the middle differs from the colours along the picture's border.
 * Deterministic, needs no trained weights, and a mirrored photo gives mirrored boxes.
 */
export async function segmentPixels(picture: ReadPicture): Promise<Segmentation> {
  const raster = await shrinkRaster(picture, WORKING_SIDE);
  const { width, height } = raster;
  const { source } = picture;
  const lab = labPlanes(raster);
  await breathe();
  const ground = borderClusters(lab, width, height);
  const distance = distanceFrom(ground, lab);
  await breathe();
  const saliency = weighByCentre(distance, width, height);
  const { threshold, separation } = otsuSplit(saliency);

  const short = Math.min(width, height);
  const raw = maskWhere({ width, height }, saliency, (value) => value > threshold);
  await breathe();
  const cleaned = open(close(raw, Math.max(1, short * 0.03)), Math.max(1, short * 0.045));
  const blobs = strongEnough(findBlobs(cleaned), width * height);

  const mask = new Uint8Array(width * height);
  const segments: DishSegment[] = [];
  const scaleX = source.width / width;
  const scaleY = source.height / height;
  for (const blob of blobs) {
    await breathe();
    const contrast = meanOver(distance, blob.pixels);
    if (contrast < LEAST_DISTANCE) continue;
    // A second piece of food on a plate that was found already is no second dish.
    if (blob.pixels.filter((i) => mask[i] !== 0).length > blob.pixels.length * 0.6) continue;
    const { shape, wholeness } = wholeShape(blob, { lab, distance, width, height });
    const { area, left, top, right, bottom } = extentOf(shape);
    shape.data.forEach((value, i) => {
      if (value !== 0) mask[i] = 255;
    });
    segments.push({
      box: {
        x: left * scaleX,
        y: top * scaleY,
        width: (right - left + 1) * scaleX,
        height: (bottom - top + 1) * scaleY,
      },
      areaShare: area / (width * height),
      confidence: confidenceOf({ blob, wholeness, contrast, separation, width, height }),
    });
  }
  segments.sort((a, b) => b.areaShare - a.areaShare);
  return { width: source.width, height: source.height, mask: { width, height, data: mask }, segments };
}

/**
 * What the blob is part of. Food is found better than the plate under it, so a clear rim around the blob is taken for
 * the dish; without one it is the blob itself with its bites filled.
 */
function wholeShape(blob: Blob, evidence: RimEvidence): { shape: Mask; wholeness: number } {
  const { width, height } = evidence;
  const box = { x: blob.left, y: blob.top, width: blob.right - blob.left + 1, height: blob.bottom - blob.top + 1 };
  const { ellipse, score } = fitRim(evidence, box);
  const plate = fillEllipse(ellipse, width, height);
  const covered = blob.pixels.filter((i) => plate.data[i] !== 0).length / blob.pixels.length;
  if (score >= LEAST_RIM && covered >= 0.85) return { shape: plate, wholeness: score };
  const shape = filledHull(blob, width, height);
  return { shape, wholeness: blob.pixels.length / extentOf(shape).area };
}

function extentOf({ data, width, height }: Mask): {
  area: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
} {
  const extent = { area: 0, left: width, top: height, right: 0, bottom: 0 };
  data.forEach((value, i) => {
    if (value === 0) return;
    const x = i % width;
    const y = (i - x) / width;
    extent.area++;
    extent.left = Math.min(extent.left, x);
    extent.right = Math.max(extent.right, x);
    extent.top = Math.min(extent.top, y);
    extent.bottom = Math.max(extent.bottom, y);
  });
  return extent;
}

/** The mask at the size of the source picture: PNG, one channel, 255 = dish. */
export async function maskToPng(segmentation: Segmentation): Promise<Buffer> {
  const { mask, width, height } = segmentation;
  return sharp(mask.data, { raw: { width: mask.width, height: mask.height, channels: 1 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .threshold(128)
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** Crumbs are dropped: a segment covers at least 1.5 % of the picture and a tenth of the biggest one. */
function strongEnough(blobs: Blob[], pixels: number): Blob[] {
  const least = Math.max(pixels * 0.015, (blobs[0]?.pixels.length ?? 0) * 0.1);
  return blobs.filter((blob) => blob.pixels.length >= least).slice(0, MAX_SEGMENTS);
}

function meanOver(values: Float32Array, pixels: Int32Array): number {
  let sum = 0;
  for (const i of pixels) sum += values[i] as number;
  return sum / pixels.length;
}

interface Finding {
  blob: Blob;
  /** 0..1: how clear the rim or how unbroken the blob is. */
  wholeness: number;
  contrast: number;
  separation: number;
  width: number;
  height: number;
}

/** Product of four independent doubts: is it unlike the ground, cleanly split off, whole in shape, and inside the frame? */
function confidenceOf({ blob, wholeness, contrast, separation, width, height }: Finding): number {
  const unlikeGround = Math.min(1, contrast / 40);
  let onBorder = 0;
  for (const i of blob.pixels) {
    const x = i % width;
    const y = (i - x) / width;
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) onBorder++;
  }
  const inside = 1 - Math.min(1, onBorder / (width + height));
  return Math.min(1, Math.max(0, unlikeGround ** 0.5 * separation ** 0.5 * wholeness * inside));
}

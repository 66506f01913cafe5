import { chroma, rgbToHsl, rgbToLab } from '../imaging/colour.js';
import { cutOutDish } from '../imaging/cutout/cut-out-dish.js';
import { findDish } from '../imaging/find-dish.js';
import type { Box } from '../imaging/geometry.js';
import { measureMend, mendPixels } from '../imaging/mend.js';
import { decodePicture, type Raster } from '../imaging/picture.js';
import { sharp } from '../imaging/sharp.js';
import { takePhoto } from '../imaging/take-photo.js';
import type { PreparedPhoto, SubjectAnalysis, SubjectHint } from './provider.js';

/** Long side of what is kept of the photo: enough for a close crop on the largest format. */
const UPRIGHT_SIDE = 2048;
/** Where a dish is of which nothing is known. */
const MIDDLE: Box = { x: 0.15, y: 0.15, width: 0.7, height: 0.7 };
/** Share of the photo's short side around a tapped point that is taken for the dish. */
const POINT_REACH = 0.35;

/**
 * Decodes the photo once, finds its dish, cuts it out if the outline is good enough, and mends its light. The dish is
 * sought on the photo as it was taken: what is measured there must not depend on how it is shown.
 */
export async function preparePhoto(
  bytes: Buffer,
  { hint, signal }: { hint?: SubjectHint; signal?: AbortSignal },
): Promise<Omit<PreparedPhoto, 'engine'>> {
  const { raster } = await decodePicture(await takePhoto(bytes), UPRIGHT_SIDE);
  signal?.throwIfAborted();
  const { width, height } = raster;
  let mended: Raster | undefined;
  const shown = (dish: Box): Raster => (mended ??= mendPhoto(raster, dish));
  const cut = await cutOutDish(raster, { shown, ...(hint && { hint }), ...(signal && { signal }) });
  signal?.throwIfAborted();
  // What cannot be cut out is still framed: by the owner's word, else by where the colours differ from the ground.
  const found =
    cut.png && cut.box
      ? { box: cut.box, confidence: cut.confidence }
      : hint
        ? { box: hintedBox(hint, width, height), confidence: 1 }
        : ((await findDish(raster)) ?? { box: MIDDLE, confidence: 0 });
  const photo = shown(found.box);
  const upright = await sharp(photo.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return {
    ...(cut.png && { cutout: cut.png }),
    upright,
    width,
    height,
    dish: found.box,
    dishConfidence: found.confidence,
    confidence: cut.confidence,
    reason: cut.reason,
    subject: subjectOf(photo, found.box),
  };
}

const mendPhoto = (raster: Raster, dish: Box): Raster => ({
  ...raster,
  data: mendPixels(raster.data, 3, measureMend(raster, dish)),
});

/** The box around the dish that a hint stands for. */
function hintedBox(hint: SubjectHint, width: number, height: number): Box {
  if ('width' in hint) return hint;
  const reach = Math.min(width, height) * POINT_REACH;
  const left = Math.max(0, hint.x - reach / width);
  const top = Math.max(0, hint.y - reach / height);
  return {
    x: left,
    y: top,
    width: Math.min(1, hint.x + reach / width) - left,
    height: Math.min(1, hint.y + reach / height) - top,
  };
}

/** Measured from the photo: its colours name the surroundings, and how warm the food is names the season. */
function subjectOf(raster: Raster, dish: Box): SubjectAnalysis {
  const inside = meanColour(raster, dish);
  const above = meanColour(raster, { x: 0, y: 0, width: 1, height: Math.max(0.08, dish.y) });
  const bottom = Math.min(0.92, dish.y + dish.height);
  const below = meanColour(raster, { x: 0, y: bottom, width: 1, height: 1 - bottom });
  const { h } = rgbToHsl(inside);
  const colourful = chroma(rgbToLab(inside)) > 18;
  const isGreen = colourful && h >= 65 && h < 170;
  const isWarm = colourful && (h < 30 || h >= 330);
  return {
    decoration_main: isGreen ? 'fresh herb sprigs' : isWarm ? 'dried red peppers' : 'linen napkin',
    decoration_sub: isGreen ? 'lemon slice' : isWarm ? 'sesame seeds' : 'wooden spoon',
    bg_main_color: colourName(above),
    bg_floor_color: colourName(below),
    best_season: isGreen ? 'spring' : isWarm ? 'winter' : 'all_year',
  };
}

interface Rgb {
  r: number;
  g: number;
  b: number;
}

function meanColour({ data, width, height }: Raster, box: Box): Rgb {
  const sum = { r: 0, g: 0, b: 0, count: 0 };
  // Every fourth pixel of every fourth row says as much about a mean as all of them.
  for (let y = Math.floor(box.y * height); y < Math.min(height, (box.y + box.height) * height); y += 4) {
    for (let x = Math.floor(box.x * width); x < Math.min(width, (box.x + box.width) * width); x += 4) {
      const i = (y * width + x) * 3;
      sum.r += data[i] as number;
      sum.g += data[i + 1] as number;
      sum.b += data[i + 2] as number;
      sum.count++;
    }
  }
  const count = Math.max(1, sum.count);
  return { r: sum.r / count, g: sum.g / count, b: sum.b / count };
}

const HUE_NAMES: readonly [upTo: number, name: string][] = [
  [15, 'red'],
  [42, 'orange'],
  [68, 'yellow'],
  [165, 'green'],
  [195, 'teal'],
  [255, 'blue'],
  [290, 'purple'],
  [335, 'pink'],
  [360, 'red'],
];

/** A plain English colour name, as a person would say it to a painter. */
function colourName(rgb: Rgb): string {
  const { h, l } = rgbToHsl(rgb);
  if (chroma(rgbToLab(rgb)) < 8) return l > 0.85 ? 'white' : l > 0.55 ? 'light gray' : l > 0.2 ? 'gray' : 'black';
  const name = HUE_NAMES.find(([upTo]) => h <= upTo)?.[1] ?? 'red';
  // Dark orange and yellow are what people call brown.
  if (l < 0.4 && (name === 'orange' || name === 'yellow')) return 'brown';
  return l > 0.72 ? `light ${name}` : l < 0.28 ? `dark ${name}` : name;
}

// What the cut-out's gate rests on: confidence beside the IoU with the truth, on photos whose dishes were marked by hand
// and on drawn Korean tableware, as they are and in versions that no setting was chosen by (mirrored, darker, warmer,
// grainy, half as large). Prints a table; asserts nothing.
//   npm run bench:cutout -- [folder of photos]
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type MarkedDish, readMarkedDishes } from '../src/cli/quality-truth.js';
import { textTable } from '../src/cli/text-table.js';
import { packageRoot } from '../src/config/package-root.js';
import { seededRandom } from '../src/generation/random.js';
import { pathOf } from '../src/imaging/cutout/contour.js';
import { CUTOUT_GATE } from '../src/imaging/cutout/cut-out-dish.js';
import { findOutline, SHAPE_SIDE } from '../src/imaging/cutout/cut-out.js';
import { rasterOf } from '../src/imaging/picture.js';
import { sharp } from '../src/imaging/sharp.js';
import { drawnKoreanDishes } from '../test/support/korean-dishes.js';

const MARKED_DISHES = path.join(packageRoot, 'test', 'support', 'dish-outlines.json');
const WORKING_SIDE = 2048;
const GOOD_IOU = 0.9;

interface Sample {
  name: string;
  photo: Buffer;
  /** White on black, of any size. */
  truth: Buffer;
}

interface Cut {
  iou: number;
  confidence: number;
}

const VERSIONS: Record<string, (photo: Buffer) => Promise<Buffer>> = {
  darker: (photo) => sharp(photo).linear(0.62, 0).jpeg({ quality: 90 }).toBuffer(),
  warmer: (photo) => sharp(photo).linear([1.12, 1, 0.82], [0, 0, 0]).jpeg({ quality: 90 }).toBuffer(),
  grainy: async (photo) => {
    const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true });
    const random = seededRandom('grain');
    for (let i = 0; i < data.length; i++)
      data[i] = Math.max(0, Math.min(255, (data[i] as number) + (random.next() + random.next() - 1) * 28));
    return sharp(data, { raw: info }).jpeg({ quality: 85 }).toBuffer();
  },
  half: async (photo) => {
    const { width } = await sharp(photo).metadata();
    return sharp(photo)
      .resize(Math.round(width / 2))
      .jpeg({ quality: 85 })
      .toBuffer();
  },
};

const folder = process.argv[2] ?? path.join(packageRoot, '..', 'shared', 'photos');
const samples = [...(await markedPhotos(folder)), ...(await drawnDishes())];
const asTheyAre: Cut[] = [];
const changed: Cut[] = [];
const rows: string[][] = [];
for (const sample of samples) {
  const own = await cut(sample);
  asTheyAre.push(own);
  const cells = [sample.name, own.iou.toFixed(3), own.confidence.toFixed(3), verdict(own)];
  const others: string[] = [];
  for (const [name, version] of Object.entries(await versionsOf(sample))) {
    const figures = await cut(version);
    changed.push(figures);
    others.push(`${name} ${figures.iou.toFixed(2)}/${figures.confidence.toFixed(2)}${isWrong(figures) ? ' !' : ''}`);
  }
  rows.push([...cells, others.join(', ')]);
}
console.log(textTable(['picture', 'IoU', 'confidence', '', 'changed: IoU/confidence, ! = bad cut let through'], rows));
report('as they are', asTheyAre, CUTOUT_GATE);
report('changed', changed, CUTOUT_GATE);
leaveOneOut(asTheyAre);

async function versionsOf({ name, photo, truth }: Sample): Promise<Record<string, Sample>> {
  const made: Record<string, Sample> = {
    mirrored: {
      name,
      photo: await sharp(photo).flop().jpeg({ quality: 92 }).toBuffer(),
      truth: await sharp(truth).flop().png().toBuffer(),
    },
  };
  for (const [change, apply] of Object.entries(VERSIONS)) made[change] = { name, photo: await apply(photo), truth };
  return made;
}

async function markedPhotos(from: string): Promise<Sample[]> {
  const dishes = await readMarkedDishes(MARKED_DISHES);
  const found = await Promise.all(
    [...dishes].map(async ([name, dish]) => {
      const bytes = await readFile(path.join(from, name)).catch(() => null);
      if (!bytes) return [];
      const upright = await sharp(bytes).autoOrient().removeAlpha().jpeg({ quality: 98 }).toBuffer();
      const { width, height } = await sharp(upright).metadata();
      return [{ name: path.parse(name).name, photo: upright, truth: await drawTruth(dish, width, height) }];
    }),
  );
  return found.flat();
}

function drawTruth({ outlines }: MarkedDish, width: number, height: number): Promise<Buffer> {
  const polygons = outlines.map(
    (outline) => `<polygon points="${outline.map(([x, y]) => `${x * width},${y * height}`).join(' ')}" fill="#fff"/>`,
  );
  return mask(polygons.join(''), width, height);
}

function mask(shapes: string, width: number, height: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%"/>${shapes}</svg>`;
  return sharp(Buffer.from(svg)).greyscale().png().toBuffer();
}

async function drawnDishes(): Promise<Sample[]> {
  return Promise.all(
    (await drawnKoreanDishes()).map(async ({ name, photo, truth: { width, height, data } }) => ({
      name,
      photo,
      truth: await sharp(data, { raw: { width, height, channels: 1 } })
        .png()
        .toBuffer(),
    })),
  );
}

async function cut({ photo, truth }: Sample): Promise<Cut> {
  const picture = await rasterOf(photo, WORKING_SIDE);
  const small = await rasterOf(photo, SHAPE_SIDE);
  const found = await findOutline({ picture, small });
  if ('doubt' in found) return { iou: 0, confidence: 0 };
  const outline = await mask(`<path d="${pathOf(found.outline)}" fill="#fff"/>`, picture.width, picture.height);
  const [ours, theirs] = await Promise.all(
    [outline, truth].map((png) =>
      sharp(png)
        .resize(picture.width, picture.height, { fit: 'fill' })
        .greyscale()
        .toColourspace('b-w')
        .raw()
        .toBuffer(),
    ),
  );
  let [both, either] = [0, 0];
  for (const [i, value] of (ours as Buffer).entries()) {
    const other = (theirs as Buffer)[i] as number;
    if (value > 127 && other > 127) both++;
    if (value > 127 || other > 127) either++;
  }
  return { iou: both / either, confidence: found.confidence };
}

function isWrong({ iou, confidence }: Cut): boolean {
  return confidence >= CUTOUT_GATE && iou < GOOD_IOU;
}

function verdict({ iou, confidence }: Cut): string {
  if (confidence >= CUTOUT_GATE) return iou >= GOOD_IOU ? 'cut' : 'BAD CUT';
  return iou >= GOOD_IOU ? 'refused, needlessly' : 'refused';
}

function report(what: string, cuts: Cut[], gate: number): void {
  const kept = cuts.filter(({ confidence }) => confidence >= gate);
  const bad = kept.filter(({ iou }) => iou < GOOD_IOU).length;
  const lost = cuts.filter(({ confidence, iou }) => confidence < gate && iou >= GOOD_IOU).length;
  console.log(
    `${what}: ${cuts.length} pictures, gate ${gate.toFixed(2)}: ${kept.length} cut, ${bad} of them badly; ${lost} good cuts refused`,
  );
}

/** The gate that the other pictures would have given, tried on the one left out. */
function leaveOneOut(cuts: Cut[]): void {
  let [bad, lost] = [0, 0];
  for (const [left, { iou, confidence }] of cuts.entries()) {
    const good = cuts.filter((other, index) => index !== left && other.iou >= GOOD_IOU);
    const gate = 0.98 * Math.min(...good.map((other) => other.confidence));
    if (confidence >= gate && iou < GOOD_IOU) bad++;
    if (confidence < gate && iou >= GOOD_IOU) lost++;
  }
  console.log(
    `leave one out, gate = 0.98 of the others' lowest good cut: ${bad} bad cuts let through, ${lost} good cuts refused`,
  );
}

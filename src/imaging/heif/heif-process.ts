import type { Sharp } from 'sharp';
import { inSrgb, isDeep } from '../deep-colours.js';
import { sharp } from '../sharp.js';
import { withProfile } from './jpeg-profile.js';
import { type HeifColours, openHeif } from './libheif.js';
import { type HeifOrder, REFUSED } from './heif-protocol.js';

/*
 * Runs as a process of its own: reads a HEIC or AVIF file from its input, writes a JPEG to its output and ends. What a
 * stranger's file does to the decoder ends with it. Exit code REFUSED: the sentence about the file is on stderr.
 */

/** What WebAssembly may allocate; 48 megapixels take about 500 MB. */
const MOST_WASM_BYTES = 768 * 1024 * 1024;
const PAGE = 64 * 1024;
/** Twice what is ever worked with. The encoder would hold the coefficients of a larger picture whole. */
const MOST_SIDE = 4096;
/** High enough that a second generation of artefacts does not show. */
const QUALITY = 93;
/** Code points of ITU-T H.273. */
const DISPLAY_P3 = 12;
const PERCEPTUAL_QUANTISER = 16;

/** A sentence for the sender. */
class Refusal extends Error {}

const { format, maxPixels } = JSON.parse(process.argv.at(-1) as string) as HeifOrder;
const name = format.toUpperCase();

let isOutOfMemory = false;

function boundWasm(): void {
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    // It is asked for generously first, then for less.
    isOutOfMemory = this.buffer.byteLength + pages * PAGE > MOST_WASM_BYTES;
    if (isOutOfMemory) throw new RangeError('no more memory');
    return grow.call(this, pages);
  };
}

async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function checkSize(width: number, height: number): void {
  if (width * height <= maxPixels) return;
  throw new Refusal(
    `The picture has ${width} x ${height} pixels; as ${name} at most ${Math.floor(maxPixels / 1e6)} MP are taken. Save it as a JPEG or send a smaller copy.`,
  );
}

const encoded = (picture: Sharp): Promise<Buffer> =>
  picture
    .resize(MOST_SIDE, MOST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();

async function fromHeic(bytes: Buffer): Promise<Buffer> {
  const file = openHeif(bytes);
  checkSize(file.width, file.height);
  if (file.colours.transfer === PERCEPTUAL_QUANTISER) {
    throw new Refusal(`The ${name} picture is in high dynamic range (PQ) and has no ordinary one. Save it as a JPEG.`);
  }
  const { width, height, rgb } = file.decode();
  const jpeg = await encoded(sharp(rgb, { raw: { width, height, channels: 3 } }));
  const icc = await profileOf(file.colours);
  return icc ? withProfile(jpeg, icc) : jpeg;
}

/** The picture keeps its wide gamut; whoever decodes the JPEG takes it to sRGB as any other. */
async function profileOf({ icc, primaries }: HeifColours): Promise<Buffer | undefined> {
  if (icc) return icc;
  if (primaries !== DISPLAY_P3) return undefined;
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } });
  return (await sharp(await pixel.withIccProfile('p3').jpeg().toBuffer()).metadata()).icc;
}

async function fromAvif(bytes: Buffer): Promise<Buffer> {
  // In this process alone.
  sharp.unblock({ operation: ['VipsForeignLoadHeif'] });
  const picture = sharp(bytes, { failOn: 'error', limitInputPixels: false });
  const metadata = await picture.metadata();
  checkSize(metadata.width, metadata.height);
  return encoded(inSrgb(picture, isDeep(metadata)).flatten({ background: '#ffffff' }));
}

async function run(): Promise<void> {
  boundWasm();
  const bytes = await readInput();
  const jpeg = await (format === 'heic' ? fromHeic(bytes) : fromAvif(bytes));
  process.stdout.write(jpeg);
}

run().catch((error: unknown) => {
  const cause = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  process.exitCode = REFUSED;
  process.stderr.write(sentenceFor(error, cause));
});

function sentenceFor(error: unknown, cause: string): string {
  if (error instanceof Refusal) return cause;
  if (isOutOfMemory) return `The ${name} picture takes more memory than is given to one. Save it as a JPEG.`;
  return `The ${name} picture is damaged or cut off (${cause}). Upload the photo again from the original.`;
}

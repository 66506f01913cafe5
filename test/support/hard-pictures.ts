import { readFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { sharp } from '../../src/imaging/sharp.js';
import { drawPlate, plain } from '../unit/imaging/pictures.js';

/*
 * Photos as people send them, hard but whole, and files that are no photos. Sharp writes most; what it cannot write is
 * put together byte by byte.
 */

export interface HardPicture {
  name: string;
  bytes: Buffer;
  /** Upright size in pixels. */
  width: number;
  height: number;
}

/** Whole pictures that must come out as good pictures. */
export async function hardPictures(): Promise<HardPicture[]> {
  const plate = await drawPlate();
  const at = (name: string, bytes: Buffer, width = 480, height = 360): HardPicture => ({ name, bytes, width, height });
  const frames = Array.from({ length: 3 }, (_, index) =>
    sharp(plate)
      .rotate(index * 180)
      .png()
      .toBuffer(),
  );
  return [
    at('turned by the camera', await sharp(plate).withMetadata({ orientation: 6 }).jpeg().toBuffer(), 360, 480),
    at('mirrored by the camera', await sharp(plate).withMetadata({ orientation: 5 }).jpeg().toBuffer(), 360, 480),
    at('CMYK', await sharp(plate).toColourspace('cmyk').jpeg().toBuffer()),
    at('16 bits a channel', await sharp(plate).toColourspace('rgb16').png().toBuffer()),
    at('transparent around the plate', await cutOutOfPaper(plate)),
    at('grey', await sharp(plate).greyscale().toColourspace('b-w').jpeg().toBuffer()),
    at('with a palette', await sharp(plate).png({ palette: true, colours: 16 }).toBuffer()),
    at('progressive', await sharp(plate).jpeg({ progressive: true }).toBuffer()),
    at('interlaced', await sharp(plate).png({ progressive: true }).toBuffer()),
    at('in a wide gamut', await sharp(plate).withIccProfile('p3').jpeg().toBuffer()),
    at('small', await sharp(plate).resize(100, 100, { fit: 'cover' }).jpeg().toBuffer(), 100, 100),
    at(
      'five times as wide as high',
      await sharp(plate).resize(1500, 300, { fit: 'fill' }).jpeg().toBuffer(),
      1500,
      300,
    ),
    at(
      'five times as high as wide',
      await sharp(plate).resize(300, 1500, { fit: 'fill' }).jpeg().toBuffer(),
      300,
      1500,
    ),
    at('dark', await sharp(plate).linear(0.2, 0).jpeg().toBuffer()),
    at(
      'animated',
      await sharp(await Promise.all(frames), { join: { animated: true } })
        .webp()
        .toBuffer(),
    ),
    at('with a comment of 60 kB', withComment(await sharp(plate).jpeg().toBuffer())),
    at(
      '48 megapixels',
      await sharp(plate).resize(8000, 6000, { kernel: 'nearest' }).jpeg({ quality: 60 }).toBuffer(),
      8000,
      6000,
    ),
  ];
}

/** Files that are refused, and what the refusal must say. */
export async function badPictures(): Promise<{ name: string; bytes: Buffer; refusal: RegExp }[]> {
  const plate = await drawPlate();
  const jpeg = await sharp(plate).jpeg().toBuffer();
  const webp = await sharp(plate).webp().toBuffer();
  const bad = (name: string, bytes: Buffer, refusal: RegExp) => ({ name, bytes, refusal });
  return [
    bad('zero bytes', Buffer.alloc(0), /empty \(0 bytes\)/),
    bad('text', Buffer.from('hello, I am a photo'), /not a JPEG, PNG or WebP picture\. Save/),
    bad('noise', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)), /not a JPEG, PNG or WebP/),
    bad('a film', isoMedia('isom'), /but a video file/),
    bad(
      'SVG',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"/>'),
      /but an SVG file/,
    ),
    bad('SVG that fetches', fetchingSvg, /but an SVG file/),
    bad('TIFF, whatever its name', await sharp(plate).tiff().toBuffer(), /but a TIFF file/),
    bad('GIF', await sharp(plate).gif().toBuffer(), /but a GIF file/),
    bad('BMP', Buffer.concat([Buffer.from('BM'), Buffer.alloc(200)]), /but a BMP file/),
    bad('PDF', Buffer.from('%PDF-1.7\n1 0 obj'), /but a PDF file/),
    bad('half a JPEG', jpeg.subarray(0, jpeg.length >> 1), /JPEG picture is damaged or cut off/),
    bad('half a PNG', plate.subarray(0, plate.length >> 1), /PNG picture is damaged or cut off/),
    bad('half a WebP', webp.subarray(0, webp.length >> 1), /WEBP picture is damaged or cut off/),
    bad('a JPEG header', jpeg.subarray(0, 20), /JPEG picture is damaged or cut off/),
    bad(
      'a PNG signature before a TIFF',
      Buffer.concat([plate.subarray(0, 8), await sharp(plate).tiff().toBuffer()]),
      /PNG picture is damaged/,
    ),
    bad('nearly black', await sharp(plate).linear(0.04, 0).jpeg().toBuffer(), /almost black; .* more light/),
    bad('one colour', await plain('#808080', 400, 300), /of one colour/),
    bad('an icon', await sharp(plate).resize(8, 8).png().toBuffer(), /only 8 x 8 pixels/),
    bad('a line', await sharp(plate).resize(4000, 4, { fit: 'fill' }).png().toBuffer(), /only 4000 x 4 pixels/),
    bad('a pixel bomb, PNG', bombPng(60_000, 60_000), /60000 x 60000 pixels \(3600 MP\); at most 200 MP/),
    bad('a pixel bomb, JPEG', bombJpeg(jpeg, 65_000, 65_000), /65000 x 65000 pixels/),
    bad('a little more than the limit', bombPng(14_200, 14_100), /201 MP\); at most 200 MP/),
  ];
}

/** Files that are refused where a shop sends its photo; those who decode only what is kept never see them. */
export const badHeif = (): { name: string; bytes: Buffer; refusal: RegExp }[] => [
  { name: 'HEIC of nothing', bytes: isoMedia('heic'), refusal: /HEIC picture is damaged or cut off/ },
  {
    name: 'half an AVIF',
    bytes: readFileSync(path.join(import.meta.dirname, 'pictures/quarters-p3.avif')).subarray(0, 600),
    refusal: /AVIF picture is damaged or cut off/,
  },
];

const fetchingSvg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="50" height="50">' +
    '<image xlink:href="http://127.0.0.1:9/x.png" width="50" height="50"/><image xlink:href="file:///etc/hostname"/></svg>',
);

async function cutOutOfPaper(plate: Buffer): Promise<Buffer> {
  const hole =
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360"><ellipse cx="200" cy="190" rx="120" ry="100"/></svg>';
  return sharp(plate)
    .ensureAlpha()
    .composite([{ input: Buffer.from(hole), blend: 'dest-in' }])
    .png()
    .toBuffer();
}

/** The beginning of an ISO base media file of the given brand. */
function isoMedia(brand: string): Buffer {
  const box = Buffer.alloc(64);
  box.writeUInt32BE(24, 0);
  box.write(`ftyp${brand}`, 4, 'latin1');
  return box;
}

/** A JPEG that carries a lot besides its picture. */
function withComment(jpeg: Buffer): Buffer {
  const comment = Buffer.alloc(60_000, 0x20);
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}

/** A few bytes that ask for a picture of any size: all of it is the same compressed row. */
function bombPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The same JPEG with another size in its frame header. */
function bombJpeg(jpeg: Buffer, width: number, height: number): Buffer {
  const bytes = Buffer.from(jpeg);
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

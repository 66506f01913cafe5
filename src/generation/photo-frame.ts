import type { Box } from '../imaging/geometry.js';
import { sharp } from '../imaging/sharp.js';
import { type Size, svgOf } from './canvas.js';
import type { DishPhoto } from './dish-photo.js';
import { applyGrade } from './grade.js';

/** A window onto the photo, in pixels of the canvas. */
export interface FrameRequest {
  width: number;
  height: number;
  /** Where the centre of the dish comes to lie inside the frame, and how long its long side gets. */
  centreX: number;
  centreY: number;
  dishSize: number;
}

/** Where the whole photo comes to lie, in pixels of the frame; it may reach far beyond it. */
export function photoInFrame(photo: DishPhoto, { centreX, centreY, dishSize }: FrameRequest): Box {
  const scale = dishSize / Math.max(photo.dish.width, photo.dish.height);
  return {
    x: centreX - (photo.dish.x + photo.dish.width / 2) * scale,
    y: centreY - (photo.dish.y + photo.dish.height / 2) * scale,
    width: photo.width * scale,
    height: photo.height * scale,
  };
}

/** A dish so much longer than its frame is still all there to the eye, its rim cut on both sides. */
const MOST_DISH = 1.14;

/**
 * The frame with the dish at most `most` times as large and shifted as little as needed, so that the photo reaches across
 * it (to its left and right edges, or to all four). As it was when that is not enough.
 */
export function covering(
  photo: DishPhoto,
  frame: FrameRequest,
  { most, edges }: { most: number; edges: 'sides' | 'all' },
): FrameRequest {
  const shown = photoInFrame(photo, frame);
  const zoom = Math.max(1, frame.width / shown.width, edges === 'all' ? frame.height / shown.height : 1);
  const grown = { ...frame, dishSize: frame.dishSize * zoom };
  const scale = grown.dishSize / Math.max(photo.dish.width, photo.dish.height);
  const isDishLost =
    Math.max((photo.dish.width * scale) / frame.width, (photo.dish.height * scale) / frame.height) > MOST_DISH;
  if (zoom > most || isDishLost) return frame;
  const at = photoInFrame(photo, grown);
  const shift = (start: number, length: number, window: number): number =>
    Math.min(0, Math.max(window - length, start)) - start;
  return {
    ...grown,
    centreX: grown.centreX + shift(at.x, at.width, frame.width),
    centreY: grown.centreY + (edges === 'all' ? shift(at.y, at.height, frame.height) : 0),
  };
}

/**
 * The part of a frame that the photo itself covers, in pixels of the frame. A window that shows only the photo needs no
 * drawn-out edges; left and right stay alike, so that the dish keeps its middle.
 */
export function coveredPart(photo: DishPhoto, frame: FrameRequest): Box {
  const { x, y, width, height } = photoInFrame(photo, frame);
  const side = Math.max(0, Math.ceil(x), Math.ceil(frame.width - x - width));
  const top = Math.max(0, Math.ceil(y));
  const bottom = Math.max(0, Math.ceil(frame.height - y - height));
  return { x: side, y: top, width: frame.width - 2 * side, height: frame.height - top - bottom };
}

/** The frame reduced to its covered part, and by how much its corner moves. */
export function withinPhoto(photo: DishPhoto, frame: FrameRequest): { frame: FrameRequest; left: number; top: number } {
  const part = coveredPart(photo, frame);
  const reduced = {
    ...frame,
    width: part.width,
    height: part.height,
    centreX: frame.centreX - part.x,
    centreY: frame.centreY - part.y,
  };
  return { frame: reduced, left: part.x, top: part.y };
}

/**
 * The photo scaled and shifted so that the dish lies where it is asked for, graded, as RGB pixels of the frame's size.
 * What lies beyond the photo's edge is its edge colours drawn out and strongly blurred: no edge shows, and unlike a
 * mirrored continuation it cannot show a ghost of the dish. With a colour for `beyond` the photo fades into that instead.
 */
export async function framePhoto(photo: DishPhoto, request: FrameRequest, beyond?: string): Promise<Buffer> {
  const { width, height } = request;
  const { x: left, y: top, width: wide } = photoInFrame(photo, request);
  const scale = wide / photo.width;

  // Only the part of the photo that shows is scaled; a close crop of a small photo would otherwise grow huge first.
  const from = {
    left: Math.max(0, Math.floor(-left / scale)),
    top: Math.max(0, Math.floor(-top / scale)),
    right: Math.min(photo.width, Math.ceil((width - left) / scale)),
    bottom: Math.min(photo.height, Math.ceil((height - top) / scale)),
  };
  const onto = {
    left: Math.max(0, Math.round(left + from.left * scale)),
    top: Math.max(0, Math.round(top + from.top * scale)),
    right: Math.min(width, Math.round(left + from.right * scale)),
    bottom: Math.min(height, Math.round(top + from.bottom * scale)),
  };
  const shown = await sharp(photo.pixels, { raw: { width: photo.width, height: photo.height, channels: 3 } })
    .extract({
      left: from.left,
      top: from.top,
      width: Math.max(1, from.right - from.left),
      height: Math.max(1, from.bottom - from.top),
    })
    .resize(Math.max(1, onto.right - onto.left), Math.max(1, onto.bottom - onto.top), {
      fit: 'fill',
      kernel: 'lanczos3',
    })
    .sharpen({ sigma: 0.9 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const graded = await applyGrade(shown.data, shown.info.width, shown.info.height, photo.grade);

  const gaps = { left: onto.left, top: onto.top, right: width - onto.right, bottom: height - onto.bottom };
  const raw = { width: shown.info.width, height: shown.info.height, channels: 3 as const };
  if (Math.max(...Object.values(gaps)) <= 0) return graded;
  const continued = await sharp(graded, { raw })
    .extend({ ...gaps, extendWith: 'copy' })
    .raw()
    .toBuffer();
  const whole = { raw: { width, height, channels: 3 as const } };
  const ground =
    beyond === undefined
      ? sharp(await softBlur(continued, width, height, 26), whole)
      : sharp({ create: { width, height, channels: 3, background: beyond } });
  const feather = Math.round(Math.min(beyond === undefined ? 70 : 190, Math.min(raw.width, raw.height) * 0.3));
  const mask = await edgeMask(width, height, gaps, feather);
  const sharpPart = await sharp(continued, whole)
    .joinChannel(mask, { raw: { width, height, channels: 1 } })
    .raw()
    .toBuffer();
  return ground
    .composite([{ input: sharpPart, raw: { width, height, channels: 4 } }])
    .removeAlpha()
    .raw()
    .toBuffer();
}

/** Gaussian blur of RGB pixels, done at a quarter of the size: the eye cannot tell and it takes a tenth of the time. */
export async function softBlur(pixels: Buffer, width: number, height: number, sigma: number): Promise<Buffer> {
  const raw = { width, height, channels: 3 as const };
  const small = await sharp(pixels, { raw })
    .resize(Math.ceil(width / 4), Math.ceil(height / 4), { fit: 'fill', kernel: 'cubic' })
    .blur(Math.max(0.5, sigma / 4))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(small.data, { raw: { width: small.info.width, height: small.info.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}

/** White where the photo itself shows, fading to black over `feather` pixels before each edge that has a gap. */
async function edgeMask(
  width: number,
  height: number,
  gaps: { left: number; top: number; right: number; bottom: number },
  feather: number,
): Promise<Buffer> {
  const inset = (gap: number): number => (gap > 0 ? gap + feather / 2 : -feather * 2);
  const x = inset(gaps.left);
  const y = inset(gaps.top);
  const wide = Math.max(1, width - x - inset(gaps.right));
  const tall = Math.max(1, height - y - inset(gaps.bottom));
  const pad = feather * 2;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width + 2 * pad}" height="${height + 2 * pad}">` +
    `<rect width="100%" height="100%" fill="#000"/>` +
    `<rect x="${x + pad}" y="${y + pad}" width="${wide}" height="${tall}" fill="#fff"/></svg>`;
  const drawn = await sharp(Buffer.from(svg))
    .greyscale()
    .blur(Math.max(0.5, feather / 4))
    .png()
    .toBuffer();
  return sharp(drawn).extract({ left: pad, top: pad, width, height }).toColourspace('b-w').raw().toBuffer();
}

/** The headline's side of the photo out of focus, fading into the sharp part: RGBA PNG of the canvas size. */
export async function calmSide(framed: Buffer, size: Size, headline: 'top' | 'bottom', sigma: number): Promise<Buffer> {
  const blurred = await softBlur(framed, size.width, size.height, sigma);
  const [y1, y2] = headline === 'top' ? [0, 1] : [1, 0];
  const fade =
    `<defs><linearGradient id="g" x1="0" y1="${y1}" x2="0" y2="${y2}"><stop offset="0.2" stop-color="#fff"/>` +
    `<stop offset="0.33" stop-color="#fff" stop-opacity="0"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;
  return sharp(blurred, { raw: { ...size, channels: 3 } })
    .ensureAlpha()
    .composite([{ input: svgOf(size, fade), blend: 'dest-in' }])
    .png({ compressionLevel: 0 })
    .toBuffer();
}

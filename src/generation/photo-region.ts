import type { OverlayOptions } from 'sharp';
import type { Box } from '../imaging/geometry.js';
import { sharp } from '../imaging/sharp.js';
import { type Size, svgOf } from './canvas.js';
import type { DishPhoto } from './dish-photo.js';
import { type FrameRequest, framePhoto } from './photo-frame.js';

/** A photo's pixels are enlarged at most so many times; beyond, it is soft on a telephone. */
export const MOST_ENLARGED = 1.5;
/** Share of its region that a dish should fill, and how much closer than the whole photo a crop may go. */
const DISH_FILLS = 0.9;
const CLOSEST = 1.7;

/**
 * The crop of the photo that fills a region of so many pixels: the whole dish where the photo allows, as large as its
 * sharpness bears, near the region's `centre` (shares of the region).
 */
export function cropFor(
  photo: DishPhoto,
  region: { width: number; height: number },
  centre: { x: number; y: number } = { x: 0.5, y: 0.5 },
  /** Pixels of the region below which the dish should not reach. */
  floor = region.height,
): FrameRequest {
  const cover = Math.max(region.width / photo.width, region.height / photo.height);
  const dish = DISH_FILLS * Math.min(region.width / photo.dish.width, region.height / photo.dish.height);
  const most = Math.max(cover, Math.min(cover * CLOSEST, MOST_ENLARGED / photo.pixelScale));
  const scale = Math.min(most, Math.max(cover, dish));
  const along = (start: number, length: number, whole: number, window: number, share: number): number => {
    const wanted = share * window;
    const middle = (start + length / 2) * scale;
    // The photo reaches across the whole region, whatever the dish would like.
    const offset = Math.min(0, Math.max(window - whole * scale, wanted - middle));
    return offset + middle;
  };
  return {
    width: region.width,
    height: region.height,
    centreX: along(photo.dish.x, photo.dish.width, photo.width, region.width, centre.x),
    centreY: along(
      photo.dish.y,
      photo.dish.height,
      photo.height,
      region.height,
      Math.min(centre.y, (floor - (photo.dish.height * scale) / 2) / region.height),
    ),
    dishSize: scale * Math.max(photo.dish.width, photo.dish.height),
  };
}

/** Share of its width that a window may give up to show the dish whole. */
const NARROWEST = 0.58;

/** The window, narrower around its middle where only so the whole dish shows: a plate cut in half is no picture of it. */
export function windowFor(photo: DishPhoto, region: Box): Box {
  const cover = Math.max(region.width / photo.width, region.height / photo.height);
  const whole = 0.95 * Math.min(region.width / photo.dish.width, region.height / photo.dish.height);
  if (whole >= cover || photo.height * whole < region.height) return region;
  const width = Math.max(region.width * NARROWEST, photo.width * whole);
  return wholePixels({ ...region, x: region.x + (region.width - width) / 2, width });
}

/** How many times a crop enlarges the photo's own pixels. */
export const enlargementOf = (photo: DishPhoto, frame: FrameRequest): number =>
  (frame.dishSize / Math.max(photo.dish.width, photo.dish.height)) * photo.pixelScale;

/** Share of the dish that a crop shows, 0..1. */
export function shownOfDish(photo: DishPhoto, frame: FrameRequest): number {
  const scale = frame.dishSize / Math.max(photo.dish.width, photo.dish.height);
  const inside = (centre: number, length: number, window: number): number =>
    Math.max(0, Math.min(window, centre + length / 2) - Math.max(0, centre - length / 2)) / length;
  return (
    inside(frame.centreX, photo.dish.width * scale, frame.width) *
    inside(frame.centreY, photo.dish.height * scale, frame.height)
  );
}

export interface Fade {
  edge: 'top' | 'bottom' | 'left' | 'right';
  /** Pixels over which the photo sinks into the ground. */
  length: number;
}

/** The cropped photo as a layer at its region (whole pixels), its edges fading where asked. */
export async function photoLayer(
  photo: DishPhoto,
  region: Box,
  frame: FrameRequest,
  fades: readonly Fade[] = [],
): Promise<OverlayOptions> {
  const size = { width: frame.width, height: frame.height };
  const pixels = await framePhoto(photo, frame);
  const at = { left: Math.round(region.x), top: Math.round(region.y) };
  if (fades.length === 0) return { input: pixels, raw: { ...size, channels: 3 }, ...at };
  let alpha = await fadeMask(size, fades[0] as Fade);
  for (const fade of fades.slice(1)) {
    const next = await fadeMask(size, fade);
    alpha = Buffer.from(alpha.map((value, index) => (value * (next[index] as number)) / 255));
  }
  const input = await sharp(pixels, { raw: { ...size, channels: 3 } })
    .joinChannel(alpha, { raw: { ...size, channels: 1 } })
    .raw()
    .toBuffer();
  return { input, raw: { ...size, channels: 4 }, ...at };
}

/** One channel, 255 where the photo shows whole. The curve is a smooth step: a straight one shows where it begins. */
async function fadeMask(size: Size, { edge, length }: Fade): Promise<Buffer> {
  const across = edge === 'top' || edge === 'bottom' ? size.height : size.width;
  const share = Math.min(1, length / across);
  const stops = Array.from({ length: 9 }, (_, index) => {
    const t = index / 8;
    const grey = Math.round(255 * t * t * (3 - 2 * t));
    return `<stop offset="${(t * share).toFixed(4)}" stop-color="rgb(${grey},${grey},${grey})"/>`;
  }).join('');
  const direction = {
    top: 'x1="0" y1="0" x2="0" y2="1"',
    bottom: 'x1="0" y1="1" x2="0" y2="0"',
    left: 'x1="0" y1="0" x2="1" y2="0"',
    right: 'x1="1" y1="0" x2="0" y2="0"',
  }[edge];
  const body = `<defs><linearGradient id="f" ${direction}>${stops}</linearGradient></defs><rect width="100%" height="100%" fill="url(#f)"/>`;
  return sharp(svgOf(size, body)).greyscale().raw().toBuffer();
}

/** A region in whole pixels. */
export const wholePixels = (box: Box): Box => {
  const [x, y] = [Math.round(box.x), Math.round(box.y)];
  return { x, y, width: Math.round(box.x + box.width) - x, height: Math.round(box.y + box.height) - y };
};

import { type Box, toRatios } from '../imaging/geometry.js';
import type { Season } from '../seasons.js';
import type { Size } from './canvas.js';
import type { DishPhoto } from './dish-photo.js';
import { type FrameRequest, photoInFrame } from './photo-frame.js';
import type { PhotoOnCanvas, Placement } from './provider.js';
import type { Random } from './random.js';

export type HeadlineSide = 'top' | 'bottom';

/** Everything a design is told. All boxes in pixels of the canvas. */
export interface Brief {
  photo: DishPhoto;
  season: Season;
  size: Size;
  headline: HeadlineSide;
  /** Where the headline will stand; kept calm. */
  room: Box;
  /** Where the dish may be. */
  stage: Box;
  /** Wished centre of the dish (shares of the canvas) and how much of its stage it fills, 0..1. */
  wish: { x: number; fill: number };
  random: Random;
}

export interface Composition {
  png: Buffer;
  placement: Placement;
  photoOnCanvas: PhotoOnCanvas;
  prompt: string;
}

export interface Design {
  name: string;
  compose(brief: Brief): Promise<Composition>;
}

/** Shares of the canvas height, from the headline's edge: where its room begins and ends, and where the dish's stage ends. */
const ROOMS: Record<'square' | 'portrait' | 'story', [from: number, to: number, foot: number]> = {
  square: [0.045, 0.275, 0.922],
  portrait: [0.05, 0.255, 0.925],
  // The app covers the top and the bottom of a story with its own things.
  story: [0.135, 0.325, 0.8],
};
const SIDE = 0.06;
/** Share of the canvas width a dish takes at most. */
const WIDEST = 0.83;

/** The headline's room comes first; the dish gets what is left. */
export function roomsFor(size: Size, headline: HeadlineSide): { room: Box; stage: Box } {
  const aspect = size.height / size.width;
  const [from, to, foot] = ROOMS[aspect > 1.6 ? 'story' : aspect > 1.1 ? 'portrait' : 'square'];
  const band = (start: number, end: number, side: number): Box => ({
    x: side * size.width,
    y: (headline === 'top' ? start : 1 - end) * size.height,
    width: (1 - 2 * side) * size.width,
    height: (end - start) * size.height,
  });
  return { room: band(from, to, SIDE), stage: band(to + 0.012, foot, SIDE * 0.7) };
}

/** Width and height of the dish, as large as the field allows. */
export function fitDish(photo: DishPhoto, width: number, height: number): { width: number; height: number } {
  const scale = Math.min(width / photo.dish.width, height / photo.dish.height);
  return { width: photo.dish.width * scale, height: photo.dish.height * scale };
}

/** The dish's box on its stage: as large as wished, near the wished centre, whole on the canvas. */
export function dishOnStage({ photo, stage, size, wish, headline }: Brief, fill = wish.fill): Box {
  // A wide dish from edge to edge looks like a close-up gone wrong.
  const dish = fitDish(photo, Math.min(stage.width, size.width * WIDEST) * fill, stage.height * fill);
  const x = clamp(wish.x * size.width - dish.width / 2, stage.x, stage.x + stage.width - dish.width);
  // Spare height goes mostly to the headline's side: a dish stands low, it does not hover.
  const spare = stage.height - dish.height;
  return { x, y: stage.y + spare * (headline === 'top' ? 0.58 : 0.5), ...dish };
}

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const centreOf = (box: Box): { x: number; y: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

export const placementOf = (dish: Box, size: Size): Placement => {
  const { x, y } = centreOf(dish);
  return { x: x / size.width, y: y / size.height, size: Math.max(dish.width, dish.height) / size.width };
};

/** What a canvas shows of the photo when the cut-out dish lies in `dish`: all of it, if only the rest were there. */
export function cutoutOnCanvas(photo: DishPhoto, dish: Box, size: Size): PhotoOnCanvas {
  const scale = dish.width / photo.dish.width;
  const box = {
    x: dish.x - photo.dish.x * scale,
    y: dish.y - photo.dish.y * scale,
    width: photo.width * scale,
    height: photo.height * scale,
  };
  return { box: toRatios(box, size.width, size.height), window: { x: 0, y: 0, width: 1, height: 1 } };
}

/** A frame laid on the canvas at the given corner: what of it is the photo, as shares of the canvas. */
export const photoOnCanvas = (
  photo: DishPhoto,
  frame: FrameRequest,
  size: Size,
  at: { left: number; top: number } = { left: 0, top: 0 },
): PhotoOnCanvas => {
  const within = photoInFrame(photo, frame);
  return {
    box: toRatios({ ...within, x: at.left + within.x, y: at.top + within.y }, size.width, size.height),
    window: toRatios({ x: at.left, y: at.top, width: frame.width, height: frame.height }, size.width, size.height),
  };
};

/** Where the dish comes to lie in a frame. */
export function dishInFrame(photo: DishPhoto, frame: FrameRequest, at: { left: number; top: number }): Box {
  const scale = frame.dishSize / Math.max(photo.dish.width, photo.dish.height);
  const [width, height] = [photo.dish.width * scale, photo.dish.height * scale];
  return { x: at.left + frame.centreX - width / 2, y: at.top + frame.centreY - height / 2, width, height };
}

/** Long side of the dish, in pixels, that keeps it inside a field of the given size (pixels). */
export function dishSizeWithin(photo: DishPhoto, width: number, height: number): number {
  const dish = fitDish(photo, width, height);
  return Math.max(dish.width, dish.height);
}

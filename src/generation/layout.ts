import { toRatios } from '../imaging/geometry.js';
import type { DishPhoto } from './dish-photo.js';
import { CANVAS } from './canvas.js';
import { type FrameRequest, photoInFrame } from './photo-frame.js';
import type { PhotoOnCanvas, Placement } from './provider.js';
import type { Random } from './random.js';

export type HeadlineSide = 'top' | 'bottom';

/** Everything a design is told. */
export interface Brief {
  photo: DishPhoto;
  headline: HeadlineSide;
  /** Wished place of the dish, already settled outside the headline's room. */
  spot: Placement;
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
  /** Where the dish goes when nobody says otherwise; the headline takes the other side. */
  usualSpot: Placement;
  compose(brief: Brief): Promise<Composition>;
}

/** The dish keeps to this share of the canvas height, top to bottom; the rest is the headline's. */
const BANDS: Record<HeadlineSide, [from: number, to: number]> = { top: [0.27, 0.965], bottom: [0.035, 0.73] };

/** The headline takes the side the dish leaves free. */
export const headlineSideFor = (spot: Placement): HeadlineSide => (spot.y >= 0.5 ? 'top' : 'bottom');

/** The nearest place to the wished one that leaves the headline its room and keeps the dish on the canvas. */
export function settle(spot: Placement, headline: HeadlineSide): Placement {
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  const [from, to] = BANDS[headline];
  const size = clamp(spot.size, 0.42, to - from);
  return { size, x: clamp(spot.x, size / 2 + 0.04, 0.96 - size / 2), y: clamp(spot.y, from + size / 2, to - size / 2) };
}

/** Long side of the dish, in pixels, that keeps it inside a field of the given size (pixels). */
export function dishSizeWithin(photo: DishPhoto, width: number, height: number): number {
  const scale = Math.min(width / photo.dish.width, height / photo.dish.height);
  return scale * Math.max(photo.dish.width, photo.dish.height);
}

/** A frame laid on the canvas at the given corner: what of it is the photo, as shares of the canvas. */
export const photoOnCanvas = (
  photo: DishPhoto,
  frame: FrameRequest,
  at: { left: number; top: number } = { left: 0, top: 0 },
): PhotoOnCanvas => {
  const within = photoInFrame(photo, frame);
  return {
    box: toRatios({ ...within, x: at.left + within.x, y: at.top + within.y }, CANVAS, CANVAS),
    window: toRatios({ x: at.left, y: at.top, width: frame.width, height: frame.height }, CANVAS, CANVAS),
  };
};

export const pixels = (share: number): number => Math.round(share * CANVAS);

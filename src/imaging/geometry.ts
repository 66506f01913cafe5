/** An upright rectangle, origin at the top left. The user of a box says whether it holds pixels or ratios (0..1). */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The same rectangle as its two corners, [left, top, right, bottom]. */
export const toCorners = (box: Box): [x1: number, y1: number, x2: number, y2: number] => [
  box.x,
  box.y,
  box.x + box.width,
  box.y + box.height,
];

/**
 * Shared area divided by covered area, 0 (apart) to 1 (the same box). Both boxes must be in the same unit.
 * Touching edges share no area; a box without area overlaps nothing, so the answer is 0 and never NaN.
 */
export function intersectionOverUnion(a: Box, b: Box): number {
  const [ax1, ay1, ax2, ay2] = toCorners(a);
  const [bx1, by1, bx2, by2] = toCorners(b);
  const sharedWidth = Math.min(ax2, bx2) - Math.max(ax1, bx1);
  const sharedHeight = Math.min(ay2, by2) - Math.max(ay1, by1);
  if (sharedWidth <= 0 || sharedHeight <= 0) return 0;
  const shared = sharedWidth * sharedHeight;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** What two boxes share; width or height is not above 0 when they share nothing. */
export function intersectionOf(a: Box, b: Box): Box {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.min(a.x + a.width, b.x + b.width) - x,
    height: Math.min(a.y + a.height, b.y + b.height) - y,
  };
}

/** Pixels of a picture of the given size for a box in ratios: whole numbers, inside the picture, at least 1 x 1. */
export function toPixels(ratios: Box, width: number, height: number): Box {
  const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  const x = clamp(Math.round(ratios.x * width), 0, width - 1);
  const y = clamp(Math.round(ratios.y * height), 0, height - 1);
  return {
    x,
    y,
    width: clamp(Math.round((ratios.x + ratios.width) * width), x + 1, width) - x,
    height: clamp(Math.round((ratios.y + ratios.height) * height), y + 1, height) - y,
  };
}

/** A box in pixels as ratios of the picture it lies in. */
export const toRatios = (pixels: Box, width: number, height: number): Box => ({
  x: pixels.x / width,
  y: pixels.y / height,
  width: pixels.width / width,
  height: pixels.height / height,
});

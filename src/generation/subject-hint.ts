import type { SubjectHint } from './provider.js';

/** A drawn box may end a rounding error beyond the edge. */
const EDGE = 1.0001;

/** @throws TypeError that says what a hint must be, unless it names a place on the photo. */
export function checkHint(hint: SubjectHint): void {
  const shares = Object.values(hint);
  const isPlace =
    shares.every((share) => Number.isFinite(share) && share >= 0 && share <= 1) &&
    (!('width' in hint) ||
      (hint.width > 0 && hint.height > 0 && hint.x + hint.width <= EDGE && hint.y + hint.height <= EDGE));
  if (isPlace) return;
  throw new TypeError(
    `the dish's place ${JSON.stringify(hint)} is not on the photo; give {x, y} or {x, y, width, height} as shares of it, 0 to 1`,
  );
}

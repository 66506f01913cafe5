import type { Box } from './geometry.js';
import type { Mask } from './mask.js';

/**
 * The largest upright rectangle (mask pixels) that covers only pixels of value 0 and keeps the given minimum sides.
 * Exact, in one pass over the mask: every row is a histogram of free heights, searched with a stack.
 * Of equally large rectangles the one found first from the top left wins.
 * @returns null when no rectangle is free or none is large enough.
 */
export function largestFreeRectangle(mask: Mask, limits: { minWidth?: number; minHeight?: number } = {}): Box | null {
  const { width, height, data } = mask;
  const minWidth = Math.max(1, limits.minWidth ?? 1);
  const minHeight = Math.max(1, limits.minHeight ?? 1);
  const freeHeight = new Uint32Array(width);
  let best: Box | null = null;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) freeHeight[x] = data[y * width + x] === 0 ? (freeHeight[x] as number) + 1 : 0;
    // Columns on the stack rise in height; each entry keeps the leftmost column it reaches back to.
    const stack: { from: number; tall: number }[] = [];
    for (let x = 0; x <= width; x++) {
      const tall = x < width ? (freeHeight[x] as number) : 0;
      let from = x;
      while (stack.length > 0 && (stack.at(-1) as { tall: number }).tall >= tall) {
        const top = stack.pop() as { from: number; tall: number };
        from = top.from;
        const wide = x - top.from;
        const bigEnough = wide >= minWidth && top.tall >= minHeight;
        if (bigEnough && (best === null || wide * top.tall > best.width * best.height)) {
          best = { x: top.from, y: y - top.tall + 1, width: wide, height: top.tall };
        }
      }
      if (tall > 0) stack.push({ from, tall });
    }
  }
  return best;
}

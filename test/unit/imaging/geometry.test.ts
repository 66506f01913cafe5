import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestFreeRectangle } from '../../../src/imaging/free-rectangle.js';
import { intersectionOverUnion, toCorners, toPixels } from '../../../src/imaging/geometry.js';
import type { Mask } from '../../../src/imaging/mask.js';

describe('intersection over union', () => {
  const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

  it('is exact', () => {
    expect(intersectionOverUnion(box(0, 0, 4, 4), box(0, 0, 4, 4))).toBe(1);
    expect(intersectionOverUnion(box(0, 0, 4, 4), box(2, 0, 4, 4))).toBe(8 / 24);
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(2, 3, 5, 4))).toBe(20 / 100);
    expect(intersectionOverUnion(box(0, 0, 2, 2), box(1, 1, 2, 2))).toBe(1 / 7);
  });

  it('is 0 for boxes that only touch, lie apart or have no area', () => {
    expect(intersectionOverUnion(box(0, 0, 2, 2), box(2, 0, 2, 2))).toBe(0);
    expect(intersectionOverUnion(box(0, 0, 2, 2), box(5, 5, 1, 1))).toBe(0);
    expect(intersectionOverUnion(box(1, 1, 0, 0), box(1, 1, 0, 0))).toBe(0);
  });

  it('knows corners, and pixels that stay inside the picture', () => {
    expect(toCorners(box(1, 2, 3, 4))).toEqual([1, 2, 4, 6]);
    expect(toPixels(box(0.1, 0.05, 0.8, 0.18), 1080, 1080)).toEqual(box(108, 54, 864, 194));
    expect(toPixels(box(0.9, 0.9, 0.5, 0.5), 100, 100)).toEqual(box(90, 90, 10, 10));
  });
});

describe('largest free rectangle', () => {
  const bruteForceArea = (mask: Mask, minWidth: number, minHeight: number): number => {
    let best = 0;
    for (let y = 0; y < mask.height; y++)
      for (let x = 0; x < mask.width; x++)
        for (let bottom = y + minHeight; bottom <= mask.height; bottom++)
          for (let right = x + minWidth; right <= mask.width; right++) {
            let free = true;
            for (let j = y; j < bottom && free; j++)
              for (let i = x; i < right && free; i++) free = mask.data[j * mask.width + i] === 0;
            if (free) best = Math.max(best, (right - x) * (bottom - y));
          }
    return best;
  };

  it('is as large as a search through all rectangles finds, and really free', () => {
    const masks = fc
      .record({ width: fc.integer({ min: 1, max: 8 }), height: fc.integer({ min: 1, max: 8 }) })
      .chain(({ width, height }) =>
        fc
          .array(fc.constantFrom(0, 0, 255), { minLength: width * height, maxLength: width * height })
          .map((cells) => ({ width, height, data: Uint8Array.from(cells) })),
      );
    const least = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(masks, least, least, (mask, minWidth, minHeight) => {
        const found = largestFreeRectangle(mask, { minWidth, minHeight });
        expect(found === null ? 0 : found.width * found.height).toBe(bruteForceArea(mask, minWidth, minHeight));
        if (found === null) return;
        expect(found.width).toBeGreaterThanOrEqual(minWidth);
        expect(found.height).toBeGreaterThanOrEqual(minHeight);
        for (let y = found.y; y < found.y + found.height; y++)
          for (let x = found.x; x < found.x + found.width; x++) expect(mask.data[y * mask.width + x]).toBe(0);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

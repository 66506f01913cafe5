/** A yes/no picture, one byte a pixel, row-major: 0 is no, anything else is yes. */
export interface Mask {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Blob {
  /** Index of every pixel of the blob in the mask. */
  pixels: Int32Array;
  /** Pixel bounds; right and bottom are the last pixel inside. */
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The mask of those values that are wanted. */
export function maskWhere(
  { width, height }: { width: number; height: number },
  values: Float32Array | Uint16Array,
  isWanted: (value: number) => boolean,
): Mask {
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) if (isWanted(values[i] as number)) data[i] = 255;
  return { width, height, data };
}

/**
 * Distance of every pixel to the nearest pixel whose state is `target`, in thirds of a pixel (3-4 chamfer, within 8 % of
 * the straight line). Two sweeps, and the same in a mirror.
 */
function chamferDistance(mask: Mask, target: boolean): Uint16Array {
  const { width, height, data } = mask;
  const far = 60_000;
  const distance = new Uint16Array(width * height);
  for (let i = 0; i < distance.length; i++) distance[i] = (data[i] !== 0) === target ? 0 : far;
  const sweep = (step: 1 | -1): void => {
    const firstY = step === 1 ? 0 : height - 1;
    const firstX = step === 1 ? 0 : width - 1;
    for (let y = firstY; y >= 0 && y < height; y += step) {
      const hasRow = step === 1 ? y > 0 : y < height - 1;
      for (let x = firstX; x >= 0 && x < width; x += step) {
        const i = y * width + x;
        let best = distance[i] as number;
        const before = step === 1 ? x > 0 : x < width - 1;
        const after = step === 1 ? x < width - 1 : x > 0;
        const row = i - step * width;
        if (before) best = Math.min(best, (distance[i - step] as number) + 3);
        if (hasRow) {
          best = Math.min(best, (distance[row] as number) + 3);
          if (before) best = Math.min(best, (distance[row - step] as number) + 4);
          if (after) best = Math.min(best, (distance[row + step] as number) + 4);
        }
        distance[i] = best;
      }
    }
  };
  sweep(1);
  sweep(-1);
  return distance;
}

/** Grows the yes area by a disc of the given radius in pixels. */
export function dilate(mask: Mask, radius: number): Mask {
  return maskWhere(mask, chamferDistance(mask, true), (thirds) => thirds <= radius * 3);
}

/** Shrinks the yes area by a disc of the given radius in pixels; the picture's edge does not eat into it. */
export function erode(mask: Mask, radius: number): Mask {
  return maskWhere(mask, chamferDistance(mask, false), (thirds) => thirds > radius * 3);
}

/** Closes gaps narrower than twice the radius. */
export const close = (mask: Mask, radius: number): Mask => erode(dilate(mask, radius), radius);

/** Removes strands narrower than twice the radius. */
export const open = (mask: Mask, radius: number): Mask => dilate(erode(mask, radius), radius);

/** The separate yes areas (neighbours share an edge), biggest first. */
export function findBlobs(mask: Mask): Blob[] {
  const { width, height, data } = mask;
  const seen = new Uint8Array(width * height);
  // Blob after blob in the order of finding; each is a stretch of it. Nothing is made for a single pixel, of which a
  // picture has a hundred thousand.
  const found = new Int32Array(width * height);
  let end = 0;
  const visit = (i: number): void => {
    if (data[i] === 0 || seen[i] === 1) return;
    seen[i] = 1;
    found[end++] = i;
  };
  const blobs: Blob[] = [];
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || seen[start] === 1) continue;
    const first = end;
    let [left, top, right, bottom] = [width, height, 0, 0];
    visit(start);
    for (let next = first; next < end; next++) {
      const i = found[next] as number;
      const x = i % width;
      const y = (i - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (y > 0) visit(i - width);
      if (y < height - 1) visit(i + width);
    }
    blobs.push({ pixels: found.subarray(first, end), left, top, right, bottom });
  }
  return blobs.sort((a, b) => b.pixels.length - a.pixels.length);
}

/** The blob's convex hull as a filled mask: dishes are round, so bites taken out of their rim are mistakes. */
export function filledHull(blob: Blob, width: number, height: number): Mask {
  const rowEnds = new Map<number, [number, number]>();
  for (const i of blob.pixels) {
    const x = i % width;
    const y = (i - x) / width;
    const ends = rowEnds.get(y);
    if (ends === undefined) rowEnds.set(y, [x, x]);
    else {
      ends[0] = Math.min(ends[0], x);
      ends[1] = Math.max(ends[1], x);
    }
  }
  const rows = [...rowEnds.keys()].sort((a, b) => a - b);
  const chain = (side: 0 | 1): [number, number][] => {
    const sign = side === 0 ? 1 : -1;
    const hull: [number, number][] = [];
    for (const y of rows) {
      const x = (rowEnds.get(y) as [number, number])[side] * sign;
      while (hull.length >= 2) {
        const [x1, y1] = hull.at(-2) as [number, number];
        const [x2, y2] = hull.at(-1) as [number, number];
        // Drop the middle point when it does not bulge outwards.
        if ((x2 - x1) * (y - y1) < (x - x1) * (y2 - y1)) break;
        hull.pop();
      }
      hull.push([x, y]);
    }
    return hull.map(([x, y]) => [x * sign, y]);
  };
  const edgeAt = (hull: [number, number][], y: number): number => {
    const at = hull.findIndex(([, hullY]) => hullY >= y);
    const [x2, y2] = hull[at] as [number, number];
    if (y2 === y || at === 0) return x2;
    const [x1, y1] = hull[at - 1] as [number, number];
    return x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
  };
  const leftChain = chain(0);
  const rightChain = chain(1);
  const data = new Uint8Array(width * height);
  for (let y = blob.top; y <= blob.bottom; y++) {
    const from = Math.ceil(edgeAt(leftChain, y) - 1e-9);
    const to = Math.floor(edgeAt(rightChain, y) + 1e-9);
    data.fill(255, y * width + from, y * width + to + 1);
  }
  return { width, height, data };
}

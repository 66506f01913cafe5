import { labPlanes } from '../ground-distance.js';
import type { Raster } from '../picture.js';

/** How much and in which direction the colour changes around each pixel: the smoothed structure tensor. */
export interface EdgeField {
  width: number;
  height: number;
  xx: Float32Array;
  xy: Float32Array;
  yy: Float32Array;
}

/** From the raster's own size down, each half as large. */
export function edgeFields(raster: Raster, levels: number): EdgeField[] {
  let { width, height } = raster;
  let lab = labPlanes(raster);
  const fields = [edgeField(lab, width, height)];
  while (fields.length < levels) {
    lab = halved(lab, width, height);
    [width, height] = [width >> 1, height >> 1];
    fields.push(edgeField(lab, width, height));
  }
  return fields;
}

function halved(lab: Float32Array, width: number, height: number): Float32Array {
  const [w, h] = [width >> 1, height >> 1];
  const half = new Float32Array(w * h * 3);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let c = 0; c < 3; c++) {
        const i = (y * 2 * width + x * 2) * 3 + c;
        const below = i + width * 3;
        half[(y * w + x) * 3 + c] =
          ((lab[i] as number) + (lab[i + 3] as number) + (lab[below] as number) + (lab[below + 3] as number)) / 4;
      }
  return half;
}

function edgeField(lab: Float32Array, width: number, height: number): EdgeField {
  const size = width * height;
  const [xx, xy, yy] = [new Float32Array(size), new Float32Array(size), new Float32Array(size)];
  for (let y = 0; y < height; y++) {
    const [up, down] = [Math.max(0, y - 1) * width, Math.min(height - 1, y + 1) * width];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      const i = y * width + x;
      for (let c = 0; c < 3; c++) {
        const at = (row: number, column: number): number => lab[(row + column) * 3 + c] as number;
        const [nw, ne, sw, se] = [at(up, left), at(up, right), at(down, left), at(down, right)];
        const middle = y * width;
        // Scharr's filter: as true across as along the diagonals.
        const gx = (3 * (ne - nw) + 10 * (at(middle, right) - at(middle, left)) + 3 * (se - sw)) / 32;
        const gy = (3 * (sw - nw) + 10 * (at(down, x) - at(up, x)) + 3 * (se - ne)) / 32;
        xx[i] = (xx[i] as number) + gx * gx;
        xy[i] = (xy[i] as number) + gx * gy;
        yy[i] = (yy[i] as number) + gy * gy;
      }
    }
  }
  return {
    width,
    height,
    xx: blurred(xx, width, height),
    xy: blurred(xy, width, height),
    yy: blurred(yy, width, height),
  };
}

/** 1-2-1 both ways. */
function blurred(plane: Float32Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(plane.length);
  const both = new Float32Array(plane.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [left, right] = [x === 0 ? 0 : x - 1, x === width - 1 ? x : x + 1];
      const row = y * width;
      rows[row + x] =
        ((plane[row + left] as number) + 2 * (plane[row + x] as number) + (plane[row + right] as number)) / 4;
    }
  for (let y = 0; y < height; y++) {
    const [up, down] = [y === 0 ? 0 : y - 1, y === height - 1 ? y : y + 1];
    for (let x = 0; x < width; x++)
      both[y * width + x] =
        ((rows[up * width + x] as number) + 2 * (rows[y * width + x] as number) + (rows[down * width + x] as number)) /
        4;
  }
  return both;
}

import type { Box } from '../../imaging/geometry.js';

/** A picture as the planner sees it: a coarse grid that says where text may not go and where it is busy. */
export interface Ground {
  width: number;
  height: number;
  /** 255 where something stands that must not be covered, as outlined by the mask. */
  mask: Uint8Array;
  /** The same with every bounding box filled and a little air around it: what the IoU evaluation measures. */
  boxed: Uint8Array;
  /** 0 calm .. 1 busy, local contrast of the picture. */
  detail: Float32Array;
  /** Smallest box (ratios) around everything forbidden; null when nothing is. */
  forbidden: Box | null;
}

export interface GroundSource {
  /** RGB raster of the picture at the grid's size. */
  raster: { width: number; height: number; data: Uint8Array };
  /** Mask at the grid's size (255 = forbidden), or null when only boxes are known. */
  mask: Uint8Array | null;
  /** Where the generation says that it placed the dish (255), or null when it says nothing. */
  placed: Uint8Array | null;
  /** Ratios. */
  boxes: Box[];
}

/** Air around forbidden boxes, ratio of the picture: text that touches the plate looks like an accident. */
const AIR = 0.025;

export function surveyGround({ raster, mask, placed, boxes: detected }: GroundSource): Ground {
  const { width, height } = raster;
  const dish = placed && boundsOf(placed, width, height);
  const boxes = dish ? [...detected, dish] : detected;
  const outlined = mask ? Uint8Array.from(mask) : new Uint8Array(width * height);
  if (!mask) for (const box of detected) fillBox(outlined, width, height, box, 0);
  placed?.forEach((value, i) => {
    if (value !== 0) outlined[i] = 255;
  });
  const boxed = Uint8Array.from(outlined);
  for (const box of boxes) fillBox(boxed, width, height, box, AIR);
  return {
    width,
    height,
    mask: outlined,
    boxed,
    detail: detailOf(raster),
    forbidden: union(boxes) ?? boundsOf(outlined, width, height),
  };
}

function fillBox(grid: Uint8Array, width: number, height: number, box: Box, air: number): void {
  const left = Math.max(0, Math.floor((box.x - air) * width));
  const right = Math.min(width, Math.ceil((box.x + box.width + air) * width));
  const top = Math.max(0, Math.floor((box.y - air) * height));
  const bottom = Math.min(height, Math.ceil((box.y + box.height + air) * height));
  for (let y = top; y < bottom; y++) grid.fill(255, y * width + left, y * width + Math.max(left, right));
}

function union(boxes: Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.max(0, Math.min(...boxes.map((box) => box.x)));
  const y = Math.max(0, Math.min(...boxes.map((box) => box.y)));
  const right = Math.min(1, Math.max(...boxes.map((box) => box.x + box.width)));
  const bottom = Math.min(1, Math.max(...boxes.map((box) => box.y + box.height)));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

function boundsOf(grid: Uint8Array, width: number, height: number): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  grid.forEach((value, i) => {
    if (value === 0) return;
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  if (right < 0) return null;
  return { x: left / width, y: top / height, width: (right - left + 1) / width, height: (bottom - top + 1) / height };
}

/** Steepest step of luma to a neighbour; 64 levels and more count as fully busy. */
function detailOf({ width, height, data }: GroundSource['raster']): Float32Array {
  const luma = (x: number, y: number): number => {
    const i = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 3;
    return 0.2126 * (data[i] as number) + 0.7152 * (data[i + 1] as number) + 0.0722 * (data[i + 2] as number);
  };
  const detail = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const step = Math.max(Math.abs(luma(x + 1, y) - luma(x, y)), Math.abs(luma(x, y + 1) - luma(x, y)));
      detail[y * width + x] = Math.min(1, step / 64);
    }
  }
  return detail;
}

/** Ratios are rounded to four decimals; a sliver of a cell that comes from rounding is not covered. */
const SLIVER = 0.05;

/** Mean of a grid's values inside a box of ratios, counting partly covered cells as whole. */
export function meanInside(
  grid: ArrayLike<number>,
  { width, height }: { width: number; height: number },
  box: Box,
): number {
  const left = Math.max(0, Math.floor(box.x * width + SLIVER));
  const right = Math.min(width, Math.ceil((box.x + box.width) * width - SLIVER));
  const top = Math.max(0, Math.floor(box.y * height + SLIVER));
  const bottom = Math.min(height, Math.ceil((box.y + box.height) * height - SLIVER));
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += grid[y * width + x] as number;
  const cells = (right - left) * (bottom - top);
  return cells > 0 ? sum / cells : 0;
}

/** Intersection over union of a box with the forbidden mask itself. */
export function maskIou(ground: Ground, box: Box): number {
  const covered = (meanInside(ground.mask, ground, box) / 255) * box.width * box.height;
  const whole = meanInside(ground.mask, ground, { x: 0, y: 0, width: 1, height: 1 }) / 255;
  const either = box.width * box.height + whole - covered;
  return either <= 0 ? 0 : covered / either;
}

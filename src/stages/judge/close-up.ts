import type { Composition } from '../common/compositions.js';
import { sidesOf } from './advertisement.js';

/** A dish that comes so near to the photo's own edge (share of its side) reaches beyond it. */
const AT_THE_EDGE = 0.03;
/** One side may be cut by accident; two are a decision. */
const CUT_SIDES = 2;

/** Whether the photographer cut the dish already: a close-up, which may be cropped further and has no place beside the food. */
export function isCloseUp({ dish, photo, isCutOut }: Composition): boolean {
  if (!dish || !photo || isCutOut) return false;
  const [inner, outer] = [sidesOf(dish), sidesOf(photo)];
  const near = (a: number, b: number, length: number): boolean => Math.abs(a - b) < length * AT_THE_EDGE;
  const touched = [
    near(inner.left, outer.left, photo.width),
    near(inner.right, outer.right, photo.width),
    near(inner.top, outer.top, photo.height),
    near(inner.bottom, outer.bottom, photo.height),
  ];
  return touched.filter(Boolean).length >= CUT_SIDES;
}

import type { Box } from '../geometry.js';

/** A part of a picture that is read. It tells where writing may be and in which letters, never what it says. */
export interface Passage {
  /** Ratios of the picture. */
  box: Box;
  /** Number of lines when the box fits the ink tightly; null when the writing is somewhere inside the box. */
  lines: number | null;
  /** Which model is asked: the Korean one has no Latin letter. `any` where nothing is known. */
  letters: 'korean' | 'mixed' | 'any';
  /** Degrees that the writing is turned clockwise; not turned when left out. */
  turn?: number;
}

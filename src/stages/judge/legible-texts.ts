import type { TextSlot } from '../../brief/idea.js';
import { CANVAS_WIDTH, type Rule } from './advertisement.js';
import { finding } from './finding.js';

/** Smallest type on a canvas 1080 wide, in pixels: what is smaller cannot be read in the feed. */
const LEAST_SIZE: { name: number; other: number } = { name: 32, other: 22 };
/**
 * WCAG contrast, measured on the mean ground. The name must reach AA; other small print is read less closely, and large
 * type is read at AA for large text.
 */
const LEAST_CONTRAST = { name: 4.5, small: 4, large: 3 };
/** What the measure itself may be off: letters are smoothed, grounds have grain. */
const MEASURE = 0.97;
/** Type of this size and more is large (18 pt of a telephone's 390 points). */
const LARGE = 56;

const isName = (slot: TextSlot): boolean => slot === 'shop';

/** Type too small for a telephone. Measured: pixels of a canvas 1080 wide. */
export const textTooSmall: Rule = ({ texts, picture }) =>
  texts.flatMap(({ slot, fontSize }) => {
    if (fontSize === null) return [];
    const measured = (fontSize * CANVAS_WIDTH) / picture.width;
    const limit = isName(slot) ? LEAST_SIZE.name : LEAST_SIZE.other;
    // Sizes are recorded in whole pixels.
    return measured < limit - 0.5 ? [finding('text-too-small', measured, limit, { slot, mend: 'shorter text' })] : [];
  });

/** Letters that hardly differ from what is behind them. Measured: WCAG contrast on the pixels. */
export const textTooFaint: Rule = ({ texts, picture }) =>
  texts.flatMap(({ slot, contrast, fontSize }) => {
    const size = ((fontSize ?? 0) * CANVAS_WIDTH) / picture.width;
    const limit = LEAST_CONTRAST[isName(slot) ? 'name' : size >= LARGE ? 'large' : 'small'];
    return contrast < limit * MEASURE
      ? [finding('text-too-faint', contrast, limit, { slot, mend: 'another design' })]
      : [];
  });

import { type Rule, sidesOf } from './advertisement.js';
import { finding } from './finding.js';

/** Shares of a story's height that Instagram covers with its own signs. */
const COVERED = { top: 0.14, bottom: 0.2 };
/** Only pictures as tall as this are shown as stories. */
const STORY = 16 / 9;

/** In a story, text where the app lays its own signs. Measured: share of the height by which it reaches in. */
export const underTheApp: Rule = ({ texts, picture }) => {
  if (picture.height / picture.width < STORY - 0.02) return [];
  return texts.flatMap(({ slot, box, badge }) => {
    const { top, bottom } = sidesOf(badge ?? box);
    const measured = Math.max(COVERED.top - top, bottom - (1 - COVERED.bottom));
    return measured > 0.005 ? [finding('under-the-app', measured, 0, { slot, mend: 'shorter text' })] : [];
  });
};

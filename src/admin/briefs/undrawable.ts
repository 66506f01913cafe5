import type { Idea } from '../../brief/idea.js';
import { drawable, EMOJI } from '../../brief/signs.js';
import { FONT_FACES, missingGlyphs } from '../../imaging/fonts.js';

/** Something that the owner should look at. Nothing is changed because of it. */
export interface Warning {
  /** A role, or a place on the picture. */
  role: string;
  words: string;
  code: string;
  /** The article, where the law is what restricts the words. */
  law?: string;
}

/** Signs that no face has, place by place: said while the owner is there, and not when the picture comes to be drawn. */
export const undrawable = (texts: Partial<Idea['texts']>): Warning[] =>
  Object.entries(texts).flatMap(([role, text = '']) => {
    const emoji = text.match(EMOJI) ?? [];
    const missing = [...emoji, ...missingEverywhere(drawable(text.replaceAll(EMOJI, '')))];
    return missing.length > 0 ? [{ role, words: [...new Set(missing)].join(' '), code: 'noGlyph' }] : [];
  });

/** Faces are read only as long as something is missing. */
const missingEverywhere = (text: string): string[] => {
  let missing = [...text];
  for (const face of FONT_FACES) {
    if (missing.length === 0) break;
    missing = missingGlyphs(missing.join(''), face);
  }
  return missing;
};

import type { PictureTexts, TextSlot } from '../../brief/idea.js';
import { FONT_FACES, missingGlyphs } from '../../imaging/fonts.js';

/** Something that the owner should look at. Nothing is changed because of it. */
export interface Warning {
  /** A role, or a place on the picture. */
  role: string;
  words: string;
  code: string;
}

/** Signs that no face has, place by place: said while the owner is there, and not when the picture comes to be drawn. */
export const undrawable = (texts: Partial<PictureTexts>): Warning[] =>
  (Object.entries(texts) as [TextSlot, string][]).flatMap(([role, text]) => {
    const missing = FONT_FACES.map((face) => missingGlyphs(text, face)).reduce((least, one) =>
      one.length < least.length ? one : least,
    );
    return missing.length > 0 ? [{ role, words: missing.join(' '), code: 'noGlyph' }] : [];
  });

import type { Idea } from '../../brief/idea.js';
import { drawableText } from '../../typography/drawable-text.js';

/** Something that the owner should look at. Nothing is changed because of it. */
export interface Warning {
  /** A role, or a place on the picture. */
  role: string;
  words: string;
  code: string;
  /** The article, where the law is what restricts the words. */
  law?: string;
}

/** Signs that no face has, place by place: said while the owner is there, and not when the picture is drawn without. */
export const undrawable = (texts: Partial<Idea['texts']>): Warning[] =>
  Object.entries(texts).flatMap(([role, text = '']) => {
    const { omitted } = drawableText(text);
    return omitted.length > 0 ? [{ role, words: [...new Set(omitted)].join(' '), code: 'noGlyph' }] : [];
  });

import { type FontFace, loadFont } from '../imaging/fonts.js';

/** A text as it can be drawn, and what of it cannot. */
export interface DrawableText {
  text: string;
  /** Emoji and signs that no face has, each as it stood. */
  omitted: string[];
}

/** Where a face lacks a sign, these are asked in turn; the last one is slow to load. */
const FALLBACKS: readonly FontFace[] = ['ExtraBold', 'Fallback'];

/** The first face that has the character; undefined when none has. */
export const faceFor = (character: string, face: FontFace): FontFace | undefined =>
  [face, ...FALLBACKS].find((candidate) => loadFont(candidate).has(character) && !isTooWide(character, candidate));

/** Some Korean faces draw quotation marks a whole syllable wide, which tears KIM’s apart. */
const isTooWide = (character: string, face: FontFace): boolean =>
  /[‘’“”]/u.test(character) && loadFont(face).widthOf(character) > 0.6;

const graphemes = new Intl.Segmenter('ko', { granularity: 'grapheme' });
/** Direction marks, joiners and other signs that are never seen. U+2800 is a blank in Braille. */
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F\u20E3]/gu;
const BLANK = /[\u2800\u3164\u115F\u1160\uFFA0]/gu;

/**
 * The text in NFC without what no face can draw: a keycap becomes its digit, a heart that a face has is kept, an emoji
 * is left out and named. Line breaks stay, runs of blanks become one.
 */
export function drawableText(source: string): DrawableText {
  const omitted: string[] = [];
  const kept = Array.from(graphemes.segment(source.normalize('NFC').replace(BLANK, ' ')), ({ segment }) => {
    if (/^\s+$/u.test(segment)) return segment.includes('\n') ? '\n' : ' ';
    const bare = segment.replace(INVISIBLE, '');
    // A sequence of several pictures (families, flags, skin tones) has no meaning in parts.
    const isPicture = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(bare);
    if (isPicture && [...bare].length > 1) {
      omitted.push(segment);
      return ' ';
    }
    const missing = [...bare].filter((character) => faceFor(character, 'ExtraBold') === undefined);
    if (missing.length === 0) return bare;
    omitted.push(segment);
    return ' ';
  });
  const text = kept
    .join('')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n+/gu, '\n')
    .trim();
  return { text, omitted };
}

/** The face to set a text in: its own, or the plain one where it lacks a syllable, so that no word mixes two hands. */
export function faceOfText(text: string, face: FontFace): FontFace {
  const lacksSyllable = Array.from(text).some(
    (character) => /\p{Script=Hangul}|[A-Za-z0-9]/u.test(character) && !loadFont(face).has(character),
  );
  return lacksSyllable ? 'ExtraBold' : face;
}

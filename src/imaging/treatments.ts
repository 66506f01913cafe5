import { type FontFace, missingGlyphs } from './fonts.js';

/** How a headline is set. */
export interface Treatment {
  name: 'plain' | 'warm' | 'old' | 'loud';
  face: FontFace;
  /** Line pitch as a multiple of the font size. */
  lineHeight: number;
}

export const TREATMENTS = {
  /** Clear and close: most tones. */
  plain: { name: 'plain', face: 'ExtraBold', lineHeight: 1.22 },
  /** Serifs with air, like a menu card. */
  warm: { name: 'warm', face: 'Serif', lineHeight: 1.3 },
  /** The heavy serifs of newspapers and shop signs of long ago. */
  old: { name: 'old', face: 'Print', lineHeight: 1.24 },
  /** As black as can be, closely stacked. */
  loud: { name: 'loud', face: 'Black', lineHeight: 1.14 },
} as const satisfies Record<string, Treatment>;

const BY_TONE: readonly { words: RegExp; treatment: Treatment }[] = [
  {
    words:
      /comfort|emotion|season|lifestyle|warm|cozy|감성|따뜻|포근|집밥|계절|시즌|일상|batang|myeongjo|serif|바탕|명조/iu,
    treatment: TREATMENTS.warm,
  },
  { words: /retro|vintage|story|레트로|빈티지|복고/iu, treatment: TREATMENTS.old },
  { words: /ugc|social|후기|인증/iu, treatment: TREATMENTS.loud },
];

/** Syllables that the heaviest faces hold: longer copy in them becomes small, and dense blocks close up. */
const MOST_SYLLABLES: Partial<Record<Treatment['name'], number>> = { old: 16, loud: 9 };

/**
 * The treatment that suits a tone style or a font's name. A face that lacks a glyph of the text gives way to the plain
 * one, which has them all; what even that lacks is named when the text is drawn.
 */
export function treatmentFor(words: string | null, text: string): Treatment {
  const wished = BY_TONE.find((entry) => words !== null && entry.words.test(words))?.treatment ?? TREATMENTS.plain;
  const isTooLong =
    (text.match(/\p{Script=Hangul}/gu)?.length ?? 0) > (MOST_SYLLABLES[wished.name] ?? Number.POSITIVE_INFINITY);
  return !isTooLong && missingGlyphs(text, wished.face).length === 0 ? wished : TREATMENTS.plain;
}

/** Emoji have no outline to be drawn in one colour; they are left out, and the caller is told which. */
export function withoutEmoji(text: string): { text: string; omitted: string[] } {
  const emoji = /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*/gu;
  const omitted = text.match(emoji)?.filter((found) => !/^[\u00A9\u00AE\u2122]$/u.test(found)) ?? [];
  const kept = omitted.reduce((left, found) => left.replace(found, ' '), text);
  // A line break means something: what follows it is the sub-line.
  return { text: kept.replace(/[^\S\r\n]+/gu, ' ').trim(), omitted };
}

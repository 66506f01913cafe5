/*
 * The pipeline's own reasons and refusals in the reader's words. They are kept and answered in English, for logs and
 * programs; here they are known by what they hold, the first that fits. What a program elsewhere said stays as it is.
 */
import type { Words } from './index.js';

type Patterns = readonly (readonly [RegExp, string])[];

const TROUBLES: Patterns = [
  [/^cancelled/, 'cancelled'],
  [/lost with its worker/, 'lost'],
  [/terminated|cancelled in/, 'terminated'],
  [/is missing|not found: the job variant has none|no usable asset URL|no source picture|Asset file/, 'missing'],
  [/almost black/, 'dark'],
  [/of one colour/, 'blank'],
  [/MP are taken/, 'large'],
  [/pixels; both sides/, 'small'],
  [/takes more memory than|is in high dynamic range/, 'format'],
  [/damaged or cut off|\(0 bytes\)|cannot be decoded/, 'damaged'],
  [/not a JPEG, PNG or WebP/, 'format'],
  [/^no Korean text|text is empty|headline is empty/, 'noText'],
  [/headline|no glyph|nothing but emoji/i, 'text'],
  [/^no closing mark/, 'unclosed'],
  [/^\d+ of \d+ variants failed/, 'variants'],
  [/refuses our key/, 'key'],
  [/ECONN|refused|cannot be reached|no answer within|no sign of life|\b50[234]\b/, 'away'],
];

const REFUSALS: Patterns = [
  [/handle: must be/, 'handle'],
  [/phone: must be/, 'phone'],
  [/logo/i, 'logo'],
  [/hashtags; leave some out/, 'manyTags'],
  [/words that begin with #/, 'tagWords'],
  [/Instagram takes at most \d+ characters/, 'longPost'],
  [/must hold at most \d+ characters/, 'longRole'],
  [/control characters|valid Unicode/, 'signs'],
  [/a run is open|own stages are at work/, 'open'],
  [/which is no place of this pipeline/, 'nowhere'],
  [/say from which stage/, 'finished'],
  [/has not got as far as/, 'far'],
  [/no picture to begin with/, 'noPicture'],
  [/pictures are made outside/, 'outside'],
  [/shape the picture/, 'tone'],
  [/the text is drawn at overlay/, 'overlay'],
  [/no finished advertisement/, 'unfinished'],
  [/finished first|had ended already/, 'ended'],
  [/variants are not settled/, 'unsettled'],
  [/goes on by itself/, 'resting'],
  [/too few of its variants/, 'few'],
  [/no Korean copy/, 'noCopy'],
  [/none of its failed variants can/, 'none'],
  [/none of its variants has failed|no failed variant fits/, 'nothing'],
  [/paused already|was not paused/, 'paused'],
  [/no dead letter/, 'delivered'],
];

const keyOf = (patterns: Patterns, text: string | null): string | undefined =>
  text === null ? undefined : patterns.find(([pattern]) => pattern.test(text))?.[1];

/** What a reason means and what to do about it: two sentences. */
export const troubleWords = (reason: string | null, { trouble }: Words): [string, string] =>
  trouble.words[keyOf(TROUBLES, reason) ?? 'other'] as [string, string];

/** Whether those two sentences are about this very reason, and not only that there is one. */
export const isKnown = (reason: string | null): boolean => keyOf(TROUBLES, reason) !== undefined;

/** Why an order was not carried out, or an upload not taken; the server's own words where it is none of those known. */
export function refusalWords(message: string, words: Words): string {
  const refusal = keyOf(REFUSALS, message);
  if (refusal) return words.refusals[refusal] as string;
  return isKnown(message) ? troubleWords(message, words).join(' ') : message;
}

import type { Finding } from '../../stages/judge/finding.js';
import { isOfWords, wordFindings } from '../../stages/judge/words.js';
import type { WordsOfJob, WordsOfVariant } from './words.js';

/**
 * The judge's answer with what is wrong with the words as they are now: the post is written after the picture was
 * judged, and its owner edits it. Null, and unchanged, where nothing was judged or there is no brief.
 */
export function judgedNow(
  judge: object | null,
  { brief, post }: Pick<WordsOfJob, 'brief' | 'post'>,
  { elements, leftOut }: Pick<WordsOfVariant, 'elements' | 'leftOut'>,
): object | null {
  if (judge === null || brief === null) return judge;
  const { findings } = judge as { findings?: Finding[] };
  const drawn = elements.flatMap(({ lines }) => lines);
  const ofPicture = (Array.isArray(findings) ? findings : []).filter((finding) => !isOfWords(finding));
  return { ...judge, findings: [...ofPicture, ...wordFindings({ brief: brief.roles, drawn, leftOut, post })] };
}

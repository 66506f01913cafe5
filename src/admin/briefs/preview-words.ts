import type { Brief } from '../../brief/brief.js';
import type { Idea } from '../../brief/idea.js';
import type { Leftover } from '../../brief/understand.js';
import type { Pool } from '../../db/pool.js';
import { findTone } from '../tones.js';
import { DEFAULT_TONE, findCircumstances } from './circumstances.js';
import type { Post } from './stored-words.js';
import type { Warning } from './undrawable.js';
import { type Coverage, findWords, type Words } from './words.js';

export interface Preview {
  brief?: Brief | undefined;
  sentence?: string | undefined;
  tenantId: string | undefined;
  count: number;
  toneStyle?: string | undefined;
}

/**
 * What a job would say if it were made now. Nothing is written. Roles that are given stay as they are, also where the
 * brand has something to say: here they have been prefilled once, and the owner may have taken something out.
 * @throws BadOrder for a tone that does not exist
 */
export async function previewWords(
  pool: Pool,
  { brief, sentence, tenantId, count, toneStyle }: Preview,
): Promise<Words> {
  const tone = toneStyle === undefined ? DEFAULT_TONE : (await findTone(pool, 'toneStyle', toneStyle)).name;
  const circumstances = await findCircumstances(pool, { tenantId, count, tone });
  return findWords({ brief, sentence }, brief ? { ...circumstances, brand: undefined } : circumstances);
}

/** Everything that an advertisement says, as it is answered. */
export interface WordsAnswer {
  brief: Brief;
  leftovers: Leftover[];
  ideas: Idea[];
  post: Post;
  warnings: Warning[];
  coverage: Coverage[];
}

/** Which of it is the owner's own, she knows. */
export const answerOf = ({ brief, leftovers, ideas, post, warnings, coverage }: Words): WordsAnswer => ({
  brief,
  leftovers,
  ideas: ideas.map(({ idea }) => idea),
  post: { text: post.text, hashtags: post.hashtags },
  warnings,
  coverage,
});

import { z } from 'zod';
import { MOST_HASHTAGS } from '../../brief/hashtags.js';

/** Instagram takes no more characters. */
const LONGEST_POST = 2200;

const hashtags = z
  .string()
  .max(LONGEST_POST)
  .transform((value) => value.normalize('NFC').trim().split(/\s+/).filter(Boolean))
  .refine(
    (tags) => tags.every((tag) => /^#[\p{L}\p{M}\p{N}_]+$/u.test(tag)),
    'must be words that begin with #, with spaces between',
  )
  .refine((tags) => tags.length <= MOST_HASHTAGS, `Instagram takes at most ${MOST_HASHTAGS} hashtags; leave some out`)
  .transform((tags) => tags.join(' '));

/** A post as its owner wrote it: NFC, and nothing that Instagram or a row would refuse. */
export const postSchema = z.strictObject({
  text: z
    .string()
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => value !== '', 'must not be empty')
    .refine((value) => [...value].length <= LONGEST_POST, `Instagram takes at most ${LONGEST_POST} characters`)
    .refine((value) => !/[\0\p{Cs}]/u.test(value), 'must hold valid Unicode without NUL'),
  hashtags,
});

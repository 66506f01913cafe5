import { z } from 'zod';
import { text } from '../common/schemas.js';

export const refinedAdCopyBody = z.object({
  text: text.max(1000),
  fonts: z.array(text.max(255)).max(100).nullish().describe('what the caller would like; see the answer'),
});
export type RefinedAdCopyBody = z.infer<typeof refinedAdCopyBody>;

export const refinedAdCopyAnswer = z.object({
  text: z.string().describe('without blanks at its ends, single blanks inside'),
  font: z.string().describe('the font that the overlay really draws with'),
});

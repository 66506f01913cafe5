import { z } from 'zod';
import { jobBody } from '../common/schemas.js';

export const instagramFeedGenBody = jobBody;
export type InstagramFeedGenBody = z.infer<typeof instagramFeedGenBody>;

export const instagramFeedGenAnswer = z.object({
  instagram_feed_id: z.string(),
  tenant_id: z.string(),
  instagram_ad_copy: z.string(),
  hashtags: z.string(),
  prompt_used: z.string(),
  generated_at: z.string(),
});

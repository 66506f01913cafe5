import { writePost } from '../../brief/post.js';
import type { LanguageEngine } from './language.js';
import { writeAdCopy } from './language/ad-copy.js';
import { translateCopy } from './language/translation.js';

/**
 * Korean copy from the shop's own words and a stock of sentences, English copy from templates; no model, no network.
 * Equal requests get equal answers.
 */
export const createLocalLanguage = (): LanguageEngine => ({
  provider: 'local-template',
  model: 'template-copy',
  adCopy: async (brief) => writeAdCopy(brief),
  translateToKorean: async (request) => translateCopy(request),
  instagramFeed: async ({ toneStyle, ...request }) => {
    const { text, hashtags } = writePost({ ...request, tone: toneStyle });
    return { instagramAdCopy: text, hashtags };
  },
});

import type { LanguageEngine } from './language.js';
import { writeAdCopy } from './language/ad-copy.js';
import { writeFeed } from './language/feed.js';
import { translateCopy } from './language/translation.js';

/**
 * Korean and English copy from templates, a small culinary lexicon and the shop's own words; no model, no network.
 * Equal requests get equal answers.
 */
export const createLocalLanguage = (): LanguageEngine => ({
  provider: 'local-template',
  model: 'template-copy',
  adCopy: async (brief) => writeAdCopy(brief),
  translateToKorean: async (request) => translateCopy(request),
  instagramFeed: async (request) => writeFeed(request),
});

import type { GenerationRequest, PreparedPhoto } from '../../../src/generation/provider.js';

/** An order for one of three square pictures, without a tone unless `more` says one. */
export const pictureRequest = (
  prepared: PreparedPhoto,
  variantIndex: number,
  more: Partial<GenerationRequest> = {},
): GenerationRequest => ({
  prepared,
  variantIndex,
  variantCount: 3,
  seed: 'a shop',
  promptType: null,
  format: 'square',
  season: 'autumn',
  ...more,
});

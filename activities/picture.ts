import type { VariantStage } from '../workflows/contract.js';
import { type AttemptPolicy, attempt } from './attempt.js';
import type { Claim, Claims } from './claims.js';

/** Makes the variant's picture and leaves the row `(img_gen, done)` with it, in one transaction under the claim. */
export interface PictureMaker {
  make(claim: Claim, signal: AbortSignal): Promise<void>;
}

export const createPictureActivities = (
  claims: Claims<VariantStage>,
  pictures: PictureMaker,
  policy: AttemptPolicy,
) => ({
  img_gen: attempt(claims, policy, 'img_gen', (claim, signal) => pictures.make(claim, signal)),
});

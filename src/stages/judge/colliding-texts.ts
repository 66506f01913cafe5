import { type Rule, type StandingText, sharedOf } from './advertisement.js';
import { finding } from './finding.js';

/** Share of the smaller text that may lie in the other's box: ascenders and turned stickers reach over a little. */
const TOLERATED = 0.04;

/** Two texts that lie over each other. Measured: share of the smaller one's box. */
export const collidingTexts: Rule = ({ texts }) =>
  texts.flatMap((text, i) =>
    texts.slice(i + 1).flatMap((other) => {
      const [a, b] = [outer(text), outer(other)];
      // Texts on one badge share it.
      const isTogether = text.badge !== null && other.badge !== null && sharedOf(text.badge, other.badge) > 0.9;
      const measured = isTogether ? sharedOf(text.box, other.box) : Math.max(sharedOf(a, b), sharedOf(b, a));
      if (measured <= TOLERATED) return [];
      return [finding('texts-collide', measured, TOLERATED, { slot: other.slot, mend: 'shorter text' })];
    }),
  );

const outer = ({ badge, box }: StandingText) => badge ?? box;

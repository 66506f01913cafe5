import { comfortDesign } from './designs/comfort.js';
import { editorialDesign } from './designs/editorial.js';
import { heroDesign } from './designs/hero.js';
import { minimalDesign } from './designs/minimal.js';
import { printDesign } from './designs/print.js';
import { retroDesign } from './designs/retro.js';
import { seasonalDesign } from './designs/seasonal.js';
import { socialDesign } from './designs/social.js';
import type { Design, HeadlineSide } from './layout.js';

export interface PlannedDesign {
  design: Design;
  headline: HeadlineSide;
}

type Trio = readonly [PlannedDesign, PlannedDesign, PlannedDesign];

const on = (design: Design, headline: HeadlineSide = 'top'): PlannedDesign => ({ design, headline });

/**
 * The designs of a job's three variants by its prompt type: its own design leads, two relatives of the same temper
 * follow that cannot be mistaken for it. Colours come from the one photo, which keeps the three a family.
 */
const PLANS: readonly { words: RegExp; trio: Trio }[] = [
  {
    words: /hero|premium|luxur|고급|강렬|프리미엄/iu,
    trio: [on(heroDesign), on(editorialDesign, 'bottom'), on(minimalDesign)],
  },
  {
    words: /season|limited|계절|시즌|한정/iu,
    trio: [on(seasonalDesign), on(comfortDesign, 'bottom'), on(editorialDesign)],
  },
  { words: /behind|authentic|현장|진정/iu, trio: [on(printDesign), on(heroDesign, 'bottom'), on(editorialDesign)] },
  { words: /lifestyle|일상|라이프/iu, trio: [on(editorialDesign), on(comfortDesign, 'bottom'), on(printDesign)] },
  { words: /ugc|social|후기|인증/iu, trio: [on(socialDesign), on(printDesign, 'bottom'), on(editorialDesign)] },
  {
    words: /minimal|clean|simple|미니멀|깔끔|심플/iu,
    trio: [on(minimalDesign), on(editorialDesign, 'bottom'), on(heroDesign)],
  },
  {
    words: /comfort|emotion|warm|cozy|감성|따뜻|포근|집밥/iu,
    trio: [on(comfortDesign), on(printDesign, 'bottom'), on(heroDesign)],
  },
  {
    words: /retro|vintage|story|레트로|빈티지|복고/iu,
    trio: [on(retroDesign), on(printDesign, 'bottom'), on(heroDesign)],
  },
];
/** For a shop that chose no tone: the three that are most unlike each other. */
const UNDECIDED: Trio = [on(minimalDesign), on(retroDesign, 'bottom'), on(heroDesign)];

/** The design of one variant, 1 the first; further rounds turn the layouts upside down. */
export function planFor(promptType: string | null, variantIndex: number): PlannedDesign {
  const trio = PLANS.find(({ words }) => promptType !== null && words.test(promptType))?.trio ?? UNDECIDED;
  const turn = Math.max(0, Math.floor(variantIndex) - 1);
  const planned = trio[turn % trio.length] as PlannedDesign;
  const isTurned = Math.floor(turn / trio.length) % 2 === 1;
  return isTurned ? { ...planned, headline: planned.headline === 'top' ? 'bottom' : 'top' } : planned;
}

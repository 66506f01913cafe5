import type { IdeaKind } from '../brief/idea.js';
import { archDesign } from './designs/arch.js';
import { bandDesign } from './designs/band.js';
import { closeupDesign } from './designs/closeup.js';
import { comfortDesign } from './designs/comfort.js';
import { couponDesign } from './designs/coupon.js';
import { glassDesign } from './designs/glass.js';
import { heroDesign } from './designs/hero.js';
import { magazineDesign } from './designs/magazine.js';
import { minimalDesign } from './designs/minimal.js';
import { plateDesign } from './designs/plate.js';
import { posterDesign } from './designs/poster.js';
import { priceDesign } from './designs/pricetag.js';
import { printDesign } from './designs/print.js';
import { retroDesign } from './designs/retro.js';
import { seasonalDesign } from './designs/seasonal.js';
import { socialDesign } from './designs/social.js';
import { splitDesign } from './designs/split.js';
import type { CutOutDesign, Design } from './layout.js';

interface Entry {
  /** Ideas that it was made for. */
  kinds: readonly IdeaKind[];
  /** Made for drinks, towers and photos held upright. */
  isForTall?: boolean;
}

/** A design that shows the photo itself, and about how large its window is on a square canvas (pixels). */
export interface PhotoEntry extends Entry {
  needs: 'photo';
  design: Design;
  window: { width: number; height: number };
  /** Pixels of the window below which words stand and no dish should reach. */
  floor: number;
  /** The photo reaches the canvas's edges: what a story wants. */
  isFullBleed: boolean;
}

/** A design that shows the dish alone. */
export interface CutOutEntry extends Entry {
  needs: 'cutout';
  design: CutOutDesign;
}

export type DesignEntry = PhotoEntry | CutOutEntry;

const photo = (
  design: Design,
  [width, height]: [number, number],
  kinds: readonly IdeaKind[],
  { isForTall = false, floor = height }: { isForTall?: boolean; floor?: number } = {},
): PhotoEntry => ({
  needs: 'photo',
  design,
  window: { width, height },
  floor,
  kinds,
  isFullBleed: width === CANVAS || isForTall,
  ...(isForTall && { isForTall }),
});
const CANVAS = 1080;

const cutOut = (design: CutOutDesign, kinds: readonly IdeaKind[]): CutOutEntry => ({ needs: 'cutout', design, kinds });

/** Every design there is. */
export const DESIGNS: readonly DesignEntry[] = [
  photo(posterDesign, [1080, 700], ['dish', 'moment']),
  photo(closeupDesign, [1080, 760], ['moment', 'dish'], { floor: 640 }),
  photo(bandDesign, [1080, 640], ['deal', 'dish']),
  photo(priceDesign, [980, 500], ['deal']),
  photo(couponDesign, [1080, 640], ['deal', 'moment']),
  photo(splitDesign, [583, 1080], ['moment', 'dish'], { isForTall: true }),
  photo(glassDesign, [640, 1080], ['dish', 'moment'], { isForTall: true }),
  photo(magazineDesign, [940, 600], ['moment', 'dish']),
  photo(plateDesign, [620, 620], ['dish', 'deal']),
  photo(archDesign, [620, 630], ['dish', 'moment']),
  photo(printDesign, [860, 520], ['moment']),
  cutOut(heroDesign, ['dish', 'moment']),
  cutOut(minimalDesign, ['dish', 'deal']),
  cutOut(retroDesign, ['dish', 'deal']),
  cutOut(comfortDesign, ['moment', 'dish']),
  cutOut(socialDesign, ['deal', 'dish']),
  cutOut(seasonalDesign, ['dish', 'moment']),
];

export const findDesign = (name: string): DesignEntry | undefined => DESIGNS.find(({ design }) => design.name === name);

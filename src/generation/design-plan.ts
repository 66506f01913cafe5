import { IDEA_KINDS, type IdeaKind } from '../brief/idea.js';
import { DESIGNS, type DesignEntry, findDesign } from './design-catalogue.js';
import type { DishPhoto } from './dish-photo.js';
import type { PictureFormat } from './provider.js';
import { seededRandom } from './random.js';
import { cropFor, enlargementOf, MOST_ENLARGED, shownOfDish } from './photo-region.js';

/** The designs that each tone likes best, by idea, the best first; those not named follow in the catalogue's order. */
const TASTES: readonly { words: RegExp; likes: Record<IdeaKind, readonly string[]> }[] = [
  {
    words: /hero|premium|luxur|고급|강렬|프리미엄/iu,
    likes: { dish: ['hero', 'poster', 'glass'], deal: ['band', 'price'], moment: ['magazine', 'closeup'] },
  },
  {
    words: /season|limited|계절|시즌|한정/iu,
    likes: { dish: ['seasonal', 'poster', 'arch'], deal: ['coupon', 'band'], moment: ['closeup', 'magazine'] },
  },
  {
    words: /behind|authentic|현장|진정/iu,
    likes: { dish: ['comfort', 'poster', 'arch'], deal: ['price', 'coupon'], moment: ['print', 'closeup'] },
  },
  {
    words: /lifestyle|일상|라이프/iu,
    likes: {
      dish: ['comfort', 'arch', 'magazine'],
      deal: ['coupon', 'band'],
      moment: ['magazine', 'closeup', 'split'],
    },
  },
  {
    words: /ugc|social|후기|인증/iu,
    likes: { dish: ['social', 'plate', 'poster'], deal: ['price', 'band'], moment: ['print', 'closeup'] },
  },
  {
    words: /minimal|clean|simple|미니멀|깔끔|심플/iu,
    likes: {
      dish: ['minimal', 'arch', 'magazine'],
      deal: ['coupon', 'band'],
      moment: ['magazine', 'split', 'closeup'],
    },
  },
  {
    words: /comfort|emotion|warm|cozy|감성|따뜻|포근|집밥/iu,
    likes: { dish: ['comfort', 'arch', 'poster'], deal: ['coupon', 'band'], moment: ['closeup', 'magazine', 'print'] },
  },
  {
    words: /retro|vintage|story|레트로|빈티지|복고/iu,
    likes: { dish: ['retro', 'plate', 'poster'], deal: ['price', 'coupon'], moment: ['print', 'magazine'] },
  },
];
/** For a shop that chose no tone: the three that are most unlike each other. */
const UNDECIDED: Record<IdeaKind, readonly string[]> = {
  dish: ['minimal', 'poster', 'arch'],
  deal: ['price', 'band', 'coupon'],
  moment: ['closeup', 'magazine', 'print'],
};

/** A dish this much taller than wide, and a photo this much narrower than tall, want a tall window. */
const TALL_DISH = 1.25;
const UPRIGHT_PHOTO = 0.7;

/** What a design costs beyond not being the favourite. */
const COST = { step: 0.14, lostDish: 1.6, blurred: 0.9, wrongKind: 1.2, tallMissed: 0.5, tallInVain: 0.9, whim: 0.42 };

export interface Wish {
  promptType: string | null;
  /** What each of the job's pictures leads with, in their order. */
  kinds: readonly IdeaKind[];
  /** Jobs of different families get different designs where several suit. */
  family: string;
  format: PictureFormat;
}

/**
 * A design for each of a job's pictures, no two alike while there are enough: what the tone likes, as far as the photo
 * bears it. Every sibling comes to the same list by itself.
 */
export function designsFor({ promptType, kinds, family, format }: Wish, photo: DishPhoto): DesignEntry[] {
  const taste = TASTES.find(({ words }) => promptType !== null && words.test(promptType))?.likes ?? UNDECIDED;
  const random = seededRandom(family);
  // A shop that posts every day does not want the same three each time.
  const whim = new Map(DESIGNS.map(({ design }) => [design.name, promptType === null ? random.next() * COST.whim : 0]));
  const used = new Map<DesignEntry, number>();
  return kinds.map((kind) => {
    const costOf = (entry: DesignEntry): number =>
      cost(entry, kind, taste[kind], photo) + (whim.get(entry.design.name) ?? 0) + 10 * (used.get(entry) ?? 0);
    const usable = DESIGNS.filter((entry) =>
      entry.needs === 'photo' ? format !== 'story' || entry.isFullBleed : format !== 'story' && photo.cutout !== null,
    );
    const best = usable.reduce((least, entry) => (costOf(entry) < costOf(least) ? entry : least));
    used.set(best, (used.get(best) ?? 0) + 1);
    return best;
  });
}

/** The design of one picture, 1 the first: the owner's choice where the photo can bear it, else the plan's. */
export function designFor(wish: Wish, photo: DishPhoto, index: number, chosen?: string): DesignEntry {
  const own = chosen === undefined ? undefined : findDesign(chosen);
  if (own && (own.needs === 'photo' || photo.cutout)) return own;
  const designs = designsFor(wish, photo);
  return designs[(index - 1) % designs.length] as DesignEntry;
}

function cost(entry: DesignEntry, kind: IdeaKind, likes: readonly string[], photo: DishPhoto): number {
  const rank = likes.indexOf(entry.design.name);
  const taste = rank >= 0 ? rank * COST.step : likes.length * COST.step + 0.2;
  const kindCost = entry.kinds.includes(kind) ? entry.kinds.indexOf(kind) * 0.1 : COST.wrongKind;
  const isTall = photo.dish.height > photo.dish.width * TALL_DISH || photo.width < photo.height * UPRIGHT_PHOTO;
  const tall = isTall === (entry.isForTall ?? false) ? 0 : isTall ? COST.tallMissed : COST.tallInVain;
  if (entry.needs === 'cutout') return taste + kindCost;
  const frame = cropFor(photo, entry.window, { x: 0.5, y: entry.floor / entry.window.height / 2 }, entry.floor);
  const lost = (1 - shownOfDish(photo, { ...frame, height: entry.floor })) * COST.lostDish;
  const blurred = Math.max(0, enlargementOf(photo, frame) - MOST_ENLARGED) * COST.blurred;
  return taste + kindCost + tall + lost + blurred;
}

/** The ideas of pictures that nobody has given any. */
export const kindsOf = (count: number): IdeaKind[] =>
  Array.from({ length: count }, (_, index) => IDEA_KINDS[index % IDEA_KINDS.length] as IdeaKind);

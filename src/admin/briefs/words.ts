import { isDeepStrictEqual } from 'node:util';
import type { Brand } from '../../brands/brand.js';
import { pointOut } from '../../brief/advertising-law.js';
import { BRIEF_ROLES, type Brief, type BriefRole } from '../../brief/brief.js';
import { type NowhereReason, whereIs } from '../../brief/coverage.js';
import type { Idea } from '../../brief/idea.js';
import { ideasOf } from '../../brief/ideas.js';
import { writePost } from '../../brief/post.js';
import { shopName } from '../../brief/shop-name.js';
import { understand } from '../../brief/understand.js';
import { withShop } from '../../brief/with-shop.js';
import type { LeftOut } from '../../typography/text-areas.js';
import type { Post, StoredBrief, StoredIdea } from './stored-words.js';
import { undrawable, type Warning } from './undrawable.js';

/** What a caller says of an advertisement; the more of it, the less is left to us. */
export interface Wanted {
  /** Roles as they are meant; nothing is added to them but the brand. */
  brief?: Brief | undefined;
  /** Split into roles where none are given. */
  sentence?: string | undefined;
  /** Stands as it is on every picture. */
  headline?: string | undefined;
  shop?: string | undefined;
  /** One per picture. */
  ideas?: Idea[] | undefined;
  post?: Post | undefined;
}

/** What is known of whoever it is for. */
export interface Circumstances {
  /** How many pictures. */
  count: number;
  /** English name of the tone style; '' for none. */
  tone: string;
  /** 1..12, in Korea. */
  month: number;
  brand: Brand | undefined;
  /** The shop's last posts. */
  avoid: readonly string[];
}

/** Where a role is said. */
export interface Coverage {
  role: BriefRole;
  /** Ordinals of the pictures, 1 the first. */
  pictures: number[];
  inPost: boolean;
  /** Why it is nowhere. */
  reason?: NowhereReason | LeftOut['reason'];
}

export interface Words extends StoredBrief {
  ideas: StoredIdea[];
  post: Post & { edited: boolean };
  warnings: Warning[];
  coverage: Coverage[];
}

const DEFAULT_SENTENCE = '정성껏 만든 오늘의 한 그릇';

/** Everything that an advertisement says, from as much as the caller brings. Equal requests are answered equally. */
export function findWords(wanted: Wanted, circumstances: Circumstances): Words {
  const told = understandWanted(wanted, circumstances.brand);
  const derived = deriveIdeas(wanted, told.brief, circumstances.count);
  const ideas = (wanted.ideas ?? derived).map((idea, index) => ({
    idea,
    edited: !isDeepStrictEqual(idea, derived[index]),
  }));
  const { tone, month, avoid } = circumstances;
  const written = writePost({ ...told, tone, month, avoid, seed: seedOf(told.brief) });
  const post = wanted.post ?? written;
  const edited = post.text !== written.text || post.hashtags !== written.hashtags;
  return withOwners(told, ideas, { ...post, edited });
}

/** The brief with the ideas and the post that there are for it, and what is to be said about them. */
export function withOwners(told: StoredBrief, ideas: StoredIdea[], post: Words['post']): Words {
  const { brief, sentence, leftovers } = told;
  const pictures = ideas.map(({ idea }) => idea);
  return {
    brief,
    sentence,
    leftovers,
    ideas,
    post,
    warnings: warningsOf(brief, pictures),
    coverage: coverageOf(
      brief,
      pictures.map((idea) => ({ idea, leftOut: [] })),
      post,
    ),
  };
}

/** Roles that were given stay as they are once ideas are made of them: what the owner took out is not put back. */
function understandWanted({ brief, sentence, headline, ideas, shop }: Wanted, brand: Brand | undefined): StoredBrief {
  if (brief) return { brief: ideas ? brief : withBrand(brief, shop, brand), sentence: null, leftovers: [] };
  const said = sentence ?? headline;
  // Nobody said anything: nothing is known of the dish, and nothing is made up about it.
  if (said === undefined) return { brief: withBrand({}, shop, brand), sentence: DEFAULT_SENTENCE, leftovers: [] };
  const text = said.normalize('NFC');
  const understood = understand(text);
  return { brief: withBrand(understood.brief, shop, brand), sentence: text, leftovers: understood.leftovers };
}

const withBrand = (brief: Brief, shop: string | undefined, brand: Brand | undefined): Brief =>
  withShop(brief, { ...brand, name: shopName(shop) ?? brand?.name });

const inOrder = (brief: Brief): Brief =>
  Object.fromEntries(BRIEF_ROLES.flatMap((role) => (brief[role] === undefined ? [] : [[role, brief[role]]])));

/** Equal briefs are advertised equally, whoever asks first: a preview shows what a job then gets. */
const seedOf = (brief: Brief): string => JSON.stringify(inOrder(brief));

function deriveIdeas({ headline, sentence, brief: given }: Wanted, brief: Brief, count: number): Idea[] {
  if (headline === undefined) return ideasOf(brief, { count, seed: seedOf(brief) });
  if (sentence === undefined && given === undefined) {
    const { shop } = brief;
    return Array.from({ length: count }, () => ({ kind: 'dish', texts: { headline, ...(shop && { shop }) } }));
  }
  return ideasOf(brief, { count, seed: seedOf(brief) }).map((idea) => withHeadline(idea, headline));
}

/** What the new headline says is not said beside it again. */
const withHeadline = (idea: Idea, headline: string): Idea => {
  const others = Object.entries(idea.texts).filter(
    ([slot, text = '']) => slot !== 'headline' && !headline.includes(text),
  );
  return { ...idea, texts: { ...Object.fromEntries(others), headline } };
};

/** What the owner should look at: words that the law restricts, and signs that cannot be drawn. */
export function warningsOf(brief: Brief, ideas: readonly Idea[]): Warning[] {
  const legal = pointOut(brief).map(({ role, words, advice, law }) => ({ role, words, code: advice, law }));
  const signs = ideas.flatMap(({ texts }) => undrawable(texts));
  return [...legal, ...signs].filter(
    (warning, index, all) => all.findIndex((other) => isDeepStrictEqual(other, warning)) === index,
  );
}

/** Where each role is said, after what the pictures could not hold is taken off. */
export function coverageOf(
  brief: Brief,
  pictures: readonly { idea: Idea; leftOut: readonly Pick<LeftOut, 'slot' | 'reason'>[] }[],
  post: Pick<Post, 'text'>,
): Coverage[] {
  const drawn = pictures.map(({ idea, leftOut }) => without(idea, leftOut));
  const planned = whereIs(
    brief,
    pictures.map(({ idea }) => idea),
    post,
  );
  return whereIs(brief, drawn, post).map(({ role, pictures: shown, inPost, reason }, index) => {
    const lost = planned[index]?.pictures[0];
    const why = reason && lost !== undefined ? (reasonFor(pictures[lost]?.leftOut, role) ?? reason) : reason;
    return { role, pictures: shown.map((one) => one + 1), inPost, ...(why && { reason: why }) };
  });
}

const without = (idea: Idea, leftOut: readonly Pick<LeftOut, 'slot'>[]): Idea => {
  const texts = Object.entries(idea.texts).filter(([slot]) => !leftOut.some((one) => one.slot === slot));
  return { ...idea, texts: { headline: '', ...Object.fromEntries(texts) } };
};

const reasonFor = (
  leftOut: readonly Pick<LeftOut, 'slot' | 'reason'>[] | undefined,
  role: BriefRole,
): LeftOut['reason'] | undefined => (leftOut?.find(({ slot }) => slot === role) ?? leftOut?.[0])?.reason;

/** The roles as one text, for those who read a description. */
export const joinRoles = (brief: Brief): string => {
  const { dish, line, price, priceWas, ...rest } = brief;
  const prices = priceWas && price ? `${priceWas} → ${price}` : (price ?? priceWas);
  return [dish, line, prices, ...BRIEF_ROLES.map((role) => (rest as Brief)[role])]
    .filter((text) => text !== undefined)
    .join(', ')
    .replaceAll(/\s+/g, ' ');
};

/** The first picture's, for those who know of one headline. */
export const headlineOf = ({ ideas }: Words): string | undefined =>
  ideas[0]?.idea.texts.headline.replaceAll(/\s+/g, ' ');

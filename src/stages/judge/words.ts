import { BRIEF_ROLES, type Brief } from '../../brief/brief.js';
import { drawable } from '../../brief/signs.js';
import type { LeftOut } from '../../typography/text-areas.js';
import { type Finding, finding } from './finding.js';
import { seasonOfBrief, seasonOfWords } from './season.js';

/** What an advertisement says, and what it was to say. */
export interface SaidWords {
  brief: Brief;
  /** As drawn, line by line; empty when the record does not say. */
  drawn: string[];
  leftOut: LeftOut[];
  /** Null while it is not written. */
  post: { text: string; hashtags: string } | null;
}

/**
 * Faults of the words beside and on a picture. They are looked for whenever they are shown: the owner may have edited
 * the post since the picture was judged.
 */
export function wordFindings(words: SaidWords): Finding[] {
  return [...rolesNowhere(words), ...captionWithoutPrice(words), ...captionOfAnotherSeason(words)];
}

/** Whether a finding is one of these: what a post says now decides, not what it said when the picture was judged. */
export const isOfWords = ({ mend }: Finding): boolean => mend === 'edit post';

const plain = (text: string): string => drawable(text.normalize('NFC')).replace(/\s+/gu, '');

/**
 * A role that stands neither on the picture nor in the post. What the picture had no room for is named there with its
 * reason; it is a fault only when the post does not say it either. Measured: places that say it.
 */
function rolesNowhere({ brief, drawn, post }: SaidWords): Finding[] {
  if (post === null) return [];
  const said = [plain(drawn.join('')), plain(post.text), plain(post.hashtags)];
  return BRIEF_ROLES.filter((role) => role !== 'price').flatMap((role) => {
    const parts = (brief[role] ?? '').split('\n').map(plain).filter(Boolean);
    const isSaid = parts.every((part) => said.some((place) => place.includes(part)));
    if (isSaid) return [];
    return [finding('role-nowhere', 0, 1, { slot: slotOf(role), mend: 'edit post' })];
  });
}

/** Measured: prices of the brief that the post says. */
function captionWithoutPrice({ brief, post }: SaidWords): Finding[] {
  if (post === null || brief.price === undefined) return [];
  const figures = /[만천백]/u.test(brief.price) ? [] : (brief.price.match(/\d[\d,.]*/gu) ?? []).map(digitsOf);
  const written = (post.text.match(/\d[\d,.]*/gu) ?? []).map(digitsOf);
  const isSaid =
    figures.length > 0
      ? figures.every((figure) => written.includes(figure))
      : plain(post.text).includes(plain(brief.price));
  return isSaid ? [] : [finding('caption-without-price', 0, 1, { slot: 'price', mend: 'edit post' })];
}

const digitsOf = (figure: string): string => figure.replace(/\D/gu, '');

/** The dish is what a headline says. */
const slotOf = (role: (typeof BRIEF_ROLES)[number]) => (role === 'dish' ? 'headline' : role);

/** Measured: seasons in the post that the brief does not name. */
function captionOfAnotherSeason({ brief, post }: SaidWords): Finding[] {
  const wanted = seasonOfBrief(brief);
  const written = post && seasonOfWords(`${post.text} ${post.hashtags}`);
  const isStrange = wanted !== undefined && written !== undefined && written !== null && written !== wanted;
  return isStrange ? [finding('season', 1, 0, { mend: 'edit post' })] : [];
}

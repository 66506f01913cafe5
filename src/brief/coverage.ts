import { BRIEF_ROLES, type Brief, type BriefRole } from './brief.js';
import type { Idea } from './idea.js';
import type { Post } from './post.js';
import { partsOf } from './lines.js';
import { drawable } from './signs.js';

/** Why a role stands nowhere: its words were changed or taken out by hand. */
export type NowhereReason = 'left out by hand';

export interface Whereabouts {
  role: BriefRole;
  /** Indexes of the ideas whose pictures say it, from 0. */
  pictures: number[];
  inPost: boolean;
  /** Present when it is neither on a picture nor in the post. */
  reason?: NowhereReason;
}

const plain = (text: string): string => drawable(text.normalize('NFC')).replace(/\s+/g, ' ');

/** Where each role of the brief is said: on which pictures, and whether in the post. Only roles that are there. */
export function whereIs(brief: Brief, ideas: readonly Idea[], post: Pick<Post, 'text'>): Whereabouts[] {
  const pictures = ideas.map(({ texts }) => plain(Object.values(texts).join(' ')));
  const written = plain(post.text);
  return BRIEF_ROLES.flatMap((role) => {
    const text = brief[role];
    if (text === undefined) return [];
    const parts = partsOf(text).map(plain);
    const isIn = (words: string): boolean => parts.every((part) => words.includes(part));
    const found = {
      role,
      pictures: pictures.flatMap((words, index) => (isIn(words) ? [index] : [])),
      inPost: isIn(written),
    };
    return [found.pictures.length === 0 && !found.inPost ? { ...found, reason: 'left out by hand' as const } : found];
  });
}

/*
 * What an advertisement is made of before there is one: the shop's words in roles, the ideas of its pictures, its post,
 * and the brand behind them. Types only, as in `types.ts`.
 */
import type { z } from 'zod';
import type * as answers from '../../../src/admin/http/answer-schemas.js';
import type * as brands from '../../../src/admin/http/brand-answers.js';
import type { BriefRole } from '../../../src/brief/brief.js';
import type { Idea, IdeaKind, TextSlot } from '../../../src/brief/idea.js';

export type { BriefRole, Idea, IdeaKind, TextSlot };

/** What the shop says, by role. */
export type Brief = { [role in BriefRole]?: string | undefined };
/** The words of one picture, by their places. */
export type PictureTexts = Idea['texts'];

export const FORMATS = ['square', 'portrait', 'tall', 'story'] as const;
export type Format = (typeof FORMATS)[number];

export interface Post {
  text: string;
  hashtags: string;
}

/** How the shop's words are understood, before anything is made of them. */
export type Understanding = z.infer<typeof answers.understanding>;
/** Where a role ends up: on which pictures (their ordinals, from 1), in the post, or nowhere and why. */
export type Coverage = Understanding['coverage'][number];
/** Words of the sentence that no role took. */
export type Leftover = Understanding['leftovers'][number];
/** Words that food advertising law restricts, or that cannot be drawn. */
export type Warning = Understanding['warnings'][number];

/** What a photographer would say about the photo, before anything is made of it. */
export type PhotoAdvice = z.infer<typeof answers.photoAdvice>;

export type Brand = Omit<z.infer<typeof brands.shownBrand>, 'inUse'>;
export type BrandAnswer = z.infer<typeof brands.brandAnswer>;

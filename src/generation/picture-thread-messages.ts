import type { Claim } from '../../activities/claims.js';
import { Away, BadInput, Busy } from '../../activities/failures.js';
import type { PoolSettings } from '../db/pool.js';
import { errorOf, type ErrorWords, wordsOf } from '../imaging/thread-errors.js';

/** What the thread needs of the worker's settings. */
export interface PictureThreadSettings {
  database: Pick<PoolSettings, 'url' | 'publishOwnWrites' | 'size'>;
  assets: { root: string; partName: string };
  maxMegapixels: number;
  slots: number;
  logLevel: string;
}

/** What the thread is sent. Many pictures are under way at once; `id` says which. */
export type PictureCall =
  | { what: 'make'; id: number; claim: Claim }
  /** The picture of this id is no longer wanted. It is answered all the same, once its making has stopped. */
  | { what: 'abort'; id: number }
  /** Nothing more will come. */
  | { what: 'close' };

export interface PictureAnswer {
  id: number;
  failure?: FailureWords;
}

/** How an attempt failed decides what becomes of it, and classes do not come through to another thread. */
export type FailureWords = ErrorWords & { sort?: 'BadInput' | 'Away' | 'Busy'; retryAfterMs?: number | undefined };

export function failureWordsOf(error: unknown): FailureWords {
  const words = wordsOf(error);
  if (error instanceof BadInput) return { ...words, sort: 'BadInput' };
  if (error instanceof Away) return { ...words, sort: 'Away', retryAfterMs: error.retryAfterMs };
  if (error instanceof Busy) return { ...words, sort: 'Busy', retryAfterMs: error.retryAfterMs };
  return words;
}

export function failureOf({ sort, retryAfterMs, ...words }: FailureWords): Error {
  if (sort === 'BadInput') return new BadInput(words.message);
  if (sort === 'Away') return new Away(words.message, retryAfterMs);
  if (sort === 'Busy') return new Busy(words.message, retryAfterMs ?? 0);
  return errorOf(words);
}

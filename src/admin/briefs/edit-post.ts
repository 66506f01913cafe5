import type { Pool } from '../../db/pool.js';
import { lockJob } from '../locks.js';
import { carryOut, type Order, type Outcome } from '../orders.js';
import { type Post, putPost, readPost } from './stored-words.js';

export interface PostAnswer extends Outcome {
  jobId: string;
  /** Null where none was written yet. */
  before: Post | null;
  observed: Post & { edited: boolean };
}

/**
 * Puts the owner's own text in the place of the post, also after it was published: the newest feed follows, so that
 * neighbours read the same. Nothing is made again.
 * @throws NotFound
 */
export const editPost = (
  pool: Pool,
  { jobId, post }: { jobId: string; post: Post },
  order: Order,
): Promise<PostAnswer> =>
  carryOut<PostAnswer, PostAnswer>(pool, order, {
    action: 'edit post',
    parameters: { jobId, post },
    async change(db) {
      await lockJob(db, jobId);
      const before = (await readPost(db, jobId)) ?? null;
      await putPost(db, jobId, post, true);
      const observed = { ...post, edited: true };
      return {
        decision: { outcome: 'done', says: 'the post is changed', jobId, before, observed },
        audit: [{ jobId, before, after: observed }],
      };
    },
    finish: async (decision) => decision,
  });

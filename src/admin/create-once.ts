import { createHash } from 'node:crypto';
import { INPUT_STEP } from '../../workflows/contract.js';
import type { Pool } from '../db/pool.js';
import { answerOf, type WordsAnswer } from './briefs/preview-words.js';
import { insertPreparedJob, type NewJob, prepareJob } from './create-job.js';
import { type JobNow, observeJob } from './observe.js';
import { carryOut, isKnown, type Order, type Outcome } from './orders.js';

export interface CreationAnswer extends Outcome, WordsAnswer {
  jobId: string;
  variantIds: string[];
  observed: JobNow;
}

type Created = Omit<CreationAnswer, 'observed'>;

/**
 * Creates a job under the order's key: a repetition is told of the first job instead of making a second.
 * @throws UnreadableImageError or BadOrder before anything is written.
 */
export async function createOnce(pool: Pool, order: Order, job: NewJob): Promise<CreationAnswer> {
  const { photos, ...rest } = job;
  const digests = photos.map((photo) => createHash('sha256').update(photo).digest('hex'));
  // Files and texts are made before the transaction, and not at all for an order that was carried out already.
  const prepared = (await isKnown(pool, order)) ? undefined : await prepareJob(pool, job);
  return carryOut<Created, CreationAnswer>(pool, order, {
    action: 'create job',
    parameters: { ...rest, photos: digests },
    async change(db) {
      const ready = prepared ?? (await prepareJob(pool, job));
      // These rows come in as anybody's do: what the triggers leave for them is what starts the job.
      await db.query(`set local pipeline.writer = ''`);
      const { jobId, variantIds, words } = await insertPreparedJob(db, ready);
      return {
        decision: { outcome: 'done', says: `created job ${jobId}`, jobId, variantIds, ...answerOf(words) },
        audit: [{ jobId, before: null, after: { step: INPUT_STEP, status: 'done', variants: variantIds.length } }],
      };
    },
    finish: async (decision) => ({ ...decision, observed: await observeJob(pool, decision.jobId) }),
  });
}

import type { PoolClient } from '../db/pool.js';
import { NotFound } from './trouble.js';

/*
 * The order in which everything here is locked, as everywhere in the system: variants by id, their pipeline rows, the
 * job, its pipeline row. What was read before a lock is stale after it: look again then.
 */

/** @throws NotFound */
export async function lockVariant(db: PoolClient, variantId: string): Promise<void> {
  const { rowCount } = await db.query('select from jobs_variants where job_variants_id = $1 for no key update', [
    variantId,
  ]);
  if (!rowCount) throw new NotFound(`there is no variant ${variantId}`);
  await db.query('select from pipeline.runs where job_variants_id = $1 for no key update', [variantId]);
}

/** Locks the job and its pipeline row, which is made if it is missing. Lock its variants first. @throws NotFound */
export async function lockJob(db: PoolClient, jobId: string): Promise<void> {
  const { rowCount } = await db.query('select from jobs where job_id = $1 for no key update', [jobId]);
  if (!rowCount) throw new NotFound(`there is no job ${jobId}`);
  await lockRecordedJob(db, jobId);
}

/**
 * Locks a job with everything below it, so that no variant can be added until the transaction ends.
 * @throws NotFound, and VariantsCameMeanwhile when one was added while the others were being locked: begin again.
 */
export async function lockWholeJob(db: PoolClient, jobId: string): Promise<void> {
  const variants = await db.query(
    'select from jobs_variants where job_id = $1 order by job_variants_id for no key update',
    [jobId],
  );
  await db.query(
    `select from pipeline.runs where job_variants_id in (select job_variants_id from jobs_variants where job_id = $1)
      order by job_variants_id for no key update`,
    [jobId],
  );
  // The full lock: a new variant's foreign key has to wait for it.
  const { rowCount } = await db.query('select from jobs where job_id = $1 for update', [jobId]);
  if (!rowCount) throw new NotFound(`there is no job ${jobId}`);
  const now = await db.query('select from jobs_variants where job_id = $1', [jobId]);
  if (now.rowCount !== variants.rowCount) throw new VariantsCameMeanwhile();
  await lockRecordedJob(db, jobId);
}

const lockRecordedJob = async (db: PoolClient, jobId: string): Promise<void> => {
  await db.query('insert into pipeline.jobs (job_id) values ($1) on conflict (job_id) do nothing', [jobId]);
  await db.query('select from pipeline.jobs where job_id = $1 for no key update', [jobId]);
};

export class VariantsCameMeanwhile extends Error {}

const MOST_BEGINNINGS = 5;

const DEADLOCK_DETECTED = '40P01';

/**
 * Begins `work` anew when variants were added to its job meanwhile (they come one by one, seconds apart), and when it was
 * chosen as a deadlock's victim: the bridge records a job it sees for the first time without its variants' locks.
 */
export async function beginAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let beginnings = 1; ; beginnings++) {
    try {
      return await work();
    } catch (error) {
      const isPassing =
        error instanceof VariantsCameMeanwhile || (error as { code?: string }).code === DEADLOCK_DETECTED;
      if (!isPassing || beginnings === MOST_BEGINNINGS) throw error;
    }
  }
}

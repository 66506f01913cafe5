import type { Pool } from './pool.js';

/** Tells the triggers what they need of the configuration; they run for every writer, ours or not. */
export async function writeSettings(pool: Pool, { jobMinDoneVariants }: { jobMinDoneVariants: number }): Promise<void> {
  await pool.query('update pipeline.settings set job_min_done_variants = $1 where job_min_done_variants <> $1', [
    jobMinDoneVariants,
  ]);
}

import type { Pool } from '../db/pool.js';

/**
 * Ends runs of image generation that nobody waits for any more. Whoever makes or fails a variant's last picture ends its
 * run in the same transaction; a picture that came from outside instead, or a variant that was deleted, does not.
 */
export async function settleGenRuns(pool: Pool): Promise<void> {
  await pool.query(
    `select pipeline.settle_gen_run(g.run_id)
       from gen_runs g join pipeline.prepared_photos p using (run_id)
      where g.status in ('queued', 'running')
        and not exists (select from jobs_variants v where v.job_id = p.job_id and pipeline.waits_for_picture(v))`,
  );
}

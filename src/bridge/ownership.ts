import type { Pool } from '../db/pool.js';

/**
 * Who makes a job's pictures, recorded when the bridge first sees the job: a later change of the configuration moves no
 * job that is under way. What the creator said stands.
 */
export async function recordOwnership(
  pool: Pool,
  jobId: string,
  byDefault: 'internal' | 'external',
): Promise<'internal' | 'external'> {
  const { rows } = await pool.query<{ image_generation: 'internal' | 'external' }>(
    `insert into pipeline.jobs as p (job_id, image_generation) values ($1, $2)
     on conflict (job_id) do update set image_generation = coalesce(p.image_generation, excluded.image_generation)
     returning image_generation`,
    [jobId, byDefault],
  );
  return rows[0]?.image_generation ?? byDefault;
}

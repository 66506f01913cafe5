import type { Pool, PoolClient } from '../db/pool.js';

/** YE's transitions on jobs that others follow; `(img_gen, done)` is published with the last picture's own rows. */
export type GenerationStep = readonly ['gen_vlm_analyze', 'running' | 'done'] | readonly ['img_gen', 'running'];

/** Publishes how far a job is on the way to its pictures. Forwards only; a job that is past it stays as it is. */
export async function publishStep(db: Pool | PoolClient, jobId: string, [step, status]: GenerationStep): Promise<void> {
  await db.query('select pipeline.publish_generation($1, $2, $3)', [jobId, step, status]);
}

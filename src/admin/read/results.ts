import type { Pool } from '../../db/pool.js';
import { NotFound } from '../trouble.js';

/** What a neighbour gets to see of a job (contract §9). */
export type Results =
  | { kind: 'done'; pictureUrls: string[]; copy: string; hashtags: string }
  | { kind: 'running'; step: string | null; status: string | null; reason: string | null }
  | { kind: 'failed'; step: string | null; status: string | null; reason: string };

/** The front end shows so many. */
const MOST_PICTURES = 3;

interface Row {
  step: string | null;
  status: string | null;
  reason: string | null;
  pictures: string[];
  copy: string | null;
  hashtags: string | null;
}

/** The newest feed with the pictures that succeeded, or how far the job is. @throws NotFound */
export async function readResults(pool: Pool, jobId: string): Promise<Results> {
  const { rows } = await pool.query<Row>(
    `select j.current_step as step, j.status, p.reason, f.instagram_ad_copy as copy, f.hashtags,
            array(select a.image_url from jobs_variants v join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
                   where v.job_id = j.job_id and v.status <> 'failed'
                   order by v.creation_order, v.job_variants_id limit ${MOST_PICTURES}) as pictures
       from jobs j
       left join pipeline.jobs p using (job_id)
       left join lateral (select * from instagram_feeds f where f.job_id = j.job_id
                           order by f.created_at desc, f.pk desc limit 1) f on true
      where j.job_id = $1`,
    [jobId],
  );
  const job = rows[0];
  if (!job) throw new NotFound('Job not found');
  const { step, status, reason } = job;
  if (step === 'instagram_feed_gen' && status === 'done' && job.copy !== null)
    return { kind: 'done', pictureUrls: job.pictures, copy: job.copy, hashtags: job.hashtags ?? '' };
  if (status === 'failed') return { kind: 'failed', step, status, reason: reason ?? 'no reason was recorded' };
  return { kind: 'running', step, status, reason };
}

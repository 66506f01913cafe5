import { isJobStage } from '../../workflows/contract.js';
import type { Pool } from '../db/pool.js';

export interface VariantView {
  id: string;
  step: string;
  status: string;
  retryCount: number;
  reason: string | null;
  /** `/assets/…` of the finished picture. */
  pictureUrl: string | null;
}

/** A job and its variants as their rows say now. */
export interface JobView {
  step: string;
  status: string;
  reason: string | null;
  /** Somebody has written English copy: there is something to make a feed of. */
  hasCopy: boolean;
  variants: VariantView[];
}

export const isFinished = (job: JobView): boolean => job.step === 'instagram_feed_gen' && job.status === 'done';
export const hasFailed = (job: JobView): boolean => job.status === 'failed';
/** Its variants are through: published as `(iou_eval, done)`, or further on already. */
export const isSettledJob = (job: JobView): boolean =>
  hasFailed(job) || (job.step === 'iou_eval' && job.status === 'done') || isJobStage(job.step);
/** Done as far as it goes: it has no English copy to write a feed from. */
export const isResting = (job: JobView): boolean =>
  job.step === 'iou_eval' && job.status === 'done' && job.reason !== null && !job.hasCopy;

export async function readJob(pool: Pool, jobId: string): Promise<JobView> {
  const { rows } = await pool.query<JobView>(
    `select j.current_step as step, j.status, p.reason,
            exists (select from txt_ad_copy_generations t where t.job_id = j.job_id and t.status = 'done'
                     and (t.ad_copy_eng <> '' or t.refined_ad_copy_eng <> '')
                     and t.generation_stage in ('ad_copy_eng', 'refined_ad_copy')) as "hasCopy",
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'id', v.job_variants_id, 'step', v.current_step, 'status', v.status, 'retryCount', v.retry_count,
                      'reason', r.reason, 'pictureUrl', a.image_url) order by v.creation_order, v.job_variants_id), '[]')
               from jobs_variants v
               left join pipeline.runs r using (job_variants_id)
               left join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
              where v.job_id = j.job_id) as variants
       from jobs j left join pipeline.jobs p using (job_id)
      where j.job_id = $1`,
    [jobId],
  );
  const job = rows[0];
  if (!job) throw new Error(`the job ${jobId} is gone from the database`);
  return job;
}

export interface FeedText {
  copy: string;
  hashtags: string[];
}

/** The newest feed counts: a stage that ran again leaves another row. */
export async function readFeed(pool: Pool, jobId: string): Promise<FeedText | null> {
  const { rows } = await pool.query<{ copy: string; hashtags: string }>(
    `select instagram_ad_copy as copy, hashtags from instagram_feeds where job_id = $1 order by created_at desc, pk desc limit 1`,
    [jobId],
  );
  const feed = rows[0];
  return feed ? { copy: feed.copy, hashtags: feed.hashtags.split(/\s+/).filter(Boolean) } : null;
}

import type { Idea } from '../../src/brief/idea.js';
import type { Pool } from '../../src/db/pool.js';
import { insertJob, setVariant } from './rows.js';

export const FINISHED_IDEA: Idea = { kind: 'dish', texts: { headline: '순대국밥', price: '8,900원' } };

/** A finished job whose one picture was composed here from an idea, with its post and the feed of it. */
export async function insertFinishedJob(own: Pool): Promise<{ jobId: string; variantId: string }> {
  const { jobId, variantIds } = await insertJob(own, {
    step: 'vlm_analyze',
    status: 'running',
    imageType: 'pbg_generated',
  });
  const [variantId] = variantIds as [string];
  const run = (text: string, ...values: unknown[]) => own.query(text, values);
  await setVariant(own, variantId, 'iou_eval', 'done');
  await run(`update pipeline.jobs set stage = 'instagram_feed_gen', status = 'done' where job_id = $1`, jobId);
  await run(`update jobs set current_step = 'instagram_feed_gen', status = 'done' where job_id = $1`, jobId);
  await run(
    `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
       instagram_ad_copy, hashtags) values ($1, 'test', '', '', '', '', '어제의 글', '#어제')`,
    jobId,
  );
  await run(
    `insert into pipeline.posts (job_id, tenant_id, post, hashtags) values ($1, 'test', '어제의 글', '#어제')`,
    jobId,
  );
  await run(
    'insert into pipeline.ideas (job_variants_id, idea) values ($1, $2)',
    variantId,
    JSON.stringify(FINISHED_IDEA),
  );
  await run(
    `insert into pipeline.pictures (image_asset_id, job_variants_id, design, format, text_areas, composition)
     select img_asset_id, job_variants_id, 'hero', 'square', '{}', '{}' from jobs_variants where job_variants_id = $1`,
    variantId,
  );
  return { jobId, variantId };
}

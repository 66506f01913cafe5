import { randomUUID } from 'node:crypto';
import { createKey } from '../../../src/auth/keys.js';
import { drawnDish } from '../../support/pictures.js';
import { insertJob, setVariant } from '../../support/rows.js';
import type { ServerBench } from './server-bench.js';

/** One tenant's job with something of everything that is shown. */
export interface Shop {
  tenantId: string;
  jobId: string;
  /** The first is finished and the favourite, the second has failed. */
  variantIds: [string, string];
  pictureUrl: string;
  outboxId: string;
  /** By these it is known wherever it shows. */
  marks: string[];
}

export async function openShop(bench: ServerBench, tenantId: string): Promise<Shop> {
  const run = (text: string, ...values: unknown[]) => bench.own.query(text, values);
  const words = `the words of ${tenantId}`;
  const { url: pictureUrl } = await bench.assets.publish({
    tenantId,
    kind: 'final',
    id: randomUUID(),
    extension: 'jpg',
    bytes: await drawnDish(),
    date: new Date(),
  });
  const { jobId, variantIds } = await insertJob(bench.own, {
    tenantId,
    variants: 2,
    step: 'overlay',
    status: 'running',
    imageType: 'pbg_generated',
    imageUrl: pictureUrl,
    descKor: words,
    adCopyKor: words,
  });
  const [finished, failed] = variantIds as [string, string];
  await run('update jobs_variants set overlaid_img_asset_id = img_asset_id where job_variants_id = $1', finished);
  await setVariant(bench.own, finished, 'iou_eval', 'done');
  await setVariant(bench.own, failed, 'planner', 'failed');
  await run('update pipeline.runs set reason = $2 where job_variants_id = $1', failed, words);
  await run(
    `update job_inputs set tone_style_id = (select tone_style_id from tone_styles where eng_name is not null order by pk limit 1)
      where job_id = $1`,
    jobId,
  );
  await run(
    `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
       instagram_ad_copy, hashtags) values ($1, $2, '', '', '', '', $3, '')`,
    jobId,
    tenantId,
    words,
  );
  await run(
    'insert into pipeline.posts (job_id, tenant_id, post, hashtags) values ($1, $2, $3, $3)',
    jobId,
    tenantId,
    words,
  );
  const { rows } = await run(
    `insert into pipeline.outbox (kind, job_id, job_variants_id, dead_at, last_error) values ('variant', $1, $2, now(), $3)
     returning outbox_id::text as id`,
    jobId,
    failed,
    words,
  );
  await run(
    'insert into pipeline.audit (actor, action, job_id, job_variants_id, note) values ($1, $2, $3, $4, $5)',
    'test',
    'look',
    jobId,
    failed,
    words,
  );
  await run(
    `insert into pipeline.brands (tenant_id, name, logo_url) values ($1, $2, $3) on conflict do nothing`,
    tenantId,
    words,
    '/assets/none.png',
  );
  return {
    tenantId,
    jobId,
    variantIds: [finished, failed],
    pictureUrl,
    outboxId: rows[0].id,
    marks: [tenantId, jobId, finished, failed, pictureUrl],
  };
}

/** A key that belongs to the tenant, as a header. */
export const keyOf = async (bench: ServerBench, tenantId: string | null): Promise<Record<string, string>> => ({
  'x-api-key': (
    await createKey(bench.own, { name: `of ${tenantId} ${randomUUID()}`, scope: 'operate', tenantId, actor: 'test' })
  ).secret,
});

/** Everything of the tenant's that somebody could change. */
export const everythingOf = async (bench: ServerBench, tenantId: string): Promise<unknown> => {
  const ofJobs = (table: string): string =>
    `(select json_agg(t.* order by t.*::text) from ${table} t where t.job_id in (select job_id from jobs where tenant_id = $1))`;
  const ofTenant = (table: string): string =>
    `(select json_agg(t.* order by t.*::text) from ${table} t where t.tenant_id = $1)`;
  const tables = [
    ...['jobs_variants', 'job_inputs', 'instagram_feeds', 'pipeline.jobs', 'pipeline.runs'].map(ofJobs),
    ...['pipeline.claims', 'pipeline.outbox', 'pipeline.posts', 'pipeline.briefs'].map(ofJobs),
    ...['jobs', 'image_assets', 'pipeline.pauses', 'pipeline.brands'].map(ofTenant),
  ];
  const { rows } = await bench.own.query(`select json_build_array(${tables.join(', ')}) as everything`, [tenantId]);
  return rows[0].everything;
};

import { randomUUID } from 'node:crypto';
import type { Pool } from '../../src/db/pool.js';

export interface JobRows {
  jobId: string;
  variantIds: string[];
}

export interface NewJobRows {
  tenantId?: string;
  variants?: number;
  step?: string;
  status?: string;
  /** Image type of the variants' picture; null leaves them without one. */
  imageType?: string | null;
  /** Where that picture is; the file need not exist for tests that never look at it. */
  imageUrl?: string;
  /** Written to pipeline.jobs by the creator, as a creator who only writes SQL does. */
  imageGeneration?: 'internal' | 'external';
  adCopyKor?: string | null;
  adCopyEng?: string | null;
  descKor?: string | null;
}

/** A job as a neighbour's SQL writes it: nothing of schema `pipeline`, one transaction. */
export async function insertJob(pool: Pool, options: NewJobRows = {}): Promise<JobRows> {
  const { variants = 1, step = 'user_img_input', status = 'done', imageType = 'original' } = options;
  const { tenantId = 'test' } = options;
  const { adCopyKor = '오늘의 따뜻한 국밥', adCopyEng = 'A warm bowl of gukbap', descKor = '든든한 국밥' } = options;
  const jobId = randomUUID();
  const pictureId = imageType === null ? null : randomUUID();
  // A front end leaves a job without variants.
  const variantIds = Array.from({ length: variants }, () => randomUUID());
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`insert into tenants (tenant_id) values ($1) on conflict do nothing`, [tenantId]);
    await client.query(
      `insert into jobs (job_id, tenant_id, current_step, status) values ($1, $2, 'user_img_input', 'done')`,
      [jobId, tenantId],
    );
    if (options.imageGeneration) {
      await client.query('insert into pipeline.jobs (job_id, image_generation) values ($1, $2)', [
        jobId,
        options.imageGeneration,
      ]);
    }
    if (pictureId) {
      await client.query(
        `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id)
         values ($1, $2, $3, 1080, 1080, $4)`,
        [pictureId, imageType, options.imageUrl ?? '/assets/test.png', tenantId],
      );
    }
    await client.query('insert into job_inputs (job_id, img_asset_id, desc_kor) values ($1, $2, $3)', [
      jobId,
      pictureId,
      descKor,
    ]);
    if (adCopyKor) await insertText(client, jobId, 'ad_copy_kor', adCopyKor);
    if (adCopyEng) await insertText(client, jobId, 'ad_copy_eng', adCopyEng);
    for (const [index, id] of variantIds.entries()) {
      await client.query(
        `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
         values ($1, $2, $3, $4, $5, $6)`,
        [id, jobId, pictureId, index + 1, step, status],
      );
    }
    await client.query('commit');
  } finally {
    client.release();
  }
  return { jobId, variantIds };
}

export const insertText = (
  db: { query(text: string, values: unknown[]): Promise<unknown> },
  jobId: string,
  stage: 'ad_copy_kor' | 'ad_copy_eng',
  text: string,
): Promise<unknown> =>
  db.query(
    `insert into txt_ad_copy_generations (job_id, generation_stage, ${stage}, status) values ($1, $2, $3, 'done')`,
    [jobId, stage, text],
  );

export const setVariant = (pool: Pool, variantId: string, step: string, status: string): Promise<unknown> =>
  pool.query(
    'update jobs_variants set current_step = $2, status = $3, updated_at = current_timestamp where job_variants_id = $1',
    [variantId, step, status],
  );

/** `step/status` of a job or variant. */
export const stateOf = async (pool: Pool, table: 'jobs' | 'jobs_variants', id: string): Promise<string> => {
  const key = table === 'jobs' ? 'job_id' : 'job_variants_id';
  const { rows } = await pool.query(`select current_step || '/' || status as state from ${table} where ${key} = $1`, [
    id,
  ]);
  return rows[0]?.state;
};

/** The end of a job, for `until`. */
export const JOB_STATE = `select current_step || '/' || status from jobs where job_id = $1`;
export const VARIANT_STATE = `select current_step || '/' || status from jobs_variants where job_variants_id = $1`;

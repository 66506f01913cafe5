import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createAssetStore } from '../assets/asset-store.js';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';
import { checkHint } from '../generation/subject-hint.js';
import type { PictureFormat, SubjectHint } from '../generation/provider.js';
import type { PictureInfo } from '../imaging/picture.js';
import { createLocalLanguage } from '../stages/engines/local-language.js';
import { insertPhoto, inspectPhoto, type StoredPhoto, storePhoto } from './job-photos.js';
import { koreanMonth } from '../seasons.js';

export interface NewJob {
  assetsDir: string;
  partName: string;
  tenantId: string;
  /** Encoded photos; variant k starts from photo k modulo their number, the first is the job's own. */
  photos: Buffer[];
  variantsCount: number;
  /** The shop's own words; they become the copy. */
  descKor?: string;
  storeName?: string;
  /** Copy the caller brings; what is missing of it is written by the language engine. */
  adCopyKor?: string;
  adCopyEng?: string;
  /** English name of a tone style. */
  toneStyle?: string;
  imageGeneration?: 'internal' | 'external';
  /** Where the owner says the dish is on the first photo. */
  subjectHint?: SubjectHint;
  pictureFormat?: PictureFormat;
}

export interface CreatedJob {
  jobId: string;
  variantIds: string[];
}

const DEFAULT_DESCRIPTION = '정성껏 만든 오늘의 한 그릇';
const DEFAULT_TONE = 'Hero Dish Focus';
/** A job whose files are in place and whose texts are written; only its rows are missing. */
export interface PreparedJob {
  job: NewJob;
  photos: StoredPhoto[];
  descKor: string;
  toneStyle: string;
  copy: { adCopyKor: string; adCopyEng: string };
}

/**
 * Creates a job as JS and YE would leave it: photo, inputs, both copies and the variants at `(user_img_input, done)`,
 * in one transaction. The commit is what starts it.
 * @throws UnreadableImageError or TypeError (a hint that names no place on a photo) before anything is written.
 */
export async function createJob(pool: Pool, job: NewJob): Promise<CreatedJob> {
  const prepared = await prepareJob(job);
  return inTransaction(pool, (db) => insertPreparedJob(db, prepared));
}

/** Everything slow about a new job. @throws as `createJob`, before anything is written. */
export async function prepareJob(job: NewJob): Promise<PreparedJob> {
  if (job.subjectHint) checkHint(job.subjectHint);
  const pictures = await Promise.all(job.photos.map(inspectPhoto));
  const descKor = job.descKor ?? DEFAULT_DESCRIPTION;
  const toneStyle = job.toneStyle ?? DEFAULT_TONE;
  const written = await createLocalLanguage().adCopy({
    descKor,
    storeName: job.storeName ?? '',
    toneStyle,
    month: koreanMonth(new Date()),
  });
  const copy = { adCopyKor: job.adCopyKor ?? written.adCopyKor, adCopyEng: job.adCopyEng ?? written.adCopyEng };
  return { job, photos: await store(job, pictures), descKor, toneStyle, copy };
}

/** The rows, in the caller's transaction. They must be a foreigner's writes, or nothing starts. */
export async function insertPreparedJob(
  db: PoolClient,
  { job, photos, descKor, toneStyle, copy }: PreparedJob,
): Promise<CreatedJob> {
  const jobId = randomUUID();
  await db.query('insert into tenants (tenant_id, display_name) values ($1, $1) on conflict (tenant_id) do nothing', [
    job.tenantId,
  ]);
  await insertJob(db, jobId, job, photos);
  await db.query(
    `insert into job_inputs (job_id, img_asset_id, tone_style_id, desc_kor)
     values ($1, $2, (select tone_style_id from tone_styles where eng_name = $3), $4)`,
    [jobId, photos[0]?.id, toneStyle, descKor],
  );
  await db.query(
    `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_eng, ad_copy_kor, status)
     values ($1, 'ad_copy_eng', $2, null, 'done'), ($1, 'ad_copy_kor', null, $3, 'done')`,
    [jobId, copy.adCopyEng, copy.adCopyKor],
  );
  const variantIds: string[] = [];
  for (let order = 1; order <= job.variantsCount; order++) {
    const id = randomUUID();
    await db.query(
      `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
       values ($1, $2, $3, $4, 'user_img_input', 'done')`,
      [id, jobId, photos[(order - 1) % photos.length]?.id, order],
    );
    variantIds.push(id);
  }
  return { jobId, variantIds };
}

async function insertJob(db: PoolClient, jobId: string, job: NewJob, photos: StoredPhoto[]): Promise<void> {
  const storeId = job.storeName ? randomUUID() : null;
  if (storeId) await db.query('insert into stores (store_id, title) values ($1, $2)', [storeId, job.storeName]);
  await db.query(
    `insert into jobs (job_id, tenant_id, store_id, current_step, status) values ($1, $2, $3, 'user_img_input', 'done')`,
    [jobId, job.tenantId, storeId],
  );
  await db.query(
    `insert into pipeline.jobs (job_id, image_generation, expected_variants, closed, subject_hint, picture_format)
     values ($1, $2, $3, true, $4, $5)`,
    [
      jobId,
      job.imageGeneration ?? null,
      job.variantsCount,
      job.subjectHint ? JSON.stringify(job.subjectHint) : null,
      job.pictureFormat ?? null,
    ],
  );
  for (const photo of photos) await insertPhoto(db, { jobId, tenantId: job.tenantId }, photo);
}

function store(job: NewJob, pictures: PictureInfo[]): Promise<StoredPhoto[]> {
  const assets = createAssetStore({ root: path.resolve(job.assetsDir), partName: job.partName });
  return Promise.all(
    pictures.map((picture, index) => storePhoto(assets, job.tenantId, picture, job.photos[index] as Buffer)),
  );
}

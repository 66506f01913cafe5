import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Brief } from '../brief/brief.js';
import type { Idea } from '../brief/idea.js';
import { counted } from '../counted.js';
import { createAssetStore } from '../assets/asset-store.js';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';
import { checkHint } from '../generation/subject-hint.js';
import type { PictureFormat, SubjectHint } from '../generation/provider.js';
import { createLocalLanguage } from '../stages/engines/local-language.js';
import { insertPhoto, type StoredPhoto, storePhoto, takeUsablePhoto, type UsablePhoto } from './job-photos.js';
import { DEFAULT_TONE, findCircumstances } from './briefs/circumstances.js';
import { addBrief, type Post, putIdea, putPost, type StoredIdea } from './briefs/stored-words.js';
import { findWords, headlineOf, joinRoles, type Words } from './briefs/words.js';
import { mustHaveDesigns } from './designs.js';
import { findTone } from './tones.js';
import { BadOrder } from './trouble.js';
import { koreanMonth } from '../seasons.js';

export interface NewJob {
  assetsDir: string;
  partName: string;
  tenantId: string;
  /** Encoded photos; variant k starts from photo k modulo their number, the first is the job's own. */
  photos: Buffer[];
  variantsCount: number;
  /** The shop's own words; they are understood, and kept as they are. */
  descKor?: string;
  storeName?: string;
  /** The headline of every picture, as it is. */
  adCopyKor?: string;
  /** What is missing is written by the language engine. */
  adCopyEng?: string;
  /** English name of a tone style. */
  toneStyle?: string;
  /** The shop's words in roles, instead of its own sentence. */
  brief?: Brief;
  /** What each picture leads with and says, as the owner has left it: one per variant. */
  ideas?: Idea[];
  /** The text to post, as the owner has left it. */
  post?: Post;
  imageGeneration?: 'internal' | 'external';
  /** Where the owner says the dish is on the first photo. */
  subjectHint?: SubjectHint;
  pictureFormat?: PictureFormat;
}

export interface CreatedJob {
  jobId: string;
  variantIds: string[];
  /** What it is going to say. */
  words: Words;
}

/** A picture can hold no more. */
const LONGEST_HEADLINE = 300;

/** A job whose files are in place; its words and its rows are missing. */
export interface PreparedJob {
  job: NewJob;
  photos: StoredPhoto[];
  toneStyle: string;
}

/**
 * Creates a job as JS and YE would leave it: photo, inputs, both copies and the variants at `(user_img_input, done)`, and
 * beside them what we understood of its words; in one transaction. The commit is what starts it.
 * @throws UnreadableImageError, BadOrder or TypeError (a hint that names no place on a photo) before anything is written.
 */
export async function createJob(pool: Pool, job: NewJob): Promise<CreatedJob> {
  const prepared = await prepareJob(pool, job);
  return inTransaction(pool, (db) => insertPreparedJob(db, prepared));
}

/** Everything slow about a new job. @throws as `createJob`, before anything is written. */
export async function prepareJob(pool: Pool, job: NewJob): Promise<PreparedJob> {
  if (job.subjectHint) checkHint(job.subjectHint);
  if (job.ideas && job.ideas.length !== job.variantsCount)
    throw new BadOrder(
      `ideas: there are ${job.ideas.length} for ${counted(job.variantsCount, 'picture')}; send one for each`,
    );
  mustHaveDesigns(job.ideas ?? []);
  if (job.adCopyKor !== undefined && [...job.adCopyKor].length > LONGEST_HEADLINE)
    throw new BadOrder(
      `adCopyKor: a headline may have at most ${LONGEST_HEADLINE} characters; send a longer text as descKor`,
    );
  const toneStyle = job.toneStyle ? (await findTone(pool, 'toneStyle', job.toneStyle)).name : DEFAULT_TONE;
  const pictures = await Promise.all(job.photos.map(takeUsablePhoto));
  return { job, photos: await store(job, pictures), toneStyle };
}

/** The rows, in the caller's transaction. They must be a foreigner's writes, or nothing starts. */
export async function insertPreparedJob(db: PoolClient, { job, photos, toneStyle }: PreparedJob): Promise<CreatedJob> {
  const jobId = randomUUID();
  await lockTenant(db, job.tenantId);
  const words = await wordsOf(db, job, toneStyle);
  const descKor = words.sentence ?? joinRoles(words.brief);
  const storeName = job.storeName ?? words.brief.shop ?? '';
  const { adCopyEng } = await createLocalLanguage().adCopy({
    descKor,
    storeName,
    toneStyle,
    month: koreanMonth(new Date()),
  });
  await insertJob(db, jobId, { ...job, storeName }, photos);
  await db.query(
    `insert into job_inputs (job_id, img_asset_id, tone_style_id, desc_kor)
     values ($1, $2, (select tone_style_id from tone_styles where eng_name = $3), $4)`,
    [jobId, photos[0]?.id, toneStyle, descKor],
  );
  await addBrief(db, jobId, words);
  await putPost(db, jobId, words.post, words.post.edited);
  await db.query(
    `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_eng, ad_copy_kor, status)
     values ($1, 'ad_copy_eng', $2, null, 'done'), ($1, 'ad_copy_kor', null, $3, 'done')`,
    [jobId, job.adCopyEng ?? adCopyEng, job.adCopyKor ?? headlineOf(words)],
  );
  const variantIds: string[] = [];
  for (let order = 1; order <= job.variantsCount; order++) {
    const id = randomUUID();
    await db.query(
      `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
       values ($1, $2, $3, $4, 'user_img_input', 'done')`,
      [id, jobId, photos[(order - 1) % photos.length]?.id, order],
    );
    await putIdea(db, id, words.ideas[order - 1] as StoredIdea);
    variantIds.push(id);
  }
  return { jobId, variantIds, words };
}

/** Who comes at the same time reads the other's post, and does not say the same. */
async function lockTenant(db: PoolClient, tenantId: string): Promise<void> {
  await db.query('insert into tenants (tenant_id, display_name) values ($1, $1) on conflict (tenant_id) do nothing', [
    tenantId,
  ]);
  await db.query('select from tenants where tenant_id = $1 for no key update', [tenantId]);
}

async function wordsOf(db: PoolClient, job: NewJob, toneStyle: string): Promise<Words> {
  const { tenantId, variantsCount: count, descKor: sentence, adCopyKor: headline, storeName: shop } = job;
  const circumstances = await findCircumstances(db, { tenantId, count, tone: toneStyle });
  return findWords({ brief: job.brief, sentence, headline, shop, ideas: job.ideas, post: job.post }, circumstances);
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

function store(job: NewJob, pictures: UsablePhoto[]): Promise<StoredPhoto[]> {
  const assets = createAssetStore({ root: path.resolve(job.assetsDir), partName: job.partName });
  return Promise.all(pictures.map((picture) => storePhoto(assets, job.tenantId, picture)));
}

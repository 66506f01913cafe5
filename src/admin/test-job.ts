import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createAssetStore } from '../assets/asset-store.js';
import { inTransaction, type Pool } from '../db/pool.js';
import { inspectPicture } from '../imaging/picture.js';

export interface TestTexts {
  descKor?: string;
  descEng?: string;
  adCopyEng?: string;
  adCopyKor?: string;
}

export interface NewTestJob {
  assetsDir: string;
  partName: string;
  tenantId: string;
  /** Encoded pictures; variant k shows picture k modulo their number, the first is the job's own. */
  pictures: Buffer[];
  /** Folder of the pictures' files, by which a tool's leftovers are found again. */
  kind: string;
  variantsCount: number;
  /** Where the variants begin; the job's row says the same. */
  step: 'user_img_input' | 'img_gen';
  texts: TestTexts;
}

export interface TestJobCreated {
  jobId: string;
  variantIds: string[];
  pictureUrls: string[];
}

/**
 * A job as the guide's tools leave it, by the contract's tables alone: its pictures are already generated, so image
 * generation is YE's. At `user_img_input` it rests until YE writes; at `img_gen` it is `done` and starts.
 * @throws UnreadableImageError before anything is written.
 */
export async function createTestJob(pool: Pool, job: NewTestJob): Promise<TestJobCreated> {
  const pictures = await publish(job);
  return inTransaction(pool, async (db) => {
    const jobId = randomUUID();
    await db.query('insert into tenants (tenant_id, display_name) values ($1, $1) on conflict (tenant_id) do nothing', [
      job.tenantId,
    ]);
    await db.query(
      `insert into jobs (job_id, tenant_id, store_id, current_step, status)
       values ($1, $2, (select store_id from stores order by created_at limit 1), $3, 'done')`,
      [jobId, job.tenantId, job.step],
    );
    for (const { id, url, width, height } of pictures) {
      await db.query(
        `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
         values ($1, 'generated', $2, $3, $4, $5, $6)`,
        [id, url, width, height, job.tenantId, jobId],
      );
    }
    const { descKor = null, descEng = null, adCopyEng, adCopyKor } = job.texts;
    await db.query(
      `insert into job_inputs (job_id, img_asset_id, tone_style_id, desc_kor, desc_eng)
       values ($1, $2, (select tone_style_id from tone_styles order by pk limit 1), $3, $4)`,
      [jobId, pictures[0]?.id, descKor, descEng],
    );
    if (descEng) await insertText(db, jobId, 'kor_to_eng', { eng: descEng });
    if (adCopyEng) await insertText(db, jobId, 'ad_copy_eng', { eng: adCopyEng });
    if (adCopyKor) await insertText(db, jobId, 'ad_copy_kor', { kor: adCopyKor });
    const variantIds: string[] = [];
    for (let order = 1; order <= job.variantsCount; order++) {
      const id = randomUUID();
      await db.query(
        `insert into jobs_variants (job_variants_id, job_id, img_asset_id, creation_order, current_step, status)
         values ($1, $2, $3, $4, $5, 'done')`,
        [id, jobId, pictures[(order - 1) % pictures.length]?.id, order, job.step],
      );
      variantIds.push(id);
    }
    return { jobId, variantIds, pictureUrls: pictures.map(({ url }) => url) };
  });
}

export type TextStage = 'kor_to_eng' | 'ad_copy_eng' | 'ad_copy_kor';

/** A finished text, as JS writes it. */
export const insertText = (
  db: Pick<Pool, 'query'>,
  jobId: string,
  stage: TextStage,
  { eng = null, kor = null }: { eng?: string | null; kor?: string | null },
): Promise<unknown> =>
  db.query(
    `insert into txt_ad_copy_generations (job_id, generation_stage, ad_copy_eng, ad_copy_kor, status)
     values ($1, $2, $3, $4, 'done')`,
    [jobId, stage, eng, kor],
  );

/** The files first: a row must not name a picture that is not there. */
async function publish({ assetsDir, partName, tenantId, kind, pictures }: NewTestJob) {
  const infos = await Promise.all(pictures.map(inspectPicture));
  const assets = createAssetStore({ root: path.resolve(assetsDir), partName });
  return Promise.all(
    infos.map(async ({ width, height, format }, index) => {
      const id = randomUUID();
      const { url } = await assets.publish({
        tenantId,
        kind,
        id,
        extension: format === 'jpeg' ? 'jpg' : format,
        bytes: pictures[index] as Buffer,
        date: new Date(),
      });
      return { id, url, width, height };
    }),
  );
}

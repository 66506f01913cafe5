import { createHash } from 'node:crypto';
import type { AssetStore } from '../assets/asset-store.js';
import { counted } from '../counted.js';
import type { Pool, PoolClient } from '../db/pool.js';
import type { SubjectHint } from '../generation/provider.js';
import { checkHint } from '../generation/subject-hint.js';
import { insertPhoto, storePhoto, takeUsablePhoto } from './job-photos.js';
import { beginAgain, lockWholeJob } from './locks.js';
import { type JobNow, observeJob, observeVariant, stateInWords } from './observe.js';
import { type AuditEntry, carryOut, type Order, type Outcome } from './orders.js';
import { decideReopening, readPictureSource, reopenVariant } from './reopen.js';
import type { ItemOutcome, JobAnswer } from './retry-job.js';

/** A photo is looked at when the picture is made. */
const FIRST_STAGE = 'img_gen';

export interface AnotherPhoto {
  jobId: string;
  photo: Buffer;
  /** Where the dish is on it. */
  hint?: SubjectHint | undefined;
}

/**
 * Gives a job another photo: all of its pictures are made again from it, with the words that they have. All or none: refused
 * while a variant is at work, and where pictures are made outside. A finished job keeps its feed and its post.
 * @throws NotFound, and UnreadableImageError before anything is written.
 */
export async function replacePhoto(
  { pool, assets }: { pool: Pool; assets: AssetStore },
  { jobId, photo, hint }: AnotherPhoto,
  order: Order,
): Promise<JobAnswer> {
  if (hint) checkHint(hint);
  const usable = await takeUsablePhoto(photo);
  return beginAgain(() =>
    carryOut<Outcome & { before: JobNow; items: ItemOutcome[] }, JobAnswer>(pool, order, {
      action: 'replace photo',
      parameters: { jobId, photo: createHash('sha256').update(photo).digest('hex'), hint: hint ?? null },
      async change(db) {
        await lockWholeJob(db, jobId);
        const before = await observeJob(db, jobId);
        const refused = await refusals(db, before);
        if (refused.length > 0) {
          const says = `the pictures cannot be made again now: ${refused[0]?.says}`;
          return {
            decision: { outcome: 'refused', says, before, items: refused },
            audit: [{ jobId, before, after: before }],
          };
        }
        const tenantId = before.tenantId ?? '';
        // A file whose rows are not committed is swept away later.
        const stored = await storePhoto(assets, tenantId, usable);
        await insertPhoto(db, { jobId, tenantId }, stored);
        await takeAsOwn(db, jobId, stored.id, hint);
        const items: ItemOutcome[] = [];
        const audit: AuditEntry[] = [];
        for (const variant of before.variants) {
          const { variantId } = variant;
          await reopenVariant(db, variant, FIRST_STAGE);
          await forgetHint(db, variantId);
          const after = await observeVariant(db, variantId);
          items.push({
            variantId,
            outcome: 'done',
            says: `sent back to work from ${FIRST_STAGE} (generation ${after.generation})`,
          });
          audit.push({ jobId, variantId, before: variant, after });
        }
        await db.query('select pipeline.reopen_job($1)', [jobId]);
        const says = `the photo is replaced; sent ${counted(items.length, 'variant')} back to work`;
        return { decision: { outcome: 'done', says, before, items }, audit };
      },
      async finish({ outcome, says, before, items }) {
        const observed = await observeJob(pool, jobId);
        const now = outcome === 'done' ? `; the job is now at ${stateInWords(observed)}` : '';
        return { outcome, says: says + now, jobId, before, items, observed };
      },
    }),
  );
}

async function refusals(db: PoolClient, { variants, jobId }: JobNow): Promise<ItemOutcome[]> {
  if (variants.length === 0) return [{ variantId: jobId, outcome: 'refused', says: 'the job has no variants yet' }];
  const refused: ItemOutcome[] = [];
  for (const variant of variants) {
    const { variantId } = variant;
    // One without a picture gets its first.
    const source = { ...(await readPictureSource(db, variantId)), hasPicture: true };
    const reopening = decideReopening(variant, source, FIRST_STAGE);
    if ('refused' in reopening) refused.push({ variantId, outcome: 'refused', says: reopening.refused });
  }
  return refused;
}

/** What was said about places on the earlier photo holds no more. */
async function takeAsOwn(db: PoolClient, jobId: string, photoId: string, hint: SubjectHint | undefined): Promise<void> {
  await db.query('update job_inputs set img_asset_id = $2, updated_at = clock_timestamp() where job_id = $1', [
    jobId,
    photoId,
  ]);
  await db.query('update pipeline.jobs set subject_hint = $2 where job_id = $1', [
    jobId,
    hint ? JSON.stringify(hint) : null,
  ]);
  await db.query('update jobs_variants set img_asset_id = $2, updated_at = clock_timestamp() where job_id = $1', [
    jobId,
    photoId,
  ]);
}

const forgetHint = (db: PoolClient, variantId: string): Promise<unknown> =>
  db.query(
    `insert into pipeline.edited_inputs (job_variants_id, generation, overlay_text, tone_style_id, picture_format)
     select e.job_variants_id, r.generation, e.overlay_text, e.tone_style_id, e.picture_format
       from pipeline.edited_inputs e join pipeline.runs r using (job_variants_id)
      where e.job_variants_id = $1 order by e.generation desc limit 1`,
    [variantId],
  );

import type { Claim } from '../../activities/claims.js';
import { Busy } from '../../activities/failures.js';
import { effectId } from '../assets/effect-id.js';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';
import { seedOf } from './plan.js';
import type { GeneratedPicture, PictureFormat } from './provider.js';

export interface PublishedFile {
  id: string;
  url: string;
}

/** A picture whose files are published and whose rows are not yet written. */
export interface MadePicture {
  /** Names the effect; the seed of row ids. */
  key: string;
  runId: string;
  variantIndex: number;
  presetId: string | null;
  picture: GeneratedPicture;
  format: PictureFormat;
  files: { generated: PublishedFile; canvas: PublishedFile; mask: PublishedFile };
  /** Generation and files, in milliseconds. */
  latency: number;
}

/** Rows and `(img_gen, done)` in one transaction; without the newest token nothing is written. */
export async function recordPicture(pool: Pool, claim: Claim, made: MadePicture): Promise<void> {
  await inTransaction(pool, async (db) => {
    await confirmClaim(db, claim);
    await insertRows(db, claim, made);
    await db.query(
      `update jobs_variants
          set img_asset_id = $2, current_step = 'img_gen', status = 'done', updated_at = clock_timestamp()
        where job_variants_id = $1`,
      [claim.unitId, made.files.generated.id],
    );
    await db.query(
      `update pipeline.claims set state = 'done', result = $3, updated_at = clock_timestamp()
        where unit_id = $1 and stage = 'img_gen' and generation = $2`,
      [
        claim.unitId,
        claim.generation,
        JSON.stringify({ image_asset_id: made.files.generated.id, provenance: made.picture.provenance }),
      ],
    );
    await db.query('select pipeline.settle_gen_run($1)', [made.runId]);
    await db.query('select pipeline.publish_pictures($1)', [claim.jobId]);
  });
}

async function confirmClaim(db: PoolClient, claim: Claim): Promise<void> {
  const { rowCount } = await db.query(
    `select from jobs_variants v
       join pipeline.runs r using (job_variants_id)
       join pipeline.claims c on c.unit_id = v.job_variants_id
      where v.job_variants_id = $1 and c.token = $2 and c.state = 'open'
        -- A row that was sent back meanwhile waits for its new generation's picture.
        and c.generation = r.generation
        -- A picture that YE brought meanwhile stays.
        and not coalesce(pipeline.step_order(v.current_step) > 0
                         or (v.current_step = 'img_gen' and v.status in ('done', 'failed')), false)
        for no key update of v, r, c`,
    [claim.unitId, claim.token],
  );
  if (rowCount === 0) throw new Busy('another attempt holds the claim, or the row has gone on without this picture', 0);
}

async function insertRows(db: PoolClient, claim: Claim, made: MadePicture): Promise<void> {
  const { picture, files, key } = made;
  for (const [kind, file] of Object.entries(files)) {
    await db.query(
      `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (image_asset_id) do nothing`,
      [file.id, `pbg_${kind}`, file.url, picture.width, picture.height, claim.tenantId, claim.jobId],
    );
  }
  // No diffusion, no steps: the column's default would claim some.
  await db.query(
    `insert into gen_variants (gen_variant_id, run_id, index, canvas_asset_id, mask_asset_id, bg_asset_id,
                               placement_preset_id, prompt_en, seed_base, steps, infer_ms, latency_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, $10, $11) on conflict (gen_variant_id) do nothing`,
    [
      effectId(key, 'gen_variant'),
      made.runId,
      made.variantIndex,
      files.canvas.id,
      files.mask.id,
      files.generated.id,
      made.presetId,
      picture.prompt,
      seedOf(made.variantIndex),
      picture.milliseconds,
      made.latency,
    ],
  );
  if (picture.composed) await insertComposition(db, claim, made, picture.composed);
}

/** What is drawn on the picture later, and who judges it, need to know how it was composed. */
async function insertComposition(
  db: PoolClient,
  claim: Claim,
  { files, format }: MadePicture,
  { design, textAreas, ...composition }: NonNullable<GeneratedPicture['composed']>,
): Promise<void> {
  const { isCutOut, ...known } = composition;
  await db.query(
    `insert into pipeline.pictures (image_asset_id, job_variants_id, design, format, text_areas, composition)
     values ($1, $2, $3, $4, $5, $6) on conflict (image_asset_id) do nothing`,
    [
      files.generated.id,
      claim.unitId,
      design,
      format,
      JSON.stringify(textAreas),
      JSON.stringify({ ...known, is_cut_out: isCutOut }),
    ],
  );
}

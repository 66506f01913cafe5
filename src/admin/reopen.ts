import { INPUT_STEP, isVariantStage, VARIANT_STAGES, type VariantStage } from '../../workflows/contract.js';
import { stageCalledFor } from '../db/variant-claims.js';
import type { PoolClient } from '../db/pool.js';
import { stateInWords, type VariantNow } from './observe.js';

/** Whether a variant may be sent back to work, from which stage, or why not. */
export type Reopening = { from: VariantStage } | { refused: string };

export interface PictureSource {
  /** It has a picture to begin with. */
  hasPicture: boolean;
  /** Its pictures are made by somebody else. */
  isExternal: boolean;
}

/** Decides about one variant, as it is under the lock. Pure. */
export function decideReopening(variant: VariantNow, source: PictureSource, wanted?: VariantStage): Reopening {
  const at = stateInWords(variant);
  if (!variant.isSettled && variant.isUnderWay) return { refused: `a run is open; the variant is at ${at}` };
  const reached = stageReached(variant);
  if (!reached) return { refused: `the variant is at ${at}, which is no place of this pipeline to begin from` };
  if (!wanted && variant.step === 'iou_eval' && variant.status === 'done')
    return { refused: `the variant is finished, at ${at}; say from which stage it is to be done again` };
  const from = wanted ?? reached;
  if (VARIANT_STAGES.indexOf(from) > VARIANT_STAGES.indexOf(reached))
    return { refused: `the variant has not got as far as ${from}; it is at ${at}` };
  if (!source.hasPicture) return { refused: `the variant has no picture to begin with; it is at ${at}` };
  if (from === 'img_gen' && source.isExternal)
    return {
      refused: `its pictures are made outside; ask there for another, or begin from vlm_analyze; it is at ${at}`,
    };
  return { from };
}

/** The furthest stage it may be done again from: the one it failed or stands at, or that is due next. */
function stageReached({ step, status }: VariantNow): VariantStage | undefined {
  if (step === INPUT_STEP) return status === 'done' || status === 'failed' ? 'img_gen' : undefined;
  if (!step || !isVariantStage(step)) return undefined;
  return status === 'failed' ? step : (stageCalledFor(step, status ?? '') ?? step);
}

export async function readPictureSource(db: PoolClient, variantId: string): Promise<PictureSource> {
  const { rows } = await db.query<PictureSource>(
    `select v.img_asset_id is not null as "hasPicture",
            coalesce(p.image_generation = 'external', false) or coalesce(r.door in ('A', 'B'), false)
              or coalesce(a.image_type = 'generated', false) as "isExternal"
       from jobs_variants v
       left join pipeline.runs r using (job_variants_id)
       left join pipeline.jobs p on p.job_id = v.job_id
       left join image_assets a on a.image_asset_id = v.img_asset_id
      where v.job_variants_id = $1`,
    [variantId],
  );
  return rows[0] ?? { hasPicture: false, isExternal: false };
}

/**
 * Sends a variant back to work as a new generation and rings for it. Results of earlier generations stay. The caller
 * holds the variant's lock, and reopens the job afterwards.
 */
export async function reopenVariant(
  db: PoolClient,
  { variantId, jobId }: VariantNow,
  from: VariantStage,
): Promise<void> {
  await db.query(
    `insert into pipeline.runs as r (job_variants_id, job_id, generation) values ($1, $2, 2)
     on conflict (job_variants_id) do update
       set generation = r.generation + 1, open = false, reason = null, settled_at = null, updated_at = clock_timestamp()`,
    [variantId, jobId],
  );
  await db.query(
    `update pipeline.claims set state = 'failed', reason = coalesce(reason, 'superseded by a retry'),
            updated_at = clock_timestamp()
      where unit_id = $1 and state = 'open'`,
    [variantId],
  );
  await db.query(
    `update pipeline.waits set settled_at = clock_timestamp(), outcome = 'superseded by a retry'
      where unit_id = $1 and settled_at is null`,
    [variantId],
  );
  await db.query(
    `update jobs_variants set current_step = $2, status = 'queued', retry_count = 0, updated_at = clock_timestamp()
      where job_variants_id = $1`,
    [variantId, from],
  );
  await db.query(`select pipeline.leave_event('variant', $1, $2)`, [jobId, variantId]);
}

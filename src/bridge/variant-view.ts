import type { Pool } from '../db/pool.js';
import type { VariantEvidence, VariantState } from './decide.js';

/** All that the bridge knows of a variant: its row, the evidence beside it, and words for people. */
export interface VariantView {
  variantId: string;
  jobId: string;
  tenantId: string;
  generation: number;
  ordinal: number;
  siblings: number;
  tone: string | null;
  shop: string | null;
  row: VariantState;
  evidence: VariantEvidence;
}

interface ViewRow {
  job_id: string;
  tenant_id: string;
  current_step: string | null;
  status: string | null;
  has_picture: boolean;
  picture_is_generated: boolean;
  image_generation: 'internal' | 'external' | null;
  generation: number;
  run_is_open: boolean;
  stage: string | null;
  run_status: string | null;
  ordinal: number;
  siblings: number;
  tone: string | null;
  shop: string | null;
}

/** Reads a variant as it is now; undefined when it is gone. `ownership` is asked where none is recorded yet. */
export async function viewVariant(
  pool: Pool,
  variantId: string,
  ownership: (jobId: string) => Promise<'internal' | 'external'>,
): Promise<VariantView | undefined> {
  const { rows } = await pool.query<ViewRow>(
    `select v.job_id, j.tenant_id, v.current_step, v.status,
            v.img_asset_id is not null as has_picture,
            coalesce(a.image_type = 'generated', false) as picture_is_generated,
            p.image_generation, coalesce(r.generation, 1) as generation, coalesce(r.open, false) as run_is_open,
            r.stage, r.status as run_status,
            (select count(*)::integer from jobs_variants s where s.job_id = v.job_id
              and (s.creation_order, s.job_variants_id) <= (v.creation_order, v.job_variants_id)) as ordinal,
            (select count(*)::integer from jobs_variants s where s.job_id = v.job_id) as siblings,
            coalesce(t.kor_name, t.eng_name) as tone, st.title as shop
       from jobs_variants v
       join jobs j on j.job_id = v.job_id
       left join image_assets a on a.image_asset_id = v.img_asset_id
       left join pipeline.runs r on r.job_variants_id = v.job_variants_id
       left join pipeline.jobs p on p.job_id = v.job_id
       left join job_inputs i on i.job_id = v.job_id
       left join tone_styles t on t.tone_style_id = i.tone_style_id
       left join stores st on st.store_id = j.store_id
      where v.job_variants_id = $1`,
    [variantId],
  );
  const v = rows[0];
  if (!v) return undefined;
  return {
    variantId,
    jobId: v.job_id,
    tenantId: v.tenant_id,
    generation: v.generation,
    ordinal: v.ordinal,
    siblings: v.siblings,
    tone: v.tone,
    shop: v.shop,
    row: { step: v.current_step, status: v.status, hasPicture: v.has_picture },
    evidence: {
      imageGeneration: v.image_generation ?? (await ownership(v.job_id)),
      pictureIsGenerated: v.picture_is_generated,
      runIsOpen: v.run_is_open,
      established: v.stage && v.run_status ? { step: v.stage, status: v.run_status } : null,
    },
  };
}

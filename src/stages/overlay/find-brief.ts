import type { Pool } from '../../db/pool.js';
import type { VariantUnit } from '../common/units.js';

/** Whose advertisement it is and in which tone; either may be unknown. */
export async function findShop(pool: Pool, unit: VariantUnit): Promise<{ name: string | null; tone: string | null }> {
  const { rows } = await pool.query<{ name: string | null; tone: string | null }>(
    `select nullif(trim(s.title), '') as name, t.eng_name as tone
       from jobs j
       left join stores s on s.store_id = j.store_id
       left join job_inputs i on i.job_id = j.job_id
       left join tone_styles t on t.tone_style_id = i.tone_style_id
      where j.job_id = $1`,
    [unit.jobId],
  );
  return rows[0] ?? { name: null, tone: null };
}

/** The colour stage 1 recommended for this variant, else for its picture, else for its job. */
export async function findRecommendedColour(pool: Pool, unit: VariantUnit): Promise<string | null> {
  const { rows } = await pool.query<{ colour: string | null }>(
    `select response->'font_recommendation'->>'font_color_hex' as colour from vlm_traces
      where job_id = $1 and operation_type = 'analyze' and response->'font_recommendation'->>'font_color_hex' is not null
      order by (job_variants_id = $2) is true desc, (request->>'image_asset_id' = $3) is true desc, created_at desc
      limit 1`,
    [unit.jobId, unit.variantId, unit.imageId],
  );
  const colour = rows[0]?.colour?.replace('#', '');
  return colour && /^[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$/.test(colour) ? colour : null;
}

import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';

export interface Tone {
  toneStyleId: string;
  code: string | null;
  /** What `toneStyle` of a new job means. */
  englishName: string;
  koreanName: string | null;
  description: string | null;
  /** The tenant's newest advertisement that was finished in this tone, as `/assets/…`. */
  exampleUrl: string | null;
}

/**
 * The tone styles to choose from, in the order they were entered. Examples are the tenant's own: one shop's advertisements
 * are no samples for another. @throws OutOfReach
 */
export async function listTones(pool: Pool, reach: Reach, tenantId?: string): Promise<Tone[]> {
  const { rows } = await pool.query<Tone>(
    `select t.tone_style_id as "toneStyleId", t.code, t.eng_name as "englishName", t.kor_name as "koreanName", t.description,
            (select a.image_url from jobs j join job_inputs i using (job_id) join jobs_variants v using (job_id)
               join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
              where j.tenant_id = $1 and i.tone_style_id = t.tone_style_id order by a.created_at desc limit 1) as "exampleUrl"
       from tone_styles t where t.eng_name is not null order by t.pk`,
    [reach.within(tenantId)],
  );
  return rows;
}

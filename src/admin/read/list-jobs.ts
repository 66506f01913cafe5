import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';
import { jobAttention, variantAttention } from './attention.js';
import type { Page } from './cursor.js';
import { type ListFilter, listPage, type ListSettings, type PageWanted } from './list-page.js';

export interface VariantSummary {
  variantId: string;
  step: string | null;
  status: string | null;
  reason: string | null;
  retryCount: number;
  /** `/assets/…` of the finished picture, else of the generated one. */
  pictureUrl: string | null;
  selected: boolean;
  attention: string[];
}

export interface JobSummary {
  jobId: string;
  tenantId: string | null;
  shop: string | null;
  /** The shop's own words for what is on the photo. */
  description: string | null;
  tone: string | null;
  step: string | null;
  status: string | null;
  generation: number;
  reason: string | null;
  retryCount: number;
  createdAt: Date;
  updatedAt: Date | null;
  /** Of the job itself and of its variants. */
  attention: string[];
  variants: VariantSummary[];
}

/** Jobs, the newest first. @throws BadOrder for a cursor that is none, OutOfReach. */
export const listJobs = (
  pool: Pool,
  settings: ListSettings,
  reach: Reach,
  filter: ListFilter,
  page: PageWanted,
): Promise<Page<JobSummary>> => listPage<JobSummary>(pool, LIST, settings, reach, filter, page, ({ jobId }) => jobId);

const LIST = `
select j.job_id as "jobId", j.tenant_id as "tenantId", s.title as shop, coalesce(i.desc_kor, i.desc_eng) as description, coalesce(t.kor_name, t.eng_name) as tone,
       j.current_step as step, j.status, coalesce(p.generation, 1) as generation, p.reason,
       coalesce(j.retry_count, 0) as "retryCount", j.created_at as "createdAt", j.updated_at as "updatedAt",
       -- Always with a zone and microseconds, whatever the connection prints by default.
       to_char(j.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as "cursorAt",
       a.attention || (select coalesce(array_agg(distinct 'variant ' || word), '{}') from jsonb_array_elements(v.variants) one,
                              jsonb_array_elements_text(one->'attention') word) as attention,
       v.variants
  from jobs j
  left join pipeline.jobs p using (job_id)
  left join stores s on s.store_id = j.store_id
  left join job_inputs i on i.job_id = j.job_id
  left join tone_styles t on t.tone_style_id = i.tone_style_id
  cross join lateral (select ${jobAttention('$10::jsonb')} as attention) a
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'variantId', v.job_variants_id, 'step', v.current_step, 'status', v.status, 'reason', r.reason,
             'retryCount', coalesce(v.retry_count, 0), 'pictureUrl', coalesce(f.image_url, g.image_url),
             'selected', coalesce(v.selected, false), 'attention', to_jsonb(${variantAttention('$10::jsonb')})) order by v.creation_order, v.job_variants_id), '[]') as variants
      from jobs_variants v
      left join pipeline.runs r using (job_variants_id)
      left join image_assets f on f.image_asset_id = v.overlaid_img_asset_id
      left join image_assets g on g.image_asset_id = v.img_asset_id
     where v.job_id = j.job_id) v
 where ($1::text is null or j.status = $1)
   and ($2::text is null or j.current_step = $2)
   and ($3::text is null or j.tenant_id = $3)
   and ($4::timestamptz is null or j.created_at < $4)
   and ($5::timestamptz is null or j.created_at > $5)
   and ($6::boolean is null
        or $6 = (cardinality(a.attention) > 0 or jsonb_path_exists(v.variants, '$[*].attention[*]')))
   and ($11::boolean is null
        or $11 = (j.status is distinct from 'failed' and (j.current_step, j.status) is distinct from ('instagram_feed_gen', 'done')))
   and ($7::timestamptz is null or (j.created_at, j.job_id) < ($7::timestamptz, $8::uuid))
 order by j.created_at desc, j.job_id desc
 limit $9`;

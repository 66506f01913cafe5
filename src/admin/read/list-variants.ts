import type { Reach } from '../../auth/reach.js';
import type { Pool } from '../../db/pool.js';
import { variantAttention } from './attention.js';
import type { Page } from './cursor.js';
import type { VariantSummary } from './list-jobs.js';
import { type ListFilter, listPage, type ListSettings, type PageWanted } from './list-page.js';

export interface ListedVariant extends VariantSummary {
  jobId: string;
  tenantId: string | null;
  generation: number;
  createdAt: Date;
  updatedAt: Date | null;
}

/** Variants, the newest first; the filter's words are about the variant. @throws BadOrder for a cursor that is none, OutOfReach. */
export const listVariants = (
  pool: Pool,
  settings: ListSettings,
  reach: Reach,
  filter: ListFilter,
  page: PageWanted,
): Promise<Page<ListedVariant>> =>
  listPage<ListedVariant>(pool, LIST, settings, reach, filter, page, ({ variantId }) => variantId);

const LIST = `
select v.job_variants_id as "variantId", v.job_id as "jobId", j.tenant_id as "tenantId", v.current_step as step, v.status,
       coalesce(r.generation, 1) as generation, r.reason, coalesce(v.retry_count, 0) as "retryCount",
       coalesce(f.image_url, g.image_url) as "pictureUrl", coalesce(v.selected, false) as selected, a.attention,
       v.created_at as "createdAt", v.updated_at as "updatedAt",
       to_char(v.created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as "cursorAt"
  from jobs_variants v
  join jobs j on j.job_id = v.job_id
  left join pipeline.runs r on r.job_variants_id = v.job_variants_id
  left join image_assets f on f.image_asset_id = v.overlaid_img_asset_id
  left join image_assets g on g.image_asset_id = v.img_asset_id
  cross join lateral (select ${variantAttention('$10::jsonb')} as attention) a
 where ($1::text is null or v.status = $1)
   and ($2::text is null or v.current_step = $2)
   and ($3::text is null or j.tenant_id = $3)
   and ($4::timestamptz is null or v.created_at < $4)
   and ($5::timestamptz is null or v.created_at > $5)
   and ($6::boolean is null or $6 = (cardinality(a.attention) > 0))
   and ($11::boolean is null or $11 = not pipeline.is_settled(v.current_step, v.status))
   and ($7::timestamptz is null or (v.created_at, v.job_variants_id) < ($7::timestamptz, $8::uuid))
 order by v.created_at desc, v.job_variants_id desc
 limit $9`;

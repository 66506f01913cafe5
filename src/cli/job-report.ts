import type { Pool } from '../db/pool.js';

export interface VariantReport {
  id: string;
  state: string;
  retryCount: number;
  reason: string | null;
  /** Where the text stands, as shares of the picture; null before overlay. */
  region: { x: number; y: number; width: number; height: number } | null;
  text: string | null;
  /** The proposal the overlay was drawn by, and how many the planner had made. */
  proposal: { id: string; isOfThisPicture: boolean; candidates: number } | null;
  /** Newest metrics by type: `ocr`, `readability`, `iou`. */
  metrics: Record<string, Record<string, unknown>>;
  /** The judge's newest answer. */
  judge: Record<string, unknown> | null;
  pictureUrl: string | null;
}

export interface JobReport {
  jobId: string;
  tenantId: string | null;
  state: string;
  reason: string | null;
  createdAt: Date;
  variants: VariantReport[];
  feed: { copy: string; hashtags: string } | null;
}

/** The results of one job, or of a tenant's newest ones; newest first. */
export async function readReports(
  pool: Pool,
  which: { jobId: string } | { tenantId: string; limit: number },
): Promise<JobReport[]> {
  const parameters = 'jobId' in which ? [which.jobId] : [which.tenantId, which.limit];
  const { rows } = await pool.query<JobReport>(
    `select j.job_id as "jobId", j.tenant_id as "tenantId", coalesce(j.current_step, '') || '/' || coalesce(j.status, '') as state,
            p.reason, j.created_at as "createdAt",
            coalesce((select jsonb_agg(${VARIANT} order by v.creation_order, v.job_variants_id)
                        from jobs_variants v
                        left join pipeline.runs r using (job_variants_id)
                        left join image_assets a on a.image_asset_id = v.overlaid_img_asset_id
                        left join lateral (
                          select * from overlay_layouts l where l.job_variants_id = v.job_variants_id
                           order by l.created_at desc limit 1) o on true
                        left join planner_proposals pp on pp.proposal_id = o.proposal_id
                       where v.job_id = j.job_id), '[]') as variants,
            (select jsonb_build_object('copy', f.instagram_ad_copy, 'hashtags', f.hashtags) from instagram_feeds f
              where f.job_id = j.job_id order by f.created_at desc, f.pk desc limit 1) as feed
       from jobs j left join pipeline.jobs p using (job_id)
      where ${'jobId' in which ? 'j.job_id = $1' : 'j.tenant_id = $1'}
      order by j.created_at desc ${'jobId' in which ? '' : 'limit $2'}`,
    parameters,
  );
  return rows;
}

const VARIANT = `jsonb_build_object(
  'id', v.job_variants_id, 'state', v.current_step || '/' || v.status, 'retryCount', v.retry_count, 'reason', r.reason,
  'region', case when o.overlay_id is not null then
     jsonb_build_object('x', o.x_ratio, 'y', o.y_ratio, 'width', o.width_ratio, 'height', o.height_ratio) end,
  'text', o.layout->'text',
  'proposal', case when pp.proposal_id is not null then jsonb_build_object('id', pp.proposal_id,
     'isOfThisPicture', pp.image_asset_id is not distinct from v.img_asset_id,
     'candidates', jsonb_array_length(coalesce(pp.layout->'proposals', '[]'))) end,
  'metrics', (select coalesce(jsonb_object_agg(e.evaluation_type, e.metrics), '{}') from (
      select distinct on (evaluation_type) evaluation_type, metrics from evaluations
       where overlay_id = o.overlay_id order by evaluation_type, created_at desc) e),
  'judge', (select t.response from vlm_traces t where t.job_variants_id = v.job_variants_id and t.operation_type = 'judge'
     order by t.created_at desc limit 1),
  'pictureUrl', a.image_url)`;

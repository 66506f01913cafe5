import type { JobState } from './decide-job.js';
import type { Delivery } from './deliver-variant.js';
import { recordOwnership } from './ownership.js';

/** All that the bridge knows of a job. */
export interface JobView extends JobState {
  tenantId: string;
  generation: number;
}

interface ViewRow {
  tenant_id: string;
  current_step: string | null;
  status: string | null;
  age: number;
  generation: number | null;
  stage: string | null;
  stage_status: string | null;
  image_generation: 'internal' | 'external' | null;
  has_photo: boolean;
  variants: number;
  awaits_siblings: boolean;
}

/** Reads a job as it is now; undefined when it is gone. */
export async function viewJob(
  d: Pick<Delivery, 'pool' | 'defaultGeneration'>,
  jobId: string,
): Promise<JobView | undefined> {
  const { rows } = await d.pool.query<ViewRow>(
    `select j.tenant_id, j.current_step, j.status,
            coalesce(extract(epoch from clock_timestamp() - coalesce(j.updated_at, j.created_at)) * 1000, 0)::float8 as age,
            p.generation, p.stage, p.status as stage_status, p.image_generation,
            exists (select from job_inputs i where i.job_id = j.job_id and i.img_asset_id is not null) as has_photo,
            (select count(*)::integer from jobs_variants v where v.job_id = j.job_id) as variants,
            pipeline.awaits_siblings(j.job_id) as awaits_siblings
       from jobs j left join pipeline.jobs p using (job_id) where j.job_id = $1`,
    [jobId],
  );
  const row = rows[0];
  if (!row) return undefined;
  return {
    tenantId: row.tenant_id,
    generation: row.generation ?? 1,
    recorded: { stage: row.stage, status: row.stage_status },
    published: { step: row.current_step, status: row.status },
    imageGeneration: row.image_generation ?? (await recordOwnership(d.pool, jobId, d.defaultGeneration)),
    hasPhoto: row.has_photo,
    variants: row.variants,
    awaitsSiblings: row.awaits_siblings,
    age: row.age,
  };
}

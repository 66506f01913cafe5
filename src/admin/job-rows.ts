import type { PoolClient } from '../db/pool.js';

/** Rows of a job that other rows of it are found by. */
interface JobKeys {
  jobId: string;
  variantIds: string[];
  overlayIds: string[];
  runIds: string[];
  /** Pictures that the job's rows name; not all of them are the job's alone. */
  pictureIds: string[];
}

/** Rows removed, by table. */
export type RowCounts = Record<string, number>;

export interface RemovedRows {
  counts: RowCounts;
  /** URLs of files that no remaining row names. */
  fileUrls: string[];
}

/** Every column that names a picture. */
const PICTURE_COLUMNS: [table: string, column: string][] = [
  ['stores', 'image_id'],
  ['job_inputs', 'img_asset_id'],
  ['jobs_variants', 'img_asset_id'],
  ['jobs_variants', 'overlaid_img_asset_id'],
  ['gen_runs', 'src_asset_id'],
  ['gen_runs', 'cutout_asset_id'],
  ['gen_variants', 'canvas_asset_id'],
  ['gen_variants', 'mask_asset_id'],
  ['gen_variants', 'bg_asset_id'],
  ['detections', 'image_asset_id'],
  ['yolo_runs', 'image_asset_id'],
  ['planner_proposals', 'image_asset_id'],
  ['renders', 'image_asset_id'],
  ['llm_traces', 'enhanced_img_id'],
];

/** The one column of a query, without nulls. */
const ids = async (db: PoolClient, sql: string, ...parameters: unknown[]): Promise<string[]> =>
  (await db.query<[string | null]>({ text: sql, values: parameters, rowMode: 'array' })).rows.flatMap(
    ([id]) => id ?? [],
  );

async function findKeys(db: PoolClient, jobId: string): Promise<JobKeys> {
  const variantIds = await ids(db, 'select job_variants_id from jobs_variants where job_id = $1', jobId);
  const overlayIds = await ids(
    db,
    'select overlay_id from overlay_layouts where job_variants_id = any($1)',
    variantIds,
  );
  const runIds = await ids(db, 'select run_id from gen_runs where job_id = $1', jobId);
  const pictureIds = await ids(
    db,
    `select image_asset_id from image_assets where job_id = $1
     union select img_asset_id from job_inputs where job_id = $1
     union select unnest(array[img_asset_id, overlaid_img_asset_id]) from jobs_variants where job_id = $1
     union select unnest(array[src_asset_id, cutout_asset_id]) from gen_runs where job_id = $1
     union select unnest(array[canvas_asset_id, mask_asset_id, bg_asset_id]) from gen_variants where run_id = any($2)
     union select image_asset_id from detections where job_id = $1
     union select image_asset_id from yolo_runs where job_id = $1
     union select enhanced_img_id from llm_traces where job_id = $1`,
    jobId,
    runIds,
  );
  return { jobId, variantIds, overlayIds, runIds, pictureIds };
}

/**
 * Removes every row of a job, children first, from the contract's tables and from schema `pipeline`. Pictures that other
 * jobs or shops use stay; so do the audit's entries, without pointing at the job any more. The caller holds the whole
 * job's locks, and may roll back what was only to be counted.
 */
export async function removeJobRows(db: PoolClient, jobId: string): Promise<RemovedRows> {
  const keys = await findKeys(db, jobId);
  const { variantIds, overlayIds, runIds, pictureIds } = keys;
  const fileUrls = await findFiles(db, keys);
  const counts: RowCounts = {};
  const remove = async (table: string, condition: string, ...parameters: unknown[]): Promise<void> => {
    const { rowCount } = await db.query(`delete from ${table} where ${condition}`, parameters);
    counts[table] = (counts[table] ?? 0) + (rowCount ?? 0);
  };

  await remove('evaluations', 'job_id = $1 or overlay_id = any($2)', jobId, overlayIds);
  await remove('instagram_feeds', 'job_id = $1 or overlay_id = any($2)', jobId, overlayIds);
  await remove('renders', 'overlay_id = any($1)', overlayIds);
  await remove('txt_ad_copy_generations', 'job_id = $1', jobId);
  await remove('llm_traces', 'job_id = $1', jobId);
  const proposalIds = await ids(
    db,
    `select proposal_id from overlay_layouts where overlay_id = any($1)
     union select (c.result->>'proposal_id')::uuid from pipeline.claims c
      where c.stage = 'planner' and c.unit_id = any($2)`,
    overlayIds,
    variantIds,
  );
  await remove('overlay_layouts', 'overlay_id = any($1)', overlayIds);
  await remove('detections', 'job_id = $1', jobId);
  await remove('yolo_runs', 'job_id = $1', jobId);
  await remove('vlm_traces', 'job_id = $1 or job_variants_id = any($2)', jobId, variantIds);
  await remove('gen_variants', 'run_id = any($1)', runIds);
  await remove('gen_runs', 'run_id = any($1)', runIds);

  await remove('pipeline.outbox', 'job_id = $1 or job_variants_id = any($2)', jobId, variantIds);
  for (const table of ['answers', 'waits', 'watches', 'claims', 'prepared_photos'])
    await remove(`pipeline.${table}`, 'job_id = $1', jobId);
  for (const table of ['briefs', 'posts']) await remove(`pipeline.${table}`, 'job_id = $1', jobId);
  for (const table of ['detection_runs', 'edited_inputs', 'ideas', 'pictures', 'runs'])
    await remove(`pipeline.${table}`, 'job_variants_id = any($1)', variantIds);
  await remove('pipeline.jobs', 'job_id = $1', jobId);
  await detachAudit(db, jobId);

  await remove('jobs_variants', 'job_id = $1', jobId);
  await remove('job_inputs', 'job_id = $1', jobId);
  // A proposal that another job's overlay was drawn by stays with it.
  await remove(
    'planner_proposals',
    `proposal_id = any($1) and not exists (select from overlay_layouts o where o.proposal_id = planner_proposals.proposal_id)`,
    proposalIds,
  );
  await removePictures(db, jobId, pictureIds, remove);
  await remove('jobs', 'job_id = $1', jobId);
  return { counts, fileUrls: await withoutNamed(db, fileUrls) };
}

/** Pictures go unless somebody else's row still names them; proposals for a picture nobody else has go with it. */
async function removePictures(
  db: PoolClient,
  jobId: string,
  pictureIds: string[],
  remove: (table: string, condition: string, ...parameters: unknown[]) => Promise<void>,
): Promise<void> {
  const others = PICTURE_COLUMNS.filter(([table]) => table !== 'planner_proposals');
  const isNamed = others
    .map(([table, column]) => `exists (select from ${table} o where o.${column} = a.image_asset_id)`)
    .join(' or ');
  const doomed = await ids(
    db,
    `select a.image_asset_id from image_assets a
      where a.image_asset_id = any($1) and (a.job_id is null or a.job_id = $2) and not (${isNamed})`,
    pictureIds,
    jobId,
  );
  await remove('planner_proposals', 'image_asset_id = any($1)', doomed);
  await remove('image_assets', 'image_asset_id = any($1)', doomed);
  // What stays belongs to whoever still uses it.
  await db.query('update image_assets set job_id = null where job_id = $1', [jobId]);
}

const findFiles = (db: PoolClient, { jobId, overlayIds, runIds, pictureIds, variantIds }: JobKeys): Promise<string[]> =>
  ids(
    db,
    `select unnest(array[image_url, mask_url]) from image_assets where image_asset_id = any($2)
     union select forbidden_mask_url from yolo_runs where job_id = $1
     -- The listing of what was found lies beside the mask.
     union select unnest(array[mask_url, regexp_replace(mask_url, '\\.png$', '.json')]) from pipeline.detection_runs
      where job_variants_id = any($3)
     union select layout->'render'->>'url' from overlay_layouts where overlay_id = any($4)
     union select plan_json_url from gen_runs where run_id = any($5)`,
    jobId,
    pictureIds,
    variantIds,
    overlayIds,
    runIds,
  );

/** Of these URLs those that no picture's row names any more. */
const withoutNamed = (db: PoolClient, urls: string[]): Promise<string[]> =>
  ids(
    db,
    `select url from unnest($1::text[]) as url
      where not exists (select from image_assets a where a.image_url = url)
        and not exists (select from image_assets a where a.mask_url = url)`,
    urls,
  );

/** Who ordered what outlives the job, but no column points at it any more. */
const detachAudit = (db: PoolClient, jobId: string): Promise<unknown> =>
  db.query(
    `update pipeline.audit
        set before = coalesce(before, '{}') || jsonb_strip_nulls(jsonb_build_object('jobId', job_id, 'variantId', job_variants_id)),
            tenant_id = coalesce(tenant_id, (select j.tenant_id from jobs j where j.job_id = $1)),
            job_id = null, job_variants_id = null
      where job_id = $1 or job_variants_id in (select job_variants_id from jobs_variants where job_id = $1)`,
    [jobId],
  );

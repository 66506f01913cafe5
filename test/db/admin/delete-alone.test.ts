import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteJob } from '../../../src/admin/delete-job.js';
import { noRunControl } from '../../../src/admin/run-control.js';
import { createAssetStore } from '../../../src/assets/asset-store.js';
import { insertJob, type JobRows } from '../../support/rows.js';
import { type AdminBench, openAdminBench } from './admin-bench.js';

let bench: AdminBench;
let root: string;
beforeAll(async () => {
  bench = await openAdminBench();
  root = mkdtempSync(path.join(os.tmpdir(), 'test-job-'));
});
afterAll(async () => {
  await bench?.close();
  rmSync(root, { recursive: true, force: true });
});

/** A job with a row in every table that a run of the whole road writes to. */
const fullJob = async (): Promise<JobRows> => {
  const rows = await insertJob(bench.foreign, { step: 'iou_eval', status: 'done' });
  const ids = { job: rows.jobId, variant: rows.variantIds[0], picture: randomUUID(), plan: randomUUID() };
  for (const statement of [
    `insert into image_assets (image_asset_id, image_type, image_url, width, height, tenant_id, job_id)
     values ('${ids.picture}', 'generated', '/assets/${ids.picture}.png', 8, 8, 'test', '${ids.job}')`,
    `insert into planner_proposals (proposal_id, image_asset_id, layout) values ('${ids.plan}', '${ids.picture}', '{}')`,
    `insert into overlay_layouts (proposal_id, job_variants_id, layout, x_ratio, y_ratio, width_ratio, height_ratio)
     values ('${ids.plan}', '${ids.variant}', '{}', 0, 0, 1, 1)`,
    `insert into evaluations (job_id, overlay_id, evaluation_type, metrics)
     select '${ids.job}', overlay_id, 'ocr', '{}' from overlay_layouts where job_variants_id = '${ids.variant}'`,
    `insert into detections (job_id, image_asset_id, box, label, score) values ('${ids.job}', '${ids.picture}', '[]', 'bowl', 1)`,
    `insert into yolo_runs (job_id, image_asset_id, detection_count) values ('${ids.job}', '${ids.picture}', 1)`,
    `insert into vlm_traces (job_id, job_variants_id, provider, operation_type)
     values ('${ids.job}', '${ids.variant}', 'test', 'analyze')`,
    `insert into llm_traces (job_id, provider, operation_type) values ('${ids.job}', 'test', 'eng_to_kor')`,
    `insert into instagram_feeds (job_id, tenant_id, refined_ad_copy_eng, tone_style, product_description, gpt_prompt,
                                  instagram_ad_copy, hashtags) values ('${ids.job}', 'test', '', '', '', '', '', '')`,
    `insert into pipeline.audit (actor, action, job_id, job_variants_id) values ('test', 'x', '${ids.job}', '${ids.variant}')`,
  ])
    await bench.foreign.query(statement);
  return rows;
};

const TABLES = [
  'jobs',
  'jobs_variants',
  'job_inputs',
  'image_assets',
  'planner_proposals',
  'overlay_layouts',
  'evaluations',
  'detections',
  'yolo_runs',
  'vlm_traces',
  'llm_traces',
  'txt_ad_copy_generations',
  'instagram_feeds',
  'pipeline.outbox',
];
const counts = async (): Promise<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const table of TABLES) found[table] = await bench.count(`select count(*)::int from ${table}`);
  return found;
};

/** How many pictures and audit entries say that they are this job's. */
const named = async (jobId: string): Promise<number[]> => [
  await bench.count('select count(*)::int from image_assets where job_id = $1', jobId),
  await bench.count('select count(*)::int from pipeline.audit where job_id = $1', jobId),
];

it('takes away a whole job, and nothing of another', async () => {
  const neighbour = await fullJob();
  const before = await counts();
  const namedBefore = await named(neighbour.jobId);
  const { jobId } = await fullJob();
  const assets = createAssetStore({ root, partName: 'ye' });
  await deleteJob({ pool: bench.admin, runs: noRunControl, assets }, { jobId, force: true }, { actor: 'test' });
  expect(await counts()).toEqual(before);
  expect(await named(neighbour.jobId)).toEqual(namedBefore);
});

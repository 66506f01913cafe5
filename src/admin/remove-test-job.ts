import { unlink } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { jobWorkflowId, variantWorkflowId } from '../../workflows/contract.js';
import type { AssetStore } from '../assets/asset-store.js';
import { inTransaction, type Pool } from '../db/pool.js';
import type { TestJobCreated } from './test-job.js';

const FOREIGN_KEY_VIOLATION = '23503';
const ATTEMPTS = 5;

/** Takes away what a test of the road has made: runs, rows and files. */
export async function removeTestJob(
  { pool, temporal, assets }: { pool: Pool; temporal: Client; assets: AssetStore },
  { jobId, variantIds }: TestJobCreated,
): Promise<void> {
  for (const id of [...variantIds.map(variantWorkflowId), jobWorkflowId(jobId)]) {
    // Not started, ended already, or no Temporal: a run without a row ends by itself.
    await temporal.workflow
      .getHandle(id)
      .terminate('the test is over')
      .catch(() => undefined);
  }
  for (const url of await removeRows(pool, jobId)) await unlink(assets.pathOf(url)).catch(() => undefined);
}

/** A stage that was under way may commit between two of the deletions; its rows go with the next attempt. */
async function removeRows(pool: Pool, jobId: string): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await removeRowsOnce(pool, jobId);
    } catch (error) {
      if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION || attempt === ATTEMPTS) throw error;
    }
  }
}

const removeRowsOnce = (pool: Pool, jobId: string): Promise<string[]> =>
  inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ url: string }>(
      `select image_url as url from image_assets where job_id = $1
       union select forbidden_mask_url from yolo_runs where job_id = $1 and forbidden_mask_url is not null`,
      [jobId],
    );
    const ofVariants = 'job_variants_id in (select job_variants_id from jobs_variants where job_id = $1)';
    const ofPictures = 'image_asset_id in (select image_asset_id from image_assets where job_id = $1)';
    for (const [table, condition] of [
      ['evaluations', 'job_id = $1'],
      ['instagram_feeds', 'job_id = $1'],
      ['txt_ad_copy_generations', 'job_id = $1'],
      ['llm_traces', 'job_id = $1'],
      ['overlay_layouts', ofVariants],
      ['planner_proposals', ofPictures],
      ['detections', 'job_id = $1'],
      ['yolo_runs', 'job_id = $1'],
      ['vlm_traces', 'job_id = $1'],
      ['pipeline.outbox', 'job_id = $1'],
      ['jobs_variants', 'job_id = $1'],
      ['job_inputs', 'job_id = $1'],
      ['image_assets', 'job_id = $1'],
      ['jobs', 'job_id = $1'],
    ]) {
      await db.query(`delete from ${table} where ${condition}`, [jobId]);
    }
    return rows.map(({ url }) => url);
  });

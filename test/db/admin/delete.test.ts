import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countJob, deleteJob } from '../../../src/admin/delete-job.js';
import { TemporalAway } from '../../../src/admin/run-control.js';
import { NotFound } from '../../../src/admin/trouble.js';
import { type AssetStore, createAssetStore } from '../../../src/assets/asset-store.js';
import { effectId } from '../../../src/assets/effect-id.js';
import { insertJob } from '../../support/rows.js';
import { type AdminBench, openAdminBench, order, recordingRuns } from './admin-bench.js';

let bench: AdminBench;
let assets: AssetStore;
beforeAll(async () => {
  bench = await openAdminBench();
  assets = createAssetStore({ root: mkdtempSync(path.join(os.tmpdir(), 'delete-')), partName: 'yh' });
});
afterAll(async () => {
  await bench?.close();
  if (assets) rmSync(assets.root, { recursive: true, force: true });
});

const file = (): string => {
  const url = `/assets/yh/tenants/test/final/${randomUUID()}.png`;
  mkdirSync(path.dirname(assets.pathOf(url)), { recursive: true });
  writeFileSync(assets.pathOf(url), 'bytes');
  return url;
};

/** A job with at least one row in every table that can hold one of a job. */
const fullJob = async () => {
  const url = file();
  const { jobId, variantIds } = await insertJob(bench.own, { step: 'iou_eval', status: 'running', imageUrl: url });
  const [variantId] = variantIds as [string];
  const { rows } = await bench.own.query('select img_asset_id from jobs_variants where job_variants_id = $1', [
    variantId,
  ]);
  const picture: string = rows[0].img_asset_id;
  const [overlay, proposal, run, trace] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const mask = file();
  const listing = mask.replace('.png', '.json');
  writeFileSync(assets.pathOf(listing), '{}');
  const insert = (sql: string, ...values: unknown[]) => bench.own.query(sql, values);
  await insert('insert into planner_proposals (proposal_id, image_asset_id) values ($1, $2)', proposal, picture);
  await insert(
    `insert into overlay_layouts (overlay_id, proposal_id, job_variants_id, layout) values ($1, $2, $3, '{}')`,
    overlay,
    proposal,
    variantId,
  );
  await insert('insert into renders (overlay_id, image_asset_id) values ($1, $2)', overlay, picture);
  await insert(
    `insert into evaluations (job_id, overlay_id, evaluation_type, metrics) values ($1, $2, 'iou', '{}')`,
    jobId,
    overlay,
  );
  await insert('insert into llm_traces (llm_trace_id, job_id) values ($1, $2)', trace, jobId);
  await insert(
    `insert into instagram_feeds (job_id, llm_trace_id, overlay_id, tenant_id, refined_ad_copy_eng, tone_style,
       product_description, gpt_prompt, instagram_ad_copy, hashtags) values ($1, $2, $3, 'test', '', '', '', '', '', '')`,
    jobId,
    trace,
    overlay,
  );
  await insert('insert into detections (image_asset_id, job_id) values ($1, $2)', picture, jobId);
  await insert(
    'insert into yolo_runs (job_id, image_asset_id, forbidden_mask_url) values ($1, $2, $3)',
    jobId,
    picture,
    mask,
  );
  await insert('insert into vlm_traces (job_id, job_variants_id) values ($1, $2)', jobId, variantId);
  await insert('insert into gen_runs (run_id, job_id) values ($1, $2)', run, jobId);
  await insert('insert into gen_variants (run_id, bg_asset_id) values ($1, $2)', run, picture);
  await insert('insert into pipeline.runs (job_variants_id, job_id) values ($1, $2)', variantId, jobId);
  await insert(
    `insert into pipeline.claims (unit_id, stage, generation, job_id, token, state) values ($1, 'overlay', 1, $2, $1, 'done')`,
    variantId,
    jobId,
  );
  await insert(
    `insert into pipeline.waits (unit_id, evidence, generation, job_id, stage, settled_at) values ($1, 'ad_copy_kor', 1, $2, 'overlay', now())`,
    variantId,
    jobId,
  );
  await insert(
    `insert into pipeline.answers (idempotency_key, job_id, endpoint, request_hash, lease_token, lease_until, saved_at)
     values ($1::text, $2, 'x', 'x', $1::text::uuid, now(), now())`,
    randomUUID(),
    jobId,
  );
  await insert(
    `insert into pipeline.detection_runs (job_variants_id, generation, image_asset_id, mask_url, detection_ids)
     values ($1, 1, $2, $3, '{}')`,
    variantId,
    picture,
    mask,
  );
  await insert(
    'insert into pipeline.watches (unit_id, job_id, generation, moved_at, due_at) values ($1, $2, 1, now(), now())',
    variantId,
    jobId,
  );
  await insert(
    `insert into pipeline.prepared_photos (job_id, source_asset_id, generation, run_id, lease_token, lease_until)
     values ($1, $2, 1, $3, $3, now())`,
    jobId,
    picture,
    run,
  );
  await insert('insert into pipeline.edited_inputs (job_variants_id, generation) values ($1, 1)', variantId);
  await insert(`insert into pipeline.briefs (job_id, brief) values ($1, '{}')`, jobId);
  await insert(`insert into pipeline.posts (job_id, post, hashtags) values ($1, '', '')`, jobId);
  await insert(
    `insert into pipeline.ideas (job_variants_id, idea) values ($1, '{"texts": {"headline": "x"}}')`,
    variantId,
  );
  await insert(
    `insert into pipeline.pictures (image_asset_id, job_variants_id, design, format, text_areas, composition)
     values ($1, $2, 'hero', 'square', '{}', '{}')`,
    picture,
    variantId,
  );
  await insert(
    `insert into pipeline.audit (actor, action, job_id, job_variants_id) values ('x', 'x', $1, $2)`,
    jobId,
    variantId,
  );
  await insert(`update jobs_variants set status = 'done' where job_variants_id = $1`, variantId);
  await insert(`update pipeline.jobs set stage = 'instagram_feed_gen', status = 'done' where job_id = $1`, jobId);
  await insert(`update jobs set current_step = 'instagram_feed_gen', status = 'done' where job_id = $1`, jobId);
  return { jobId, variantId, picture, files: [url, mask, listing].map(assets.pathOf) };
};

/** Every table and column that can name a job, a variant or a picture, with how many rows name one of these ids. */
const rowsNaming = async (ids: string[]): Promise<Record<string, number>> => {
  const { rows: columns } = await bench.own.query<{ place: string; name: string }>(
    `select format('%I.%I', table_schema, table_name) as place, column_name as name
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema in ('public', 'pipeline') and table_type = 'BASE TABLE' and data_type = 'uuid'`,
  );
  const counts: Record<string, number> = {};
  for (const { place, name } of columns) {
    const { rows } = await bench.own.query(`select count(*)::int as count from ${place} where ${name} = any($1)`, [
      ids,
    ]);
    if (rows[0].count > 0) counts[place] = (counts[place] ?? 0) + rows[0].count;
  }
  return counts;
};
const tools = (runs = recordingRuns()) => ({ pool: bench.admin, runs, assets });

describe('deleting a job', () => {
  it('leaves no row of it in any table, none of its files, and no open run', async () => {
    const { jobId, variantId, picture, files } = await fullJob();
    const before = await rowsNaming([jobId, variantId, picture]);
    expect(Object.keys(before).length).toBeGreaterThan(20);
    const runs = recordingRuns();
    const answer = await deleteJob(tools(runs), { jobId }, order());
    expect(answer).toMatchObject({ outcome: 'done', files: 3 });
    expect(await rowsNaming([jobId, variantId, picture])).toEqual({});
    expect(files.filter(existsSync)).toEqual([]);
    expect(runs.ended.sort()).toEqual([`job-${jobId}`, `variant-${variantId}`]);
    expect(Object.entries(answer.rows).filter(([, count]) => count === 0)).toEqual([]);
  });

  it('keeps who ordered what, without pointing at the job', async () => {
    const { jobId, variantId } = await fullJob();
    await deleteJob(tools(), { jobId }, order({ note: 'the shop asked' }));
    const { rows } = await bench.own.query(
      `select action, job_id, job_variants_id, before->>'jobId' as job, before->>'variantId' as variant, note
         from pipeline.audit where before->>'jobId' = $1 order by audit_id`,
      [jobId],
    );
    expect(rows).toEqual([
      { action: 'x', job_id: null, job_variants_id: null, job: jobId, variant: variantId, note: null },
      { action: 'delete job', job_id: null, job_variants_id: null, job: jobId, variant: null, note: 'the shop asked' },
    ]);
  });

  it('counts first, exactly, and changes nothing', async () => {
    const { jobId, variantId, picture, files } = await fullJob();
    const before = await rowsNaming([jobId, variantId, picture]);
    const counted = await countJob(tools(), jobId);
    expect(await rowsNaming([jobId, variantId, picture])).toEqual(before);
    expect(files.filter(existsSync)).toEqual(files);
    expect((await deleteJob(tools(), { jobId }, order())).rows).toEqual(counted.rows);
  });

  it('keeps pictures, files and proposals that others use', async () => {
    const one = await fullJob();
    const other = await insertJob(bench.own, { step: 'iou_eval', status: 'done' });
    await bench.own.query('update jobs_variants set img_asset_id = $2 where job_id = $1', [other.jobId, one.picture]);
    await deleteJob(tools(), { jobId: one.jobId }, order());
    expect(await bench.count('select count(*)::int from image_assets where image_asset_id = $1', one.picture)).toBe(1);
    expect(existsSync(one.files[0] as string)).toBe(true);
  });

  it('removes what a killed attempt published before it could write its rows', async () => {
    const { jobId, variantId } = await fullJob();
    await bench.own.query(
      `insert into pipeline.claims (unit_id, stage, generation, job_id, token) values ($1, 'planner', 2, $2, $1)`,
      [variantId, jobId],
    );
    const { rows } = await bench.own.query(
      `select opened_at from pipeline.claims where unit_id = $1 and stage = 'planner'`,
      [variantId],
    );
    const published = await assets.publish({
      tenantId: 'test',
      kind: 'planner',
      id: effectId(`${variantId}:planner:2`, 'planner_image'),
      extension: 'png',
      bytes: Buffer.from('x'),
      date: rows[0].opened_at,
    });
    await deleteJob(tools(), { jobId }, order());
    expect(existsSync(published.path)).toBe(false);
  });

  it('is refused while the job is at work, unless it is to be cancelled first', async () => {
    const { jobId, variantIds } = await insertJob(bench.own, { step: 'planner', status: 'running' });
    const [variantId] = variantIds as [string];
    const refused = await deleteJob(tools(), { jobId }, order());
    expect(refused).toMatchObject({ outcome: 'refused', rows: {} });
    expect(refused.says).toContain('the job is at work');
    expect((await countJob(tools(), jobId)).says).toContain('only --force would');
    const runs = recordingRuns();
    expect(await deleteJob(tools(runs), { jobId, force: true }, order())).toMatchObject({ outcome: 'done' });
    expect(runs.cancelled).toContain(`variant-${variantId}`);
    expect(await rowsNaming([jobId, variantId])).toEqual({});
  });

  it('killed after its commit is finished by the next, and a third finds nothing', async () => {
    const { jobId, files } = await fullJob();
    const dying = { ...assets, remove: () => Promise.reject(new Error('the process died')) };
    await expect(deleteJob({ ...tools(), assets: dying }, { jobId }, order())).rejects.toThrow('the process died');
    expect(files.filter(existsSync)).toEqual(files);
    expect(await deleteJob(tools(), { jobId }, order())).toMatchObject({ outcome: 'done', before: null, files: 3 });
    expect(files.filter(existsSync)).toEqual([]);
    expect(await rowsNaming([jobId])).toEqual({});
    await expect(deleteJob(tools(), { jobId }, order())).rejects.toThrow(NotFound);
  });

  it('remembers the runs it could not end while Temporal was away', async () => {
    const [{ jobId, variantId }, other] = [await fullJob(), await fullJob()];
    const away = { ...recordingRuns(), end: () => Promise.reject(new TemporalAway('connection refused')) };
    for (const job of [{ jobId }, other])
      expect((await deleteJob(tools(away), { jobId: job.jobId }, order())).says).toContain(
        'delete again when it is back',
      );
    const runs = recordingRuns();
    await deleteJob(tools(runs), { jobId }, order());
    expect(runs.ended).toContain(`variant-${variantId}`);
    expect((await bench.own.query('select job_id from pipeline.deletions')).rows).toEqual([{ job_id: other.jobId }]);
  });
});

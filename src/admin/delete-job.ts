import { setTimeout as delay } from 'node:timers/promises';
import { jobWorkflowId, variantWorkflowId } from '../../workflows/contract.js';
import type { AssetStore } from '../assets/asset-store.js';
import { counted } from '../counted.js';
import { inTransaction, type Pool, type PoolClient } from '../db/pool.js';
import { cancelJob } from './cancel-job.js';
import { type ClaimOfJob, effectFiles, type PhotoOfJob, photoFiles } from './effect-files.js';
import { removeJobRows, type RowCounts } from './job-rows.js';
import { beginAgain, lockWholeJob } from './locks.js';
import { isFinished, type JobNow, observeJob, stateInWords } from './observe.js';
import { carryOut, type Order, type Outcome } from './orders.js';
import { type RunControl, TemporalAway } from './run-control.js';

export interface DeletionTools {
  pool: Pool;
  runs: RunControl;
  assets: AssetStore;
}

export interface DeletionAnswer extends Outcome {
  jobId: string;
  /** Null when the job was gone and only a deletion that broke off was finished. */
  before: JobNow | null;
  /** Rows by table. */
  rows: RowCounts;
  /** Files removed, or with a dry run found by name. */
  files: number;
}

/** How long runs and stage calls that were told to stop are waited for, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What would be removed, counted by doing it and taking it back. @throws NotFound */
export const countJob = ({ pool, assets }: DeletionTools, jobId: string): Promise<DeletionAnswer> =>
  beginAgain(async () => {
    const rolledBack = new Error('counted');
    let answer: DeletionAnswer | undefined;
    await inTransaction(pool, async (db) => {
      await lockWholeJob(db, jobId);
      const before = await observeJob(db, jobId);
      const { counts, fileUrls } = await removeAll(db, assets, before);
      const running = isAtWork(before) ? `; it is at work, at ${stateInWords(before)}: only --force would` : '';
      const says = `would remove ${counted(total(counts), 'row')} and up to ${counted(fileUrls.length, 'file')}${running}`;
      answer = { outcome: 'done', says, jobId, before, rows: counts, files: fileUrls.length };
      throw rolledBack;
    }).catch((error: unknown) => {
      if (error !== rolledBack) throw error;
    });
    return answer as DeletionAnswer;
  });

/**
 * Removes a job: its rows in every table, its files, its runs. Refused while it is at work unless `force`, which cancels
 * it first. Safe to repeat, also after it was killed half way: what is left to do is recorded with the rows' removal.
 * @throws NotFound
 */
export async function deleteJob(
  tools: DeletionTools,
  { jobId, force = false }: { jobId: string; force?: boolean },
  order: Order,
): Promise<DeletionAnswer> {
  const { pool } = tools;
  const isThere = await exists(pool, 'jobs', jobId);
  if (force && isThere && isAtWork(await observeJob(pool, jobId))) await stopWork(tools, jobId, order);

  return beginAgain(() =>
    carryOut<Outcome & Omit<DeletionAnswer, 'files'>, DeletionAnswer>(pool, order, {
      action: 'delete job',
      parameters: { jobId, force },
      async change(db) {
        if (!(await exists(db, 'jobs', jobId)) && (await exists(db, 'pipeline.deletions', jobId))) {
          const says = 'finished a deletion that had broken off';
          return { decision: { outcome: 'done', says, jobId, before: null, rows: {} }, audit: [] };
        }
        await lockWholeJob(db, jobId);
        const before = await observeJob(db, jobId);
        if (isAtWork(before)) {
          const says = `the job is at work, at ${stateInWords(before)}; cancel it first, or use force`;
          return {
            decision: { outcome: 'refused', says, jobId, before, rows: {} },
            audit: [{ jobId, before, after: before }],
          };
        }
        const { counts, fileUrls } = await removeAll(db, tools.assets, before);
        await db.query(
          `insert into pipeline.deletions as d (job_id, file_urls, workflow_ids) values ($1, $2, $3)
           on conflict (job_id) do update set file_urls = d.file_urls || excluded.file_urls`,
          [jobId, fileUrls, workflowsOf(before)],
        );
        return {
          decision: { outcome: 'done', says: `removed ${counted(total(counts), 'row')}`, jobId, before, rows: counts },
          // Without the columns that point at the job: nothing of it is left to point at.
          audit: [{ tenantId: before.tenantId, before, after: null }],
        };
      },
      async finish(decision) {
        if (decision.outcome === 'refused') return { ...decision, files: 0 };
        const { files, remark } = await finishDeletion(tools, jobId);
        return { ...decision, files, says: `${decision.says}; removed ${counted(files, 'file')}${remark}` };
      },
    }),
  );
}

const exists = async (db: Pool | PoolClient, table: 'jobs' | 'pipeline.deletions', jobId: string): Promise<boolean> =>
  (await db.query(`select from ${table} where job_id = $1`, [jobId])).rowCount !== 0;

/** Somebody would be surprised to find it gone: a variant or the job's own stages are still on their way. */
const isAtWork = (job: JobNow): boolean =>
  job.variants.some((variant) => !variant.isSettled) ||
  (!isFinished(job) && !job.isResting && job.isUnderWay && job.stageStatus !== 'failed');

const total = (counts: RowCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const workflowsOf = ({ jobId, variants }: JobNow): string[] => [
  ...variants.map(({ variantId }) => variantWorkflowId(variantId)),
  jobWorkflowId(jobId),
];

async function removeAll(db: PoolClient, assets: AssetStore, job: JobNow) {
  const claims = await db.query<ClaimOfJob>(
    `select unit_id as "unitId", stage, generation, opened_at as "openedAt" from pipeline.claims where job_id = $1`,
    [job.jobId],
  );
  const photos = await db.query<PhotoOfJob>(
    'select run_id as "runId", opened_at as "openedAt" from pipeline.prepared_photos where job_id = $1',
    [job.jobId],
  );
  const { counts, fileUrls } = await removeJobRows(db, job.jobId);
  const { tenantId } = job;
  const published =
    tenantId === null
      ? []
      : [...effectFiles(assets, tenantId, claims.rows), ...photoFiles(assets, tenantId, photos.rows)];
  return { counts, fileUrls: [...new Set([...fileUrls, ...published])] };
}

/**
 * Cancels the job and waits for what is in the middle of a stage, so that its last file is there to be removed. Whatever
 * does not end in time has lost its right to write all the same.
 */
async function stopWork({ pool, runs }: DeletionTools, jobId: string, { actor, note }: Order): Promise<void> {
  const { before } = await cancelJob({ pool, runs }, { jobId }, { actor, ...(note !== undefined && { note }) });
  const deadline = Date.now() + PATIENCE_MS;
  await runs
    .end(workflowsOf(before), { patienceMs: PATIENCE_MS, reason: 'the job is being deleted' })
    .catch(ignoreAway);
  while (Date.now() < deadline && (await hasCallUnderWay(pool, jobId))) await delay(100);
}

/** The stage service renews its lease while it works, and lets it go at the end. */
const hasCallUnderWay = async (pool: Pool, jobId: string): Promise<boolean> => {
  const { rowCount } = await pool.query(
    'select from pipeline.answers where job_id = $1 and saved_at is null and lease_until > clock_timestamp()',
    [jobId],
  );
  return rowCount !== 0;
};

const ignoreAway = (error: unknown): void => {
  if (!(error instanceof TemporalAway)) throw error;
};

/** Removes files and ends runs of a job whose rows are gone. RunControl end by themselves as well: their row is not there. */
async function finishDeletion(
  { pool, runs, assets }: DeletionTools,
  jobId: string,
): Promise<{ files: number; remark: string }> {
  const { rows } = await pool.query<{ file_urls: string[]; workflow_ids: string[] }>(
    'select file_urls, workflow_ids from pipeline.deletions where job_id = $1',
    [jobId],
  );
  const left = rows[0];
  if (!left) return { files: 0, remark: '' };
  let files = 0;
  for (const url of left.file_urls) if (await assets.remove(url)) files++;
  try {
    await runs.end(left.workflow_ids, { patienceMs: 0, reason: 'the job was deleted' });
  } catch (error) {
    ignoreAway(error);
    const remark = ` (Temporal could not be reached: ${(error as Error).message}; delete again when it is back, to end its runs)`;
    return { files, remark };
  }
  await pool.query('delete from pipeline.deletions where job_id = $1', [jobId]);
  return { files, remark: '' };
}

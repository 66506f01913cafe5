import { pino } from 'pino';
import sharp from 'sharp';
import { expect } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { makeDataDir, removeDataDir } from './data-dir.js';
import { drawnDish } from './pictures.js';
import { insertJob, JOB_STATE, type JobRows, type NewJobRows, setVariant } from './rows.js';
import { type StackProcess, startStackProcess } from './stack-process.js';

/** The real processes, and hands for a test that writes rows as neighbours do. */
export interface RunningStack {
  ready: ReadyLine;
  process: StackProcess;
  dataDir: string;
  /** A foreigner's connections, to the database itself even when the stack reaches it through a proxy. */
  foreign: Pool;
  /** `/health` as it is now: its status code and its parts. */
  health(): Promise<{ code: number; details: Record<string, any> }>;
  /** Resolves when every job has its feed, however often the database is away meanwhile. */
  untilFinished(jobIds: string[]): Promise<void>;
  stop(): Promise<void>;
}

export const assetsIn = (dataDir: string): string => `${dataDir}/assets`;

export const foreignPool = (url: string): Pool =>
  createPool({ url, name: 'foreign', size: 4, log: pino({ level: 'silent' }) });

/**
 * Starts the stack. Without `databaseUrl` it embeds its database; with one, `stackUrl` is how the stack itself reaches it.
 * A DATA_DIR that is handed in stays.
 */
export async function startRunningStack(
  environment: Record<string, string> = {},
  { databaseUrl, stackUrl = databaseUrl, dataDir }: { databaseUrl?: string; stackUrl?: string; dataDir?: string } = {},
): Promise<RunningStack> {
  const folder = dataDir ?? makeDataDir();
  const stack = startStackProcess(folder, {
    LOG_LEVEL: 'warn',
    ASSETS_DIR: assetsIn(folder),
    ...(stackUrl && { DATABASE_URL: stackUrl }),
    ...environment,
  });
  const ready = await stack.ready;
  const foreign = foreignPool(databaseUrl ?? ready.databaseUrl);
  return {
    ready,
    process: stack,
    dataDir: folder,
    foreign,
    async health() {
      const answer = await fetch(new URL('/health', ready.serverUrl));
      return { code: answer.status, ...((await answer.json()) as { details: Record<string, any> }) };
    },
    untilFinished: (jobIds) => untilFinished(foreign, jobIds),
    async stop() {
      await foreign.end();
      stack.process.kill('SIGTERM');
      await stack.exit;
      if (!dataDir) removeDataDir(folder);
    },
  };
}

/** Nothing announces that a database is back, so the rows are asked now and then. */
async function untilFinished(pool: Pool, jobIds: string[]): Promise<void> {
  const states = async (): Promise<string[]> => {
    try {
      const found = await Promise.all(
        jobIds.map((jobId) => pool.query({ text: JOB_STATE, values: [jobId], rowMode: 'array' })),
      );
      return found.map(({ rows }) => String(rows[0]?.[0]));
    } catch {
      return ['the database is away'];
    }
  };
  await expect.poll(states, { timeout: 150_000, interval: 250 }).toEqual(jobIds.map(() => 'instagram_feed_gen/done'));
}

/** A job with a drawn dish as its picture, in the state that the options name. */
export async function insertDish(pool: Pool, assetsDir: string, options: NewJobRows = {}): Promise<JobRows> {
  const assets = createAssetStore({ root: assetsDir, partName: 'ye' });
  const { url } = await assets.publish({
    tenantId: 'test',
    kind: 'generated',
    id: crypto.randomUUID(),
    extension: '.png',
    bytes: await sharp(await drawnDish())
      .resize(1080, 1080)
      .png()
      .toBuffer(),
    date: new Date(),
  });
  return insertJob(pool, { imageUrl: url, ...options });
}

/** The same as the guide's tool leaves it, with its picture just reported as made. Returns the job's id. */
export async function startGuideJob(pool: Pool, assetsDir: string): Promise<string> {
  const { jobId, variantIds } = await insertDish(pool, assetsDir, { imageType: 'generated' });
  for (const id of variantIds) await setVariant(pool, id, 'img_gen', 'done');
  return jobId;
}

/** Rows that each effect of a job leaves; a stage done twice would show here. */
export async function effectsOf(pool: Pool, jobId: string): Promise<Record<string, number>> {
  const { rows } = await pool.query(
    `select (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'analyze') as analyze,
            (select count(*)::int from vlm_traces where job_id = $1 and operation_type = 'judge') as judge,
            (select count(*)::int from overlay_layouts where job_variants_id in
              (select job_variants_id from jobs_variants where job_id = $1)) as overlays,
            (select count(*)::int from evaluations where job_id = $1) as evaluations,
            (select count(*)::int from llm_traces where job_id = $1 and operation_type = 'eng_to_kor') as translations,
            (select count(*)::int from llm_traces where job_id = $1 and operation_type = 'feed_gen') as feed_traces,
            (select count(*)::int from instagram_feeds where job_id = $1) as feeds`,
    [jobId],
  );
  return rows[0];
}

export const idealEffects = (variants: number): Record<string, number> => ({
  analyze: variants,
  judge: variants,
  overlays: variants,
  evaluations: 3 * variants,
  translations: 1,
  feed_traces: 1,
  feeds: 1,
});

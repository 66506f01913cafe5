import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import sharp from 'sharp';
import { expect } from 'vitest';
import { createAssetStore } from '../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../src/db/pool.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { findStack } from '../../src/stack/stack-lock.js';
import { createTemporalClient } from '../../src/temporal/connection.js';
import { makeDataDir, removeDataDir } from './data-dir.js';
import { drawnDish } from './pictures.js';
import { insertJob, JOB_STATE, type JobRows, type NewJobRows, setVariant } from './rows.js';
import { type StackProcess, startStackProcess } from './stack-process.js';

/** The real processes, and hands for a test that writes rows as neighbours do. */
export interface RunningStack {
  ready: ReadyLine;
  process: StackProcess;
  dataDir: string;
  assetsDir: string;
  /** To the stack's own Temporal server and namespace. */
  client: Client;
  /** A foreigner's connections, to the database itself even when the stack reaches it through a proxy. */
  foreign: Pool;
  /** Of server, worker and stage service as they are now: another one where one was started anew. */
  pids(): number[];
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
  const client = createTemporalClient({
    address: ready.temporalAddress,
    namespace: ready.temporalNamespace,
    apiKey: null,
    tls: null,
    uiUrl: null,
  });
  return {
    ready,
    process: stack,
    dataDir: folder,
    assetsDir: assetsIn(folder),
    client,
    foreign,
    pids: () => (findStack(folder)?.children ?? []).map(({ pid }) => pid),
    async health() {
      const answer = await fetch(new URL('/health', ready.serverUrl));
      return { code: answer.status, ...((await answer.json()) as { details: Record<string, any> }) };
    },
    untilFinished: (jobIds) => untilFinished(foreign, jobIds),
    async stop() {
      await foreign.end();
      await client.connection.close();
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

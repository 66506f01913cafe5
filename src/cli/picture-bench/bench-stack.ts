import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '../../admin/create-job.js';
import { type Config, loadConfig } from '../../config/config.js';
import { createPool, type Pool } from '../../db/pool.js';
import { createLogger } from '../../log.js';
import { Supervisor } from '../../stack/supervisor.js';
import { say } from '../say.js';
import type { SilentStages } from './silent-stages.js';

const TENANT = 'picture-bench';
/** Between two looks at what is made. The times come from the rows, so that a slow look costs no accuracy. */
const LOOK_MS = 500;
export const VARIANTS = 3;
export const SLOTS = 2;

export interface BenchStack {
  workerPid: number;
  /** Has the worker make the pictures of so many jobs; tells how long from the first claim to the last picture. */
  makePictures(photos: Buffer[], jobs: number, onPicture?: (made: number) => Promise<void>): Promise<number>;
  /** Ends all jobs, so that none of a past measurement takes room or time in the next. */
  endJobs(): Promise<void>;
}

export interface OpeningBenchStack {
  opened: Promise<BenchStack>;
  stop(): Promise<void>;
  hurry(): void;
}

/** The real server and worker on a real database and Temporal, all of their own in `folder`. */
export function openBenchStack(folder: string, stages: SilentStages): OpeningBenchStack {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: folder,
    YH_BASE_URL: stages.url,
    STAGE_TIMEOUT: '10h',
    // One call that waits in silence is enough: each would have its heartbeats, and what they cost is not the pictures'.
    STAGE_SLOTS: '1',
    IMAGE_SLOTS: String(SLOTS),
    LOG_LEVEL: 'error',
    LOOP_PROBE_DIR: folder,
    NODE_OPTIONS: `--import=${import.meta.resolve('./loop-probe.js')}`,
  };
  const config = loadConfig(env);
  mkdirSync(folder, { recursive: true });
  const output = openSync(path.join(folder, 'stack.log'), 'a');
  const supervisor = new Supervisor({ config, env, say, output });
  let pool: Pool | undefined;
  const open = async (): Promise<BenchStack> => {
    const ready = await supervisor.start();
    const log = createLogger('bench', 'silent');
    pool = createPool({ url: ready.databaseUrl, name: 'picture-bench', size: 2, log });
    return benchStack(pool, config, ready.pids.worker[0] as number, stages);
  };
  return {
    opened: open(),
    async stop() {
      await pool?.end();
      pool = undefined;
      await supervisor.stop();
    },
    hurry: () => supervisor.hurry(),
  };
}

const benchStack = (pool: Pool, config: Config, workerPid: number, stages: SilentStages): BenchStack => ({
  workerPid,
  async makePictures(photos, jobs, onPicture) {
    const jobIds: string[] = [];
    // All of the work lies there before any of it begins.
    process.kill(workerPid, 'SIGSTOP');
    try {
      for (let job = 0; job < jobs; job++) {
        const { jobId } = await createJob(pool, {
          assetsDir: config.assetsDir,
          partName: config.partName,
          tenantId: TENANT,
          photos: [photos[job % photos.length] as Buffer],
          variantsCount: VARIANTS,
          imageGeneration: 'internal',
        });
        jobIds.push(jobId);
      }
    } finally {
      process.kill(workerPid, 'SIGCONT');
    }
    return pictureTime(pool, jobIds, onPicture);
  },
  async endJobs() {
    stages.refuse();
    for (;;) {
      const { rows } = await pool.query(
        'select from pipeline.jobs where not pipeline.job_is_settled(stage, status) limit 1',
      );
      if (rows.length === 0) break;
      await delay(LOOK_MS);
    }
    stages.beSilent();
  },
});

async function pictureTime(
  pool: Pool,
  jobIds: string[],
  onPicture: ((made: number) => Promise<void>) | undefined,
): Promise<number> {
  for (let seen = 0; ; ) {
    const { rows } = await pool.query<{ made: number; failed: number; milliseconds: number }>(
      `select count(*) filter (where state = 'done')::integer as made,
              count(*) filter (where state = 'failed')::integer as failed,
              extract(epoch from max(updated_at) - min(opened_at))::float8 * 1000 as milliseconds
         from pipeline.claims where stage = 'img_gen' and job_id = any($1)`,
      [jobIds],
    );
    const { made, failed, milliseconds } = rows[0] as (typeof rows)[0];
    if (failed > 0) throw new Error(`${failed} pictures failed; stack.log says why`);
    if (made > seen) await onPicture?.(made);
    seen = made;
    if (made === jobIds.length * VARIANTS) return milliseconds;
    await delay(LOOK_MS);
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { startListener } from '../db/listener.js';
import type { Pool } from '../db/pool.js';
import { createLogger } from '../log.js';
import { hasFailed, isFinished, type JobView, readJob } from './job-view.js';

/** In case a notification is lost with its connection. */
const LOOK_EVERY = 1_000;
const STALLED_AFTER = 60_000;

export interface FollowOptions {
  pool: Pool;
  url: string;
  jobId: string;
  signal: AbortSignal;
  onChange: (job: JobView) => void;
  /** Nothing has moved for a minute. */
  onStall: () => void;
  /** Throws when nobody is left who would do the work. */
  stillWorking?: () => void;
  /** When to stop watching; by default when the job is finished or has failed. */
  isOver?: (job: JobView) => boolean;
}

const isEnd = (job: JobView): boolean => isFinished(job) || hasFailed(job);

/** Watches a job until it is over. Notifications say when to look, the rows what there is to see. */
export async function followJob(options: FollowOptions): Promise<JobView> {
  const { pool, url, jobId, signal, onChange, onStall, stillWorking, isOver = isEnd } = options;
  let wake = (): void => {};
  const listener = startListener({
    url,
    channels: ['job_variant_state_changed', 'job_state_changed'],
    reconnectDelay: 5_000,
    probeInterval: 30_000,
    log: createLogger('demo', 'silent'),
    onWake: () => wake(),
  });
  let seen = '';
  let lastChange = Date.now();
  try {
    for (;;) {
      // Armed before the look: a notification that comes while we read is not lost.
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const job = await readJob(pool, jobId);
      if (JSON.stringify(job) !== seen) {
        seen = JSON.stringify(job);
        lastChange = Date.now();
        onChange(job);
      } else if (Date.now() - lastChange > STALLED_AFTER) {
        lastChange = Date.now();
        onStall();
      }
      if (isOver(job)) return job;
      stillWorking?.();
      const patience = new AbortController();
      await Promise.race([woken, delay(LOOK_EVERY, undefined, { signal: AbortSignal.any([signal, patience.signal]) })]);
      patience.abort();
    }
  } finally {
    await listener.close();
  }
}

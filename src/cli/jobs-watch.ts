import type { Command } from 'commander';
import { createAssetStore } from '../assets/asset-store.js';
import { loadConfig } from '../config/config.js';
import { shareDone } from '../diagnosis/reaction.js';
import { exitCodeAfter, onStopSignal } from '../stack/stop-signals.js';
import { UserError } from '../stack/user-error.js';
import { EXIT } from './exit-codes.js';
import { followJob } from './follow-job.js';
import { hasFailed, isFinished, isResting, type JobView, readFeed, readJob } from './job-view.js';
import { t } from './messages/index.js';
import { say } from './say.js';
import { type Connected, withSystem } from './system.js';
import { amount, answer, tool, type ToolOptions, uuid, wholeNumber } from './tool.js';

interface WatchOptions extends ToolOptions {
  until?: string;
}

export interface Ending {
  jobId: string;
  state: string;
  /** `over time`: neither finished nor failed within the time given. */
  ending: 'finished' | 'resting' | 'failed' | 'over time' | 'reached';
  reason: string | null;
  variants: { id: string; state: string; reason: string | null; picture: string | null }[];
  instagramCopy: string | null;
  hashtags: string[];
}

const percentOf = ({ variants }: JobView): number =>
  variants.length === 0
    ? 0
    : Math.round(
        (100 * variants.reduce((sum, { step, status }) => sum + shareDone(step, status), 0)) / variants.length,
      );

const hasReached = ({ variants }: JobView, step: string): boolean => variants.some((variant) => variant.step === step);

const endingOf = (job: JobView, isGoal: (job: JobView) => boolean): Ending['ending'] => {
  if (hasFailed(job)) return 'failed';
  if (isFinished(job)) return 'finished';
  if (isGoal(job)) return 'reached';
  return isResting(job) ? 'resting' : 'over time';
};

export interface Watching {
  patienceMs: number;
  /** Reached before the end, this is enough. */
  isGoal?: (job: JobView) => boolean;
  signal?: AbortSignal;
}

/** Watches a job to its end, or for so many milliseconds; each change is told. */
export async function watchJob(
  { pool, url, system }: Connected,
  jobId: string,
  { patienceMs, isGoal = () => false, signal }: Watching,
): Promise<Ending> {
  let last: JobView | undefined;
  const patience = AbortSignal.timeout(patienceMs);
  const job = await followJob({
    pool,
    url,
    jobId,
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    isOver: (now) => endingOf(now, isGoal) !== 'over time',
    onChange(now) {
      last = now;
      const variants = now.variants.map(({ step, status }, index) => `${index + 1}: ${step} ${status}`);
      say(t.watch.change(percentOf(now), `${now.step} ${now.status}`, variants.join(', ')));
    },
    onStall: () => say(t.watch.stalled),
  }).catch((error: unknown) => {
    if (patience.aborted && last) return last;
    throw error;
  });
  const feed = await readFeed(pool, jobId);
  const assets = createAssetStore({ root: system.assetsDir, partName: system.partName });
  return {
    jobId,
    state: `${job.step}/${job.status}`,
    ending: endingOf(job, isGoal),
    reason: job.reason,
    variants: job.variants.map(({ id, step, status, reason, pictureUrl }) => ({
      id,
      state: `${step}/${status}`,
      reason,
      picture: pictureUrl && assets.pathOf(pictureUrl),
    })),
    instagramCopy: feed?.copy ?? null,
    hashtags: feed?.hashtags ?? [],
  };
}

/** A job without English copy has come as far as it can: that is no failure. */
export const exitCodeOf = ({ ending }: Ending): number =>
  ending === 'failed' || ending === 'over time' ? EXIT.no : EXIT.fine;

export const assertJob = async ({ pool }: Connected, jobId: string): Promise<void> => {
  await readJob(pool, jobId).catch((error: unknown) => {
    if (/gone from the database/.test((error as Error).message)) throw new UserError(t.noSuchJob(jobId));
    throw error;
  });
};

async function watch(jobId: string, iterations: number, interval: number, options: WatchOptions): Promise<void> {
  onStopSignal(
    (signal) => process.exit(exitCodeAfter(signal)),
    () => process.exit(130),
  );
  const ending = await withSystem(loadConfig(), async (connected) => {
    await assertJob(connected, jobId);
    return watchJob(connected, jobId, {
      patienceMs: iterations * interval * 1_000,
      isGoal: (job) => options.until !== undefined && hasReached(job, options.until),
    });
  });
  answer(options, ending, () => t.watch.ending(ending));
  process.exitCode = exitCodeOf(ending);
}

export const watchCommand = (): Command =>
  tool('watch', t.commands.watch, [
    'jobs watch 1f0c…',
    'jobs watch 1f0c… 30 2 --json',
    'jobs watch 1f0c… --until vlm_analyze',
  ])
    .argument('<job-id>', t.options.jobId, uuid)
    .argument('[max-iterations]', t.options.maxIterations, wholeNumber(1, 1_000_000), 120)
    .argument('[interval]', t.options.interval, amount, 10)
    .option('--until <step>', t.options.until)
    .action(watch);

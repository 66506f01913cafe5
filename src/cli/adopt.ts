import { setTimeout as delay } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/config.js';
import { durationMs } from '../config/duration.js';
import { counted } from '../counted.js';
import { eventsWaiting, findOldWork, ringOldWork } from '../db/adoption/adopt-since.js';
import { createPool, type Pool } from '../db/pool.js';
import { createLogger } from '../log.js';
import { withMigratedDatabase } from './database.js';
import { t } from './messages/index.js';
import { say } from './say.js';

const BATCH_SIZE = 200;
const LOOK_EVERY_MS = 500;

/** A moment as the database understands it: a timestamp, or how long ago. */
export function parseSince(text: string, now = Date.now()): string {
  const ago = durationMs(text);
  if (ago !== undefined) return new Date(now - ago).toISOString();
  const moment = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) {
    throw new InvalidArgumentError('write how long ago (12h, 2d) or a moment (2025-12-03T09:00:00+09:00).');
  }
  if (moment > now) throw new InvalidArgumentError('that is in the future: nothing has moved since.');
  return new Date(moment).toISOString();
}

/**
 * Rings for old work batch by batch. Between batches it waits until the bridge has taken the last one, so that fresh
 * work never stands behind thousands of old rows.
 */
export async function adoptSince(
  pool: Pool,
  since: string,
  options: { dryRun: boolean; batchSize?: number; tell: (line: string) => void },
): Promise<number> {
  const { dryRun, batchSize = BATCH_SIZE, tell } = options;
  const { variants, jobs, states } = await findOldWork(pool, since);
  const found = `${counted(variants, 'variant')} and ${counted(jobs, 'job')} from before adoption have moved since ${since} and call for work`;
  tell(dryRun ? `${found}; they would be started` : found);
  for (const { state, count } of states) tell(`  ${count} at ${state}`);
  if (dryRun) return 0;

  const total = variants + jobs;
  let rung = 0;
  for (;;) {
    const batch = await ringOldWork(pool, since, batchSize);
    rung += batch;
    if (batch > 0) tell(`rung ${rung} of ${total}`);
    if (batch < batchSize) return rung;
    await untilTaken(pool);
  }
}

async function untilTaken(pool: Pool): Promise<void> {
  for (let looks = 0; (await eventsWaiting(pool)) > 0; looks++) {
    if (looks === 20) say('waiting for the server to take the last batch; is it running?');
    await delay(LOOK_EVERY_MS);
  }
}

export const adoptCommand = (): Command =>
  new Command('adopt')
    .description(t.commands.adopt)
    .requiredOption('--since <when>', 'rows that have moved since: 2d, 12h, or a timestamp', (text) => parseSince(text))
    .option('--dry-run', 'say what would be started, start nothing')
    .action(async (options: { since: string; dryRun?: boolean }) => {
      const config = loadConfig();
      await withMigratedDatabase(config, async (url) => {
        const log = createLogger('cli', config.logLevel);
        const pool = createPool({ url, name: 'adopt', writer: 'admin', size: 2, log });
        try {
          await adoptSince(pool, options.since, { dryRun: options.dryRun ?? false, tell: (line) => console.log(line) });
        } finally {
          await pool.end();
        }
      });
    });

import { sweepOrphanFiles } from '../assets/orphan-files.js';
import { settleGenRuns } from './gen-runs.js';
import { wakeOrphans } from './orphans.js';
import { purge, type Retention } from './purge.js';
import { reconcile, type Reconciliation } from './reconcile.js';
import { takeTurn } from './turns.js';

export interface Sweeping extends Reconciliation {
  retention: Retention & { orphanFileAge: number };
  /** Where our own files are. */
  files: { root: string; partName: string };
}

/** Rows that went without an event are rare, and looking for them asks Temporal for every open run. */
const CHORES_EVERY_MS = 60_000;

/** What is done without anybody ringing: rows compared with workflows each time, and now and then the chores. */
export function createSweep(s: Sweeping): () => Promise<void> {
  let lastChores = 0;
  return async () => {
    await reconcile(s);
    await settleGenRuns(s.pool);
    if (Date.now() - lastChores < CHORES_EVERY_MS) return;
    lastChores = Date.now();
    if (await takeTurn(s.pool, 'orphans', CHORES_EVERY_MS)) await wakeOrphans(s);
    const { retention, pool, log } = s;
    if (await takeTurn(pool, 'purge', retention.purgeInterval)) {
      await purge(pool, retention, log);
      const { orphans } = await sweepOrphanFiles({ pool, ...s.files }, { olderThanMs: retention.orphanFileAge });
      if (orphans.length > 0) log.info(`removed ${orphans.length} files that no row names`);
    }
  };
}

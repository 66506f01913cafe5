import { wakeOrphans } from './orphans.js';
import { purge, type Retention } from './purge.js';
import { reconcile, type Reconciliation } from './reconcile.js';
import { takeTurn } from './turns.js';

export interface Sweeping extends Reconciliation {
  retention: Retention;
}

/** Rows that went without an event are rare, and looking for them asks Temporal for every open run. */
const CHORES_EVERY_MS = 60_000;

/** What is done without anybody ringing: rows compared with workflows each time, and now and then the chores. */
export function createSweep(s: Sweeping): () => Promise<void> {
  let lastChores = 0;
  return async () => {
    await reconcile(s);
    if (Date.now() - lastChores < CHORES_EVERY_MS) return;
    lastChores = Date.now();
    if (await takeTurn(s.pool, 'orphans', CHORES_EVERY_MS)) await wakeOrphans(s);
    if (await takeTurn(s.pool, 'purge', s.retention.purgeInterval)) await purge(s.pool, s.retention, s.log);
  };
}

import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commandLineOf, endProcess, isAlive } from './process-table.js';
import type { Say } from './user-error.js';

/** Ends the server a killed predecessor left on this data folder, and clears a lock file that speaks of somebody else. */
export async function endPostgresOn(dataFolder: string, say: Say): Promise<void> {
  const lockFile = path.join(dataFolder, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  if (pid > 0 && isAlive(pid) && commandLineOf(pid).includes(dataFolder)) {
    say(`ending the PostgreSQL that an earlier run left behind (pid ${pid})`);
    await endProcess(pid, ['SIGINT', 'SIGQUIT']);
  }
  // PostgreSQL asks only whether *a* process of that number exists, and would refuse to start beside a stranger.
  rmSync(lockFile, { force: true });
}

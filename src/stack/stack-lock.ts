import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Holder, type LockFile, readAbandonedLock, readLock, takeLock } from './lock-file.js';
import { endProcess, identityOf } from './process-table.js';
import type { ReadyLine } from './ready-line.js';
import { type Say, UserError } from './user-error.js';

/** One of our Node processes, so that a successor can end it. */
export interface ChildRecord extends Holder {
  name: string;
}

export interface StackState {
  /** `stack` stays until it is stopped; `moment` is a command that is over soon. */
  purpose: 'stack' | 'moment';
  startedAt: string;
  /** Absent while it starts. */
  ready?: ReadyLine;
  children: ChildRecord[];
}

export type StackLock = LockFile<StackState>;

const MOMENT = 60_000;

const fileOf = (dataDir: string): string => path.join(dataDir, 'stack.json');

/** The stack that runs (or starts) on this DATA_DIR now, if there is one. */
export const findStack = (dataDir: string): (StackState & Holder) | null => {
  const state = readLock<StackState>(fileOf(dataDir));
  return state?.purpose === 'stack' ? state : null;
};

export const childRecord = (name: string, pid: number): ChildRecord => ({ name, pid, identity: identityOf(pid) ?? '' });

/** Our processes end by themselves when their supervisor is gone; one that hangs would go on working beside its successor. */
const endChildrenLeftBy = async (file: string, say: Say): Promise<void> => {
  for (const { name, pid, identity } of readAbandonedLock<StackState>(file)?.children ?? []) {
    if (identityOf(pid) !== identity) continue;
    say(`ending the ${name} that an earlier run left behind (pid ${pid})`);
    await endProcess(pid, ['SIGTERM'], 5_000);
  }
};

/**
 * Makes this process the only one that starts anything on the DATA_DIR, and tidies up after a predecessor that was killed.
 * @throws UserError that names the process that has it.
 */
export async function lockDataDir(dataDir: string, purpose: StackState['purpose'], say: Say): Promise<StackLock> {
  const file = fileOf(dataDir);
  await endChildrenLeftBy(file, say);
  for (const deadline = Date.now() + MOMENT; ; await delay(100)) {
    const lock = takeLock<StackState>(file, { purpose, startedAt: new Date().toISOString(), children: [] });
    if (lock) return lock;
    const holder = readLock<StackState>(file);
    if (!holder || (holder.purpose === 'moment' && Date.now() < deadline)) continue;
    throw new UserError(
      `A stack already runs on ${dataDir} (pid ${holder.pid}, since ${holder.startedAt}): use that one, stop it with ` +
        `"kill ${holder.pid}", or set DATA_DIR to another folder.`,
    );
  }
}

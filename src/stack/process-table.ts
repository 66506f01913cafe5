import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const onLinux = process.platform === 'linux';

const readProc = (pid: number, file: string): string | null => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
};

const ps = (...args: string[]): string => spawnSync('ps', args, { encoding: 'utf8' }).stdout?.trim() ?? '';

/** The fields of /proc/<pid>/stat after the program's name, which may itself hold spaces and brackets. */
const statFields = (pid: number): string[] | null => {
  const stat = readProc(pid, 'stat');
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** Whether the process does anything still. A zombie, ended but not yet collected by its parent, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = onLinux ? statFields(pid)?.[0] : ps('-o', 'state=', '-p', String(pid));
  return state !== undefined && state !== '' && !state.startsWith('Z') && !state.startsWith('X');
}

/**
 * Tells one process from a later one with the same number: its start time (and its command where that is all we get).
 * Null when there is no such process.
 */
export function identityOf(pid: number): string | null {
  if (!isAlive(pid)) return null;
  if (onLinux) return statFields(pid)?.[19] ?? null;
  return ps('-o', 'lstart=,command=', '-p', String(pid)) || null;
}

export const commandLineOf = (pid: number): string =>
  onLinux ? (readProc(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim() : ps('-o', 'command=', '-p', String(pid));

/** The living processes whose command line fits. */
export function findProcesses(fits: (commandLine: string) => boolean): number[] {
  const pids = onLinux
    ? readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    : ps('-axo', 'pid=')
        .split('\n')
        .map((line) => line.trim());
  return pids.map(Number).filter((pid) => pid !== process.pid && fits(commandLineOf(pid)) && isAlive(pid));
}

/** A process that is not our child reports its end to nobody here, so this has to look. */
async function goneWithin(pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await delay(25);
  }
  return true;
}

/** Ends a process that is not our child: asks with each signal in turn, then insists. */
export async function endProcess(pid: number, signals: NodeJS.Signals[], patience = 10_000): Promise<void> {
  for (const signal of [...signals, 'SIGKILL' as const]) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await goneWithin(pid, patience)) return;
  }
}

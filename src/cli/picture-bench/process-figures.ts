import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How late the event loop of a process was, in milliseconds. */
export interface LoopDelay {
  p99: number;
  max: number;
}

/** Memory of a process in MB, from Linux' /proc. */
export async function memoryOf(pid: number, which: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${which}:\\s+(\\d+)`, 'm').exec(status)?.[1];
  if (!kilobytes) throw new Error(`/proc/${pid}/status has no ${which}`);
  return Number(kilobytes) / 1024;
}

/** Linux counts in hundredths of a second on every machine Node runs on. */
const CLOCK_TICK = 0.01;

/** Processor time of a process and its threads, user and system, in seconds. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in the second field may hold spaces; what follows its bracket cannot.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK;
}

/** The peak is counted from now on. */
export const resetPeak = (pid: number): Promise<void> => writeFile(`/proc/${pid}/clear_refs`, '5');

/** What the probe in the process has seen since it was last asked. */
export async function loopDelayOf(pid: number, folder: string): Promise<LoopDelay> {
  const file = path.join(folder, `${pid}.json`);
  await rm(file, { force: true });
  process.kill(pid, 'SIGWINCH');
  for (;;) {
    const report = await readFile(file, 'utf8').catch(() => undefined);
    if (report) return JSON.parse(report) as LoopDelay;
    await delay(20);
  }
}

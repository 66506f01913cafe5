import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

// Loaded into a process before its own first line. At SIGWINCH, which means nothing to a process without a terminal (the
// user signals end a Temporal worker), it writes how late the event loop was since the last time.
// Waking each millisecond to look would itself take three hundredths of a core, from idle processes too.
const RESOLUTION_MS = 10;
const folder = process.env.LOOP_PROBE_DIR;
if (folder && isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.on('SIGWINCH', () => {
    const milliseconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const report = { p99: milliseconds(delay.percentile(99)), max: milliseconds(delay.max) };
    const file = path.join(folder, `${process.pid}.json`);
    // Whole or not at all: the reader waits for the name.
    writeFileSync(`${file}.new`, JSON.stringify(report));
    renameSync(`${file}.new`, file);
    delay.reset();
  });
}

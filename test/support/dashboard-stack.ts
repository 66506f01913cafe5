import type { TestProject } from 'vitest/node';
import type { ReadyLine } from '../../src/stack/ready-line.js';
import { makeDataDir, removeDataDir } from './data-dir.js';
import { startStackProcess } from './stack-process.js';

declare module 'vitest' {
  export interface ProvidedContext {
    dashboardDataDir: string;
    dashboardReady: ReadyLine;
  }
}

const LOOK_AGAIN_MS = 200;

/** One whole stack for everything that is looked at in a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = makeDataDir();
  const stack = startStackProcess(dataDir, { LOG_LEVEL: 'warn' });
  const stop = async (): Promise<void> => {
    stack.process.kill('SIGTERM');
    await stack.exit;
    removeDataDir(dataDir);
  };
  try {
    const ready = await stack.ready;
    // Right after the start the listener has not proven itself, and a browser writes every 503 into its console.
    while ((await fetch(ready.healthUrl)).status !== 200)
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    project.provide('dashboardDataDir', dataDir);
    project.provide('dashboardReady', ready);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

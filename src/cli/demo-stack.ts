import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import type { ReadyLine } from '../stack/ready-line.js';
import { findStack } from '../stack/stack-lock.js';
import { Supervisor } from '../stack/supervisor.js';
import { describe, UserError } from '../stack/user-error.js';
import { say } from './say.js';

/** The stack a command works with: the one that runs on DATA_DIR, or one of its own. */
export interface DemoStack {
  ready: ReadyLine;
  /** With the password, also where the ready line has none. */
  databaseUrl: string;
  /** Started by us, so stopped by us. */
  isOurs: boolean;
  /** @throws UserError when the stack is gone. */
  assertRunning(): void;
}

export interface OpeningStack {
  opened: Promise<DemoStack>;
  stop(): Promise<void>;
  hurry(): void;
}

const untilReady = async (dataDir: string, signal: AbortSignal): Promise<ReadyLine | null> => {
  for (let told = false; ; told = true) {
    const stack = findStack(dataDir);
    if (!stack) return null;
    if (stack.ready) return stack.ready;
    if (!told) say(`waiting for the stack that is starting on ${dataDir} (pid ${stack.pid})`);
    await delay(200, undefined, { signal });
  }
};

/** Opens the running stack of DATA_DIR or starts one; what its processes write goes to a file beside the data. */
export function openStack(config: Config): OpeningStack {
  const leaving = new AbortController();
  let own: Supervisor | undefined;

  const open = async (): Promise<DemoStack> => {
    const running = await untilReady(config.dataDir, leaving.signal);
    if (running) {
      say(`using the stack that runs on ${config.dataDir} (${running.serverUrl})`);
      return {
        ready: running,
        databaseUrl: config.database.url ?? running.databaseUrl,
        isOurs: false,
        assertRunning: () => {
          if (!findStack(config.dataDir))
            throw new UserError('The stack this job ran on has ended; "npm start" goes on with it.');
        },
      };
    }
    const logFile = path.join(config.dataDir, 'logs', 'stack.log');
    mkdirSync(path.dirname(logFile), { recursive: true });
    own = new Supervisor({ config, env: process.env, say, output: openSync(logFile, 'a') });
    try {
      const ready = await own.start();
      say(`the stack runs; its log is ${logFile}`);
      return { ready, databaseUrl: config.database.url ?? ready.databaseUrl, isOurs: true, assertRunning: () => {} };
    } catch (error) {
      if (/its own messages|its messages/.test(describe(error)))
        throw new UserError(`${describe(error)} They are in ${logFile}.`);
      throw error;
    }
  };

  return {
    opened: open(),
    async stop() {
      leaving.abort();
      await own?.stop();
    },
    hurry: () => own?.hurry(),
  };
}

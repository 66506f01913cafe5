import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config/package-root.js';
import type { ReadyLine } from '../../src/stack/ready-line.js';

/** Variables that would point a stack of the test's own at something else. */
const OURS = /^(DATABASE_URL|DB_|TEMPORAL_|YH_BASE_URL|ASSETS_DIR|DATA_DIR|SERVER_|PORT$|HOST$)/;

export const bareEnvironment = (extra: Record<string, string>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name))),
  ...extra,
});

export interface StackProcess {
  process: ChildProcess;
  pid: number;
  stdout: string[];
  stderr: string[];
  /** @throws with what it wrote when it ends before it is ready. */
  ready: Promise<ReadyLine>;
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** `npm start` as npm runs it, on a DATA_DIR of the test's own. */
export function startStackProcess(dataDir: string, extra: Record<string, string> = {}): StackProcess {
  const child = spawn(process.execPath, ['--enable-source-maps', path.join(packageRoot, 'dist/src/stack/main.js')], {
    cwd: packageRoot,
    env: bareEnvironment({ DATA_DIR: dataDir, ...extra }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line));
  const exit = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = new Promise<ReadyLine>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      stdout.push(line);
      resolve(JSON.parse(line) as ReadyLine);
    });
    void exit.then(() => reject(new Error(`the stack ended before it was ready:\n${stderr.join('\n')}`)));
  });
  // A test that expects a failed start looks at `exit` alone.
  ready.catch(() => {});
  return { process: child, pid: child.pid as number, stdout, stderr, ready, exit };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../src/config/package-root.js';
import { bareEnvironment } from './stack-process.js';

export interface CliAnswer {
  code: number;
  stdout: string;
  stderr: string;
  /** Every line of stdout, parsed; for `--json`. */
  lines: any[];
}

/** The built command line, as a shell runs it. */
export async function runCli(env: Record<string, string>, ...args: string[]): Promise<CliAnswer> {
  const child = spawn(process.execPath, [path.join(packageRoot, 'dist/src/cli/main.js'), ...args], {
    cwd: packageRoot,
    env: bareEnvironment({ LANG: 'C.UTF-8', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const lines = args.includes('--json')
    ? stdout
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  return { code: code as number, stdout, stderr, lines };
}

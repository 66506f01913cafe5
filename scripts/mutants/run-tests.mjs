import { spawn } from 'node:child_process';

/** A run that hangs as a whole ends red. */
const LONGEST_RUN_MS = 600_000;

/**
 * The fast suite, or the given files of it, in a copy of the checkout. `by` names the test that failed; undefined when
 * it was none: a file that could not be loaded, a hook, a run that had to be ended.
 */
export const runTests = (copy, servers, tests, { options = [], env = {}, signal }) =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--project', 'db', ...options, ...tests],
      {
        cwd: copy,
        env: { ...process.env, TEST_SERVERS: JSON.stringify(servers), NO_COLOR: '1', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        signal,
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
    child.on('error', () => {}); // it was told to stop, and closes
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ isRed: code !== 0, by: /^\s*FAIL\s+(.* > .*)$/m.exec(output)?.[1]?.trim(), output });
    });
  });

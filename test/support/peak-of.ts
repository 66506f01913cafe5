import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// What a parent had resident counts as the child's in its resource usage; Linux knows the child's own.
const PEAK = `
  const own = (() => { try { return readFileSync('/proc/self/status', 'utf8'); } catch { return ''; } })();
  const peak = Number(/VmHWM:\\s+(\\d+)/.exec(own)?.[1] ?? process.resourceUsage().maxRSS) / 1024;
`;

/**
 * The most memory, in MB, that a process of its own had resident while it ran `code` with the picture in `bytes`, all of
 * its own included. `code` is the body of an async function; `picture` is the module `src/imaging/picture.ts`.
 */
export function peakOf(bytes: Buffer, code: string): number {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'feedlyai-peak-'));
  try {
    const file = path.join(folder, 'picture');
    writeFileSync(file, bytes);
    const picture = JSON.stringify(new URL('../../src/imaging/picture.js', import.meta.url).href);
    const script =
      `import { readFileSync } from 'node:fs'; import * as picture from ${picture};` +
      `const bytes = readFileSync(${JSON.stringify(file)}); await (async () => { ${code} })();` +
      `${PEAK}process.stdout.write('peak ' + peak);`;
    const loader = new URL('./typescript.mjs', import.meta.url).href;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', loader, '--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    );
    const [, megabytes] = /peak ([\d.]+)/.exec(stdout) ?? [];
    if (megabytes === undefined) throw new Error(`the process ended without an answer: ${stderr}`);
    return Number(megabytes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

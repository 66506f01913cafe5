import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { packageRoot } from '../../src/config/package-root.js';

/** These tests start the built programs: what they test must be what stands in the sources. Quick when nothing changed. */
export default function setup(): void {
  const result = spawnSync(process.execPath, [path.join(packageRoot, 'scripts', 'build.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) throw new Error('The build failed; its messages are above.');
}

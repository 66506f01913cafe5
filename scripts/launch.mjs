// Runs one command of the CLI: under its own name, and under the names that the guide's tools are known by.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** `words` are the command and the flags that stand in for the original's own defaults. */
export async function launch(...words) {
  // An image of ours holds what was built and not what it was built from.
  if (existsSync(at('src'))) await import('./prepare.mjs');
  if (process.exitCode) return;
  const main = at('dist/src/cli/main.js');
  process.argv = [process.argv[0], main, ...words, ...process.argv.slice(2)];
  await import(main);
}

// Runs one command of the CLI under another name: the guide's tools keep the names they are known by.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `words` are the command and the flags that stand in for the original's own defaults. */
export async function launch(...words) {
  const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));
  if (!existsSync(main)) {
    process.stderr.write('This checkout is not built yet: run "npm run build" (or any npm script of it) first.\n');
    process.exitCode = 1;
    return;
  }
  process.argv = [process.argv[0], main, ...words, ...process.argv.slice(2)];
  await import(main);
}

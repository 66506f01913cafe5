// Tries the properties with many more cases than `npm test` does, and other ones each time:
//   npm run test:properties -- [cases, default 100000] [seed]
// The seed is said first; a failure prints the smallest case it shrinks to.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const FOLDERS = ['test/unit/properties', 'test/db/properties'];

/** What a plain run tries: the sum over all `cases(…)`. */
const inPlainRun = FOLDERS.flatMap((folder) => readdirSync(path.join(root, folder)).map((file) => `${folder}/${file}`))
  .flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bcases\(([\d_]+)\)/g)])
  .reduce((sum, [, count]) => sum + Number(count.replaceAll('_', '')), 0);

const [wanted = '100000', seed = String(randomInt(2 ** 31))] = process.argv.slice(2);
const count = Number(wanted);
if (!Number.isInteger(count) || count < 1) {
  process.stderr.write(`Usage: npm run test:properties -- [cases] [seed]; "${wanted}" is no number of cases.\n`);
  process.exit(2);
}
process.stderr.write(`[properties] at least ${count} cases (a plain run tries ${inPlainRun}), seed ${seed}\n`);
const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'unit', '--project', 'db', ...FOLDERS],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PROPERTY_FACTOR: String(count / inPlainRun), PROPERTY_SEED: seed },
  },
);
process.exitCode = status ?? 1;

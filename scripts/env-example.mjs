// Writes .env.example from the configuration schema. Builds first, because the schema is TypeScript.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (place) => fileURLToPath(new URL(`../${place}`, import.meta.url));

const built = spawnSync(process.execPath, [at('scripts/build.mjs')], { stdio: ['ignore', 2, 2] });
if (built.status !== 0) process.exit(1);
const { envExample } = await import('../dist/src/config/env-example.js');
writeFileSync(at('.env.example'), envExample(readFileSync(at('src/config/environment.ts'), 'utf8')));

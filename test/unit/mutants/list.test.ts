import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { listMutants } from '../../../scripts/mutants/list.mjs';
import { packageRoot } from '../../../src/config/package-root.js';

const files = ['activities', 'sql', 'src', 'workflows']
  .flatMap((room) =>
    readdirSync(path.join(packageRoot, room), { recursive: true, encoding: 'utf8' }).map((file) => `${room}/${file}`),
  )
  .filter((file) => /\.(sql|ts)$/.test(file))
  .sort();

it('holds at least twelve deliberate bugs, whose place is still there, and every term under a name of its own', () => {
  const mutants = listMutants(packageRoot, files);
  const planted = mutants.filter(({ kind }) => kind === 'planted');
  expect(planted.length).toBeGreaterThanOrEqual(12);
  expect(mutants.length).toBeGreaterThan(planted.length);
  expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  for (const { sources } of mutants)
    for (const [file, source] of sources) expect(source).not.toBe(readFileSync(path.join(packageRoot, file), 'utf8'));
});

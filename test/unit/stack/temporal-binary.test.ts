import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTemporalBinary, type Maker, TEMPORAL_VERSION } from '../../../src/stack/temporal-binary.js';

let root: string;
let env: NodeJS.ProcessEnv;
let cached: string;
const quiet = (): void => {};

const putProgram = (file: string, mode = 0o755): string => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n', { mode });
  return file;
};

/** A way to get the program that works or does not, and tells that it was tried. */
const maker = (name: string, tried: string[], works: boolean): Maker => ({
  name,
  make: async (folder) => {
    tried.push(name);
    if (!works) throw new Error('not here');
    putProgram(path.join(folder, 'temporal'));
  },
});

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'temporal-binary-'));
  env = { PATH: path.join(root, 'bin'), XDG_CACHE_HOME: path.join(root, 'cache') };
  cached = path.join(root, 'cache', 'feedlyai-pipeline', `temporal-${TEMPORAL_VERSION}`, 'temporal');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('the program on PATH comes before the cached one', async () => {
  putProgram(cached);
  const onPath = putProgram(path.join(root, 'bin', 'temporal'));
  expect(await findTemporalBinary({ say: quiet, env, makers: [] })).toBe(onPath);
});

test('something on PATH that cannot be executed is passed over', async () => {
  putProgram(cached);
  mkdirSync(path.join(root, 'bin', 'temporal'), { recursive: true });
  expect(await findTemporalBinary({ say: quiet, env, makers: [] })).toBe(cached);
});

test('the cached program comes before making one', async () => {
  putProgram(cached);
  const tried: string[] = [];
  await findTemporalBinary({ say: quiet, env, makers: [maker('download', tried, true)] });
  expect(tried).toEqual([]);
});

test('the ways to make one are tried in order, and the result is kept', async () => {
  const tried: string[] = [];
  const makers = [maker('download', tried, false), maker('build', tried, true), maker('never', tried, true)];
  expect(await findTemporalBinary({ say: quiet, env, makers })).toBe(cached);
  expect(tried).toEqual(['download', 'build']);
  expect(await findTemporalBinary({ say: quiet, env, makers })).toBe(cached);
  expect(tried).toHaveLength(2);
  expect(readdirSync(path.dirname(path.dirname(cached)))).toEqual([`temporal-${TEMPORAL_VERSION}`]);
});

test('two that need it at the same time make it once', async () => {
  const tried: string[] = [];
  const search = { say: quiet, env, makers: [maker('build', tried, true)] };
  // Within one process both are the same holder, so the second finds the first's lock held.
  expect(await Promise.all([findTemporalBinary(search), findTemporalBinary(search)])).toEqual([cached, cached]);
  expect(tried).toEqual(['build']);
});

test('when nothing works the error is one line that names every way and why it failed', async () => {
  const tried: string[] = [];
  const makers = [maker('the download', tried, false), maker('Go', tried, false)];
  const failure = await findTemporalBinary({ say: quiet, env, makers }).catch((error: Error) => error.message);
  expect(failure).toMatch(/the download: not here; Go: not here/);
  for (const way of ['TEMPORAL_ADDRESS', 'PATH', cached, 'temporal.download', 'install Go'])
    expect(failure).toContain(way);
  expect(failure).not.toContain('\n');
  expect(existsSync(path.dirname(cached))).toBe(false);
});

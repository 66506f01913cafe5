import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { movedFolderIfAny } from '../../src/stack/postgres-home.js';
import { findProcesses } from '../../src/stack/process-table.js';
import { bareEnvironment } from '../support/stack-process.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'demo-system-'));
chmodSync(folder, 0o755);
const dataDir = path.join(folder, 'data');

afterAll(() => {
  const moved = movedFolderIfAny(dataDir);
  for (const made of [folder, ...(moved ? [moved] : [])]) rmSync(made, { recursive: true, force: true });
});

const startDemo = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [path.join(packageRoot, 'dist/src/cli/main.js'), 'demo', ...args], {
    cwd: packageRoot,
    env: bareEnvironment({ DATA_DIR: dataDir }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const run = async (...args: string[]) => {
  const child = startDemo(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { stdout, stderr, code: code as number };
};

const leftRunning = (): number[] => findProcesses((commandLine) => commandLine.includes(dataDir));

test('what cannot work is refused before anything is started or written', async () => {
  for (const args of [['--bogus'], ['--variants-count', '0'], ['--image-paths', '/nowhere/photo.jpg']]) {
    const { code, stdout, stderr } = await run(...args);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  expect(existsSync(dataDir)).toBe(false);
});

test('--json answers with the agreed keys and nothing else on stdout', async () => {
  const { code, stdout, stderr } = await run(
    '--json',
    '--variants-count',
    '1',
    '--desc-kor',
    '정성껏 끓인 국밥 한 그릇',
  );
  expect(code, stderr).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(1);
  const report = JSON.parse(lines[0] as string);
  expect(Object.keys(report)).toEqual(['jobId', 'state', 'seconds', 'variants', 'instagramCopy', 'hashtags']);
  expect(report.state).toBe('instagram_feed_gen/done');
  expect(report.variants).toEqual([
    {
      id: expect.any(String),
      state: 'iou_eval/done',
      retryCount: 0,
      picture: expect.stringMatching(/^\/.*\.png$/),
      workflowUrl: expect.stringMatching(/\/namespaces\/default\/workflows\/variant-/),
    },
  ]);
  expect(existsSync(report.variants[0].picture)).toBe(true);
  expect(leftRunning()).toEqual([]);
});

test('Ctrl-C in the middle of a job leaves no process and exits 130', async () => {
  const child = startDemo('--json');
  let progress = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    const already = progress.includes('vlm_analyze running');
    progress += chunk.toString();
    if (!already && progress.includes('vlm_analyze running')) child.kill('SIGINT');
  });
  const [code] = await once(child, 'exit');
  expect(code, progress).toBe(130);
  await expect.poll(leftRunning, { timeout: 5_000 }).toEqual([]);
});

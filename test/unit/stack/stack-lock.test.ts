import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identityOf, isAlive } from '../../../src/stack/process-table.js';
import { childRecord, findStack, lockDataDir } from '../../../src/stack/stack-lock.js';

let dataDir: string;
let file: string;
const children: ChildProcess[] = [];
const quiet = (): void => {};

const startStranger = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid as number;
};

const writeState = (state: object): void =>
  writeFileSync(file, JSON.stringify({ purpose: 'stack', startedAt: 'earlier', children: [], ...state }));

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'stack-lock-'));
  file = path.join(dataDir, 'stack.json');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

test('whoever comes second is refused and told the pid of the first', async () => {
  const pid = await startStranger();
  writeState({ pid, identity: identityOf(pid) });
  await expect(lockDataDir(dataDir, 'stack', quiet)).rejects.toThrow(`pid ${pid}`);
  expect(findStack(dataDir)).toMatchObject({ pid });
  // The refused one leaves nothing of its own behind.
  expect(readdirSync(dataDir)).toEqual(['stack.json']);
});

test('the lock of a process that is gone is taken over', async () => {
  writeState({ pid: 2 ** 22 + 1, identity: 'gone' });
  const lock = await lockDataDir(dataDir, 'stack', quiet);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
  expect(existsSync(file)).toBe(false);
});

test('a pid that was given to another process since does not count', async () => {
  writeState({ pid: await startStranger(), identity: 'an earlier process' });
  expect(findStack(dataDir)).toBeNull();
  (await lockDataDir(dataDir, 'stack', quiet)).release();
});

test('half a file, left by a full disk, does not lock anybody out', async () => {
  writeFileSync(file, '{"pid": 12');
  (await lockDataDir(dataDir, 'stack', quiet)).release();
});

test('processes that a killed supervisor left running are ended, strangers with the same pid are not', async () => {
  const left = await startStranger();
  const stranger = await startStranger();
  writeState({
    pid: 2 ** 22 + 1,
    identity: 'gone',
    children: [childRecord('worker', left), { ...childRecord('server', stranger), identity: 'another' }],
  });
  const said: string[] = [];
  (await lockDataDir(dataDir, 'stack', (line) => said.push(line))).release();
  expect(isAlive(left)).toBe(false);
  expect(isAlive(stranger)).toBe(true);
  expect(said).toEqual([`ending the worker that an earlier run left behind (pid ${left})`]);
});

test('a command that is over soon is waited for', async () => {
  const pid = await startStranger();
  writeState({ pid, identity: identityOf(pid), purpose: 'moment' });
  const waiting = lockDataDir(dataDir, 'stack', quiet);
  children[0]?.kill('SIGKILL');
  (await waiting).release();
});

test('the file may hold a password, so it is for its owner only', async () => {
  const lock = await lockDataDir(dataDir, 'stack', quiet);
  lock.update({ purpose: 'stack', startedAt: 'now', children: [] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  lock.release();
});

test('a zombie is dead', async () => {
  // The shell starts a child that ends at once and never asks for its end.
  const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 30']);
  children.push(parent);
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const zombie = Number(line.toString());
  await expect.poll(() => isAlive(zombie)).toBe(false);
});

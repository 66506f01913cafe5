import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * Runs `work` while nobody else in this checkout installs or builds: two that write the same folder ruin each other.
 * A lock whose process is gone counts for nothing.
 */
export async function alone(root, work) {
  const file = path.join(root, 'dist', '.lock');
  // build.mjs run by prepare.mjs is covered by its parent's lock.
  if (process.env.FEEDLYAI_BUILD_LOCK === file) return work();
  mkdirSync(path.dirname(file), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readOrEmpty(file));
    if (holder > 0 && isAlive(holder)) {
      if (!told) process.stderr.write(`[prepare] waiting for process ${holder}, which installs or builds here\n`);
      told = true;
      await delay(200);
    } else {
      rmSync(file, { force: true });
    }
  }
  process.env.FEEDLYAI_BUILD_LOCK = file;
  try {
    return await work();
  } finally {
    delete process.env.FEEDLYAI_BUILD_LOCK;
    rmSync(file, { force: true });
  }
}

const readOrEmpty = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

import { existsSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import { findStack, lockDataDir } from '../stack/stack-lock.js';
import { movedFolderIfAny } from '../stack/postgres-home.js';
import { endPostgresOn } from '../stack/postgres-lock-file.js';
import { endTemporalOn } from '../stack/temporal-server.js';
import { UserError } from '../stack/user-error.js';
import { t } from './messages/index.js';
import { say } from './say.js';

/** At least one of these is in every folder a stack has used. */
const MARKS = ['stack.json', 'postgres-password', 'temporal', 'assets'];

/** DATA_DIR is a variable, and variables get mistyped: a folder that is not ours is not ours to delete. */
const refuseForeignFolder = (dataDir: string): void => {
  const holds = (inner: string): boolean => !path.relative(dataDir, inner).startsWith('..');
  const entries = readdirSync(dataDir);
  if (
    !holds(packageRoot) &&
    !holds(os.homedir()) &&
    (entries.length === 0 || MARKS.some((mark) => entries.includes(mark)))
  ) {
    return;
  }
  throw new UserError(
    `${dataDir} does not look like a folder of ours: set DATA_DIR to the folder to remove, or delete it yourself.`,
  );
};

export async function clean(dataDir: string): Promise<string[]> {
  if (!existsSync(dataDir)) return [];
  refuseForeignFolder(dataDir);
  const stack = findStack(dataDir);
  if (stack) throw new UserError(`A stack runs on ${dataDir}: stop it first with "kill ${stack.pid}".`);
  const lock = await lockDataDir(dataDir, 'moment', say);
  const moved = movedFolderIfAny(dataDir);
  try {
    // What a killed supervisor left running would go on writing into deleted files.
    await endPostgresOn(path.join(moved ?? path.join(dataDir, 'postgres'), 'data'), say);
    await endTemporalOn(dataDir, say);
    const folders = [...(moved ? [moved] : []), dataDir];
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    return folders;
  } finally {
    lock.release();
  }
}

export const cleanCommand = (): Command =>
  new Command('clean').description(t.commands.clean).action(async () => {
    const { dataDir } = loadConfig();
    const removed = await clean(dataDir);
    for (const folder of removed) console.log(`removed ${folder}`);
    if (removed.length === 0) console.log(`nothing to remove: there is no ${dataDir}`);
  });

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { movedFolderIfAny } from '../../src/stack/postgres-home.js';

/** A DATA_DIR of the test's own that does not exist yet, in a folder that other users may walk into. */
export const makeDataDir = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'stack-system-'));
  chmodSync(folder, 0o755);
  return path.join(folder, 'data');
};

export const removeDataDir = (dataDir: string): void => {
  const moved = movedFolderIfAny(dataDir);
  for (const folder of [path.dirname(dataDir), ...(moved ? [moved] : [])]) {
    rmSync(folder, { recursive: true, force: true });
  }
};

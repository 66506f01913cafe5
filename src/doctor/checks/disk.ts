import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import path from 'node:path';
import { describeTrouble } from '../../diagnosis/system-facts.js';
import type { Finding } from '../../diagnosis/findings.js';
import type { Look } from '../check.js';

export const LIMITS = {
  /** A job leaves some megabytes: this is its end within the hour. */
  full: 200 * 2 ** 20,
  low: 2 * 2 ** 30,
};

/** May pictures and data be written, and is there room for them? */
export const lookAtDisk =
  (limits = LIMITS): Look<'disk'> =>
  async ({ assetsDir, dataDir }) => {
    const looks = await Promise.all([assetsDir, dataDir].map((folder) => lookAtFolder(folder, limits)));
    return {
      measured: {
        folders: looks.flatMap(({ folder, freeBytes }) => (freeBytes === null ? [] : [{ folder, freeBytes }])),
      },
      findings: looks.flatMap(({ findings }) => findings),
    };
  };

interface FolderSeen {
  folder: string;
  freeBytes: number | null;
  findings: Finding[];
}

async function lookAtFolder(folder: string, limits: typeof LIMITS): Promise<FolderSeen> {
  try {
    const existing = await firstThatExists(folder);
    const { bavail, bsize } = await statfs(existing);
    const freeBytes = bavail * bsize;
    await access(existing, constants.W_OK);
    const code = freeBytes < limits.full ? 'disk-full' : freeBytes < limits.low ? 'disk-low' : undefined;
    return { folder, freeBytes, findings: code ? [{ code, folder, freeBytes }] : [] };
  } catch (error) {
    const finding: Finding = { code: 'folder-not-writable', folder, trouble: describeTrouble(error) };
    return { folder, freeBytes: null, findings: [finding] };
  }
}

/** Folders are made when the first file comes; until then their parent decides. */
async function firstThatExists(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch (error) {
    const parent = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    return firstThatExists(parent);
  }
}

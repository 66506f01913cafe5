import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, realpath, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { AssetPathError, PREFIX, segmentsOf, spellingsOf } from './asset-url.js';

export { AssetPathError } from './asset-url.js';

const MAX_FILE_BYTES = 128 * 1024 * 1024;

/** The URL is well formed, but there is no such file. */
export class AssetMissingError extends Error {
  override readonly name = 'AssetMissingError';
}

export interface NewAsset {
  tenantId: string;
  /** Folder of the contract: `final`, `planner`, `forbidden_mask`, `generated`, … */
  kind: string;
  /** Name of the file without extension, usually the image_asset_id. */
  id: string;
  /** `png` or `.png`. */
  extension: string;
  bytes: Buffer;
  /** Its UTC day becomes part of the path. Pass the same moment on every attempt at one effect. */
  date: Date;
}

export interface AssetStore {
  /** Absolute folder that `/assets/` stands for. */
  readonly root: string;
  /**
   * Absolute path of an asset URL; nothing is opened.
   * @throws AssetPathError for everything that is not `/assets/<relative path staying under the root>`.
   */
  pathOf(url: string): string;
  /**
   * Where the file of an asset really lies, for those who send it on. Symbolic links are followed only within the root.
   * @throws as `read`.
   */
  locate(url: string): Promise<string>;
  /**
   * The bytes of an asset. Symbolic links are followed only within the root.
   * @throws AssetPathError when the URL leaves the root, AssetMissingError when there is no such file.
   */
  read(url: string): Promise<Buffer>;
  /**
   * Publishes a file once: written aside, synced, then linked under its final name. If the name exists, the first
   * one wins, its bytes stay, and `created` is false.
   */
  publish(file: NewAsset): Promise<{ url: string; path: string; created: boolean }>;
  /** The URL that a file gets when it is published. */
  urlOf(file: Omit<NewAsset, 'bytes'>): string;
  /**
   * Removes the file behind a URL; false when there is none (any more), or none that lies under the root.
   */
  remove(url: string): Promise<boolean>;
}

/** `root` is what `/assets/` stands for; files of ours lie under `<root>/<partName>/tenants/…` (UTC days). */
export const createAssetStore = (settings: { root: string; partName: string }): AssetStore => {
  const root = path.resolve(settings.root);

  const pathOf = (url: string): string => path.join(root, ...segmentsOf(url));

  const urlOf = ({ tenantId, kind, id, extension, date }: Omit<NewAsset, 'bytes'>): string => {
    const day = date.toISOString().slice(0, 10).split('-');
    const name = `${id}.${extension.replace(/^\./, '')}`;
    return PREFIX + [settings.partName, 'tenants', tenantFolder(tenantId), kind, ...day, name].join('/');
  };

  /** The first spelling under which there is a file; the first of all when there is none. */
  const existing = async (url: string): Promise<string> => {
    const places = spellingsOf(url).plain.map(pathOf);
    for (const place of places) if (await stat(place).catch(() => undefined)) return place;
    return places[0] as string;
  };

  const locate = async (url: string): Promise<string> => {
    // Found first: a rejection that nobody waits for yet, as when there is no root, would end the process.
    const found = await existing(url);
    const [realRoot, realFile] = await Promise.all([realpath(root), realpath(found)]);
    if (!realFile.startsWith(realRoot + path.sep)) throw new AssetPathError();
    const file = await stat(realFile);
    // A pipe or a device under the root would block or never end.
    if (!file.isFile() || file.size > MAX_FILE_BYTES) throw new AssetMissingError('Asset file cannot be read');
    return realFile;
  };

  return {
    root,
    pathOf,
    urlOf,

    locate: (url) => sortingErrors(() => locate(url)),

    read: (url) => sortingErrors(async () => readFile(await locate(url))),

    async publish({ bytes, ...name }) {
      const url = urlOf(name);
      const target = pathOf(url);
      const folder = path.dirname(target);
      await mkdir(folder, { recursive: true });
      const aside = path.join(folder, `.${randomUUID()}.part`);
      try {
        await writeSynced(aside, bytes);
        const created = await linkOnce(aside, target);
        if (created) await syncFolder(folder);
        return { url, path: target, created };
      } finally {
        await unlink(aside).catch(() => {});
      }
    },

    async remove(url) {
      try {
        const wanted = pathOf(url);
        // The folder is resolved, the last name is not: a link is removed, never what it leads to.
        const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(path.dirname(wanted))]);
        if (realFolder !== realRoot && !realFolder.startsWith(realRoot + path.sep)) return false;
        await unlink(path.join(realFolder, path.basename(wanted)));
        return true;
      } catch (error) {
        // Anything else (no permission, a folder in its place) must not pass for a file that is gone.
        if (error instanceof AssetPathError || isGone(error)) return false;
        throw error;
      }
    },
  };
};

/**
 * A tenant id as one folder name. Ordinary ids stay as they are; every other byte becomes `~` and two hex digits, so
 * that two tenants never share a folder. Ids too long for a file name end in a hash, marked by a double `~`.
 */
export const tenantFolder = (tenantId: string): string => {
  const safe = [...Buffer.from(tenantId, 'utf8')]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const plain = /[A-Za-z0-9_-]/.test(character) || (character === '.' && index > 0);
      return plain ? character : `~${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  if (safe === '') return '~';
  if (safe.length <= 120) return safe;
  return `${safe.slice(0, 40)}~~${createHash('sha256').update(tenantId).digest('hex')}`;
};

async function writeSynced(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** False when the name is taken. A hard link, unlike a rename, never replaces what is there. */
async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Without it a power failure may forget the name although the bytes are safe. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whatever keeps a file from being opened is one and the same to the outside. */
async function sortingErrors<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof AssetPathError || error instanceof AssetMissingError) throw error;
    if (isMissing(error)) throw new AssetMissingError('Asset file not found', { cause: error });
    throw error;
  }
}

const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );

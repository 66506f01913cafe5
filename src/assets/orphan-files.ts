import { opendir, readFile, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Pool } from '../db/pool.js';

export interface OrphanSweep {
  /** Only files not written to for so long, in milliseconds: a younger one's rows may still be on their way. */
  olderThanMs: number;
  /** Tells what would go, and leaves it there. */
  dryRun?: boolean;
}

export interface OrphanFiles {
  /** Files looked at, young ones included. */
  looked: number;
  /** URLs of the files that no row names; those that were removed, unless it was a dry run. */
  orphans: string[];
  bytes: number;
}

/** Files asked about in one statement. */
const BATCH = 500;

/**
 * Removes the files of our own part that no row names: what an attempt published before its transaction was refused,
 * and what was written aside by a process that died. Safe to run twice or beside another; parts of the assets folder
 * that belong to others (`ye`, `js`) are never entered.
 */
export async function sweepOrphanFiles(
  { pool, root, partName }: { pool: Pool; root: string; partName: string },
  { olderThanMs, dryRun = false }: OrphanSweep,
): Promise<OrphanFiles> {
  const before = Date.now() - olderThanMs;
  const found: OrphanFiles = { looked: 0, orphans: [], bytes: 0 };
  let batch: OldFile[] = [];
  const settleBatch = async (): Promise<void> => {
    for (const file of await withoutRow(pool, batch)) {
      if (!dryRun) await unlink(file.place).catch(ignoreMissing);
      found.orphans.push(file.url);
      found.bytes += file.size;
    }
    batch = [];
  };
  for await (const place of filesBelow(path.join(root, partName, 'tenants'))) {
    found.looked++;
    const { mtimeMs, size } = await stat(place).catch(() => ({ mtimeMs: Date.now(), size: 0 }));
    if (mtimeMs >= before) continue;
    batch.push({ place, size, url: `/assets/${path.relative(root, place).split(path.sep).join('/')}` });
    if (batch.length === BATCH) await settleBatch();
  }
  await settleBatch();
  return found;
}

interface OldFile {
  place: string;
  size: number;
  url: string;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  // A folder that is not there (yet, or any more) holds nothing.
  const entries = await opendir(folder).catch(ignoreMissing);
  if (!entries) return;
  for await (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(place);
    else if (entry.isFile()) yield place;
  }
}

async function withoutRow(pool: Pool, files: OldFile[]): Promise<OldFile[]> {
  if (files.length === 0) return [];
  const named = await Promise.all(files.map(namingUrl));
  const { rows } = await pool.query<{ url: string }>(
    `select u.url from unnest($1::text[]) as u (url)
      where not exists (select from image_assets a where a.image_url = u.url or a.mask_url = u.url)
        and not exists (select from yolo_runs y where y.forbidden_mask_url = u.url)
        and not exists (select from pipeline.detection_runs d where d.mask_url = u.url)
        and not exists (select from gen_runs g where g.plan_json_url = u.url)
        and not exists (select from pipeline.brands b where b.logo_url = u.url)`,
    [[...new Set(named)]],
  );
  const nameless = new Set(rows.map(({ url }) => url));
  return files.filter((_, index) => nameless.has(named[index] as string));
}

/** The URL by which rows know a file. A listing of detections has no row; it belongs to the mask that it names. */
const namingUrl = async ({ place, url }: OldFile): Promise<string> => {
  if (!url.endsWith('.json')) return url;
  try {
    const { forbidden_mask_url: mask } = JSON.parse(await readFile(place, 'utf8')) as { forbidden_mask_url?: unknown };
    return typeof mask === 'string' ? mask : url;
  } catch {
    return url;
  }
};

const ignoreMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

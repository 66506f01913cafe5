import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../config/package-root.js';
import { migrate } from '../db/migrate.js';
import { drawSampleDish, SAMPLE_DISHES } from '../generation/sample-dishes.js';
import { startEmbeddedPostgres } from '../stack/embedded-postgres.js';
import { movedFolderIfAny } from '../stack/postgres-home.js';
import { exitCodeAfter, onStopSignal } from '../stack/stop-signals.js';
import { UserError } from '../stack/user-error.js';
import { writeContactSheet } from './contact-sheet.js';
import { openQualityBench } from './quality-bench.js';
import type { PictureFormat } from '../generation/provider.js';
import { readBriefs, usualBrief } from './quality-briefs.js';
import { measurePhoto, type NamedPhoto, type PhotoBrief, type PhotoFigures } from './quality-figures.js';
import { readMarkedDishes } from './quality-truth.js';
import { costsTable, figuresTable, photosTable, type Summary, summarise, summaryLines } from './quality-verdict.js';
import { say } from './say.js';

export interface QualityOptions {
  photos?: string;
  /** On the drawn sample dishes, whatever photos there are. */
  drawn?: boolean;
  save?: string;
  /** JSON file of briefs by photo. */
  briefs?: string;
  formats?: PictureFormat[];
  everyDesign?: boolean;
}

/** Numbers only: the photos themselves are other people's. */
export const MARKED_DISHES = path.join(packageRoot, 'test', 'support', 'dish-outlines.json');
const USUAL_SHEET = path.join(packageRoot, '.data', 'quality');
const USUAL_PHOTOS = path.join(packageRoot, '..', 'shared', 'photos');

/** Measures finished advertisements of every photo and prints the figures. */
export async function runQuality({
  photos: folder,
  drawn = false,
  save = USUAL_SHEET,
  briefs: briefsFile,
  formats = ['square'],
  everyDesign = false,
}: QualityOptions): Promise<Summary> {
  const photos = drawn ? await drawnDishes() : await photosOf(folder);
  const dishes = await readMarkedDishes(MARKED_DISHES);
  const briefs = briefsFile === undefined ? new Map<string, PhotoBrief[]>() : await readBriefs(briefsFile);
  await mkdir(save, { recursive: true });
  const figures = await withThrowawayDatabase(async (databaseUrl, assetsDir) => {
    const bench = await openQualityBench({ databaseUrl, assetsDir });
    try {
      const measured: PhotoFigures[] = [];
      for (const [index, photo] of photos.entries()) {
        say(`${index + 1} of ${photos.length}: ${photo.name}`);
        for (const [turn, brief] of (briefs.get(photo.name) ?? [usualBrief(index)]).entries()) {
          const named = { ...photo, name: turn === 0 ? photo.name : `${turn + 1}-${photo.name}` };
          measured.push(await measurePhoto(bench, named, brief, dishes.get(photo.name), { formats, everyDesign }));
        }
      }
      console.log(costsTable(bench.costs.list()));
      return measured;
    } finally {
      await bench.close();
    }
  });
  await writeContactSheet(save, figures);
  const summary = summarise(figures);
  console.log(photosTable(figures));
  console.log(figuresTable(figures));
  for (const line of ['', ...summaryLines(summary)]) console.log(line);
  console.log(`contact sheet: ${path.join(save, 'index.html')}, ${path.join(save, 'contact-sheet.png')}`);
  return summary;
}

/** The folder named, else the usual one, else the drawn dishes. */
async function photosOf(folder: string | undefined): Promise<NamedPhoto[]> {
  const found = await photosIn(folder ?? USUAL_PHOTOS);
  if (found.length > 0) return found;
  if (folder) throw new UserError(`There are no JPEG, PNG, WebP, HEIC or AVIF photos in ${folder}.`);
  say('no photos at hand: measuring on the drawn sample dishes');
  return drawnDishes();
}

export async function photosIn(folder: string): Promise<NamedPhoto[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return Promise.all(
    names
      .filter((name) => /\.(jpe?g|png|webp|hei[cf]|avif)$/i.test(name))
      .sort()
      .map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })),
  );
}

export const drawnDishes = (): Promise<NamedPhoto[]> =>
  Promise.all(SAMPLE_DISHES.map(async ({ name }, index) => ({ name, bytes: await drawSampleDish(index) })));

/** A PostgreSQL of its own, gone afterwards: measuring leaves nothing in anybody's database. */
async function withThrowawayDatabase<T>(work: (url: string, assetsDir: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'feedlyai-quality-'));
  // As root, PostgreSQL runs as another user, who must be able to walk in.
  await chmod(folder, 0o755);
  const cleanUp = async (): Promise<void> => {
    const moved = movedFolderIfAny(folder);
    for (const made of [folder, ...(moved ? [moved] : [])]) await rm(made, { recursive: true, force: true });
  };
  const postgres = await startEmbeddedPostgres({ dataDir: folder, say, durable: false });
  onStopSignal(
    (signal) =>
      void postgres
        .stop()
        .then(cleanUp)
        .finally(() => process.exit(exitCodeAfter(signal) || 1)),
    () => postgres.kill(),
  );
  try {
    await migrate(postgres.url);
    return await work(postgres.url, path.join(folder, 'assets'));
  } finally {
    await postgres.stop();
    await cleanUp();
  }
}

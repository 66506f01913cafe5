import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { Claim } from '../../../activities/claims.js';
import { createJob, type CreatedJob, type NewJob } from '../../../src/admin/create-job.js';
import { type AssetStore, createAssetStore } from '../../../src/assets/asset-store.js';
import { createPool, type Pool } from '../../../src/db/pool.js';
import { createVariantClaims } from '../../../src/db/variant-claims.js';
import { createPictureMaker } from '../../../src/generation/picture-maker.js';
import type { ImageProvider } from '../../../src/generation/provider.js';
import { createTestDatabase } from '../../support/database.js';

export interface GenerationBench {
  /** A connection of the worker's and one of a foreigner's. */
  pool: Pool;
  foreign: Pool;
  url: string;
  assets: AssetStore;
  addJob(photos: Buffer[], more?: Partial<NewJob>): Promise<CreatedJob>;
  /** The claim of the next attempt at a variant's picture. */
  claim(jobId: string, variantId: string, generation?: number): Promise<Claim>;
  /** As an attempt that has failed for good. */
  fail(claim: Claim, reason: string): Promise<void>;
  /** A worker: makes pictures with a provider of its own. */
  worker(provider: ImageProvider, slots?: number): { make(claim: Claim, signal?: AbortSignal): Promise<void> };
  /** Every file below the assets folder, by its path there. */
  files(): string[];
  close(): Promise<void>;
}

export async function openGenerationBench(): Promise<GenerationBench> {
  const database = await createTestDatabase();
  const root = mkdtempSync(path.join(os.tmpdir(), 'generation-'));
  const log = pino({ level: 'silent' });
  const pool = createPool({ url: database.url, name: 'worker', writer: 'worker', size: 8, log });
  const foreign = createPool({ url: database.url, name: 'foreign', size: 4, log });
  const assets = createAssetStore({ root, partName: 'yh' });
  const claims = createVariantClaims(pool, {
    maxLostAttempts: 10,
    overlayTextGraceMs: 0,
    overlayTextPatienceMs: 0,
    picturePatienceMs: 60_000,
  });
  return {
    pool,
    foreign,
    url: database.url,
    assets,
    addJob: (photos, more = {}) =>
      createJob(foreign, { assetsDir: root, partName: 'yh', tenantId: 'shop', photos, variantsCount: 3, ...more }),
    async claim(jobId, variantId, generation = 1) {
      const answer = await claims.claim({ unitId: variantId, jobId, generation }, 'img_gen');
      if (answer.kind !== 'granted') throw new Error(`not granted: ${JSON.stringify(answer)}`);
      return answer.claim;
    },
    async fail(claim, reason) {
      await claims.fail(claim, reason);
    },
    worker(provider, slots = 2) {
      const maker = createPictureMaker({ pool, assets, provider, slots });
      return { make: (claim, signal = new AbortController().signal) => maker.make(claim, signal) };
    },
    files: () => readdirSync(root, { recursive: true, withFileTypes: true }).flatMap(nameOf(root)),
    async close() {
      await Promise.all([pool.end(), foreign.end()]);
      await database.drop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const nameOf = (root: string) => (entry: { isFile(): boolean; parentPath: string; name: string }) =>
  entry.isFile() ? [path.relative(root, path.join(entry.parentPath, entry.name))] : [];

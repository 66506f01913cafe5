import { once } from 'node:events';
import { pino } from 'pino';
import type { Claim } from '../../../activities/claims.js';
import { type AssetStore, createAssetStore } from '../../../src/assets/asset-store.js';
import { createPool } from '../../../src/db/pool.js';
import { createPictureMaker } from '../../../src/generation/picture-maker.js';
import { watchedProvider } from './watched-provider.js';

/** At which point it stops and says so; whoever started it kills it there or has it go on. */
export type DoomedAt = 'prepare' | 'generate' | 'canvas';

export interface DoomedOrder {
  url: string;
  assetsDir: string;
  claim: Claim;
  at: DoomedAt;
}

// A worker in a process of its own, which works at one picture.
const { url, assetsDir, claim, at } = JSON.parse(process.argv[2] as string) as DoomedOrder;
const stop = async (): Promise<void> => {
  process.send?.('there');
  await once(process, 'message');
};
const provider = watchedProvider();
if (at !== 'canvas') provider.before[at] = stop;
const real = createAssetStore({ root: assetsDir, partName: 'yh' });
const assets: AssetStore = {
  ...real,
  async publish(file) {
    if (at === 'canvas' && file.kind === 'canvas') await stop();
    return real.publish(file);
  },
};
const pool = createPool({ url, name: 'doomed', writer: 'worker', size: 4, log: pino({ level: 'silent' }) });
const maker = createPictureMaker({ pool, assets, provider, slots: 1 });
try {
  await maker.make({ ...claim, openedAt: new Date(claim.openedAt) }, new AbortController().signal);
  process.send?.('made');
} catch (error) {
  process.send?.(String(error));
}
process.exit();

import { parentPort, workerData } from 'node:worker_threads';
import type { Claim } from '../../activities/claims.js';
import { createAssetStore } from '../assets/asset-store.js';
import { createPool } from '../db/pool.js';
import { limitPictures } from '../imaging/picture.js';
import { createLogger } from '../log.js';
import { createLocalImageProvider } from './local-provider.js';
import { createPictureMaker } from './picture-maker.js';
import {
  failureWordsOf,
  type PictureAnswer,
  type PictureCall,
  type PictureThreadSettings,
} from './picture-thread-messages.js';

const port = parentPort;
if (!port) throw new Error('picture-thread.js runs as a thread only; call createThreadedPictureMaker');

const { database, assets, maxMegapixels, slots, logLevel } = workerData as PictureThreadSettings;
limitPictures(maxMegapixels);
// Its name begins as the worker's does: who must not run beside something is told by that.
const pool = createPool({
  ...database,
  name: 'worker-pictures',
  writer: 'worker',
  log: createLogger('worker', logLevel),
});
const provider = createLocalImageProvider();
const maker = createPictureMaker({ pool, assets: createAssetStore(assets), provider, slots });
const underWay = new Map<number, AbortController>();

port.on('message', (call: PictureCall) => {
  if (call.what === 'make') void make(call.id, call.claim);
  else if (call.what === 'abort') underWay.get(call.id)?.abort();
  else void pool.end().then(() => port.close());
});

async function make(id: number, claim: Claim): Promise<void> {
  const abort = new AbortController();
  underWay.set(id, abort);
  const answer: PictureAnswer = { id };
  try {
    await maker.make(claim, abort.signal);
  } catch (error) {
    answer.failure = failureWordsOf(error);
  } finally {
    underWay.delete(id);
  }
  port?.postMessage(answer);
}

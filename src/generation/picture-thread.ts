import { parentPort, workerData } from 'node:worker_threads';
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
const pool = createPool({
  url: database.url,
  name: 'pictures',
  writer: 'worker',
  publishOwnWrites: database.publishOwnWrites,
  size: database.poolSize,
  log: createLogger('worker', logLevel),
});
const maker = createPictureMaker({
  pool,
  assets: createAssetStore(assets),
  provider: createLocalImageProvider(),
  slots,
});
const underWay = new Map<number, AbortController>();

port.on('message', (call: PictureCall) => {
  if (call.what === 'make') void make(call.id, call.claim);
  else if (call.what === 'abort') underWay.get(call.id)?.abort();
  else void pool.end().then(() => port.close());
});

async function make(id: number, claim: Parameters<typeof maker.make>[0]): Promise<void> {
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

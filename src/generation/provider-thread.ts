import { parentPort, workerData } from 'node:worker_threads';
import { limitPictures } from '../imaging/picture.js';
import { wordsOf } from '../imaging/thread-errors.js';
import { createLocalImageProvider } from './local-provider.js';
import {
  type ProviderAnswer,
  type ProviderCall,
  type ProviderSettings,
  type ProviderWork,
  withBuffers,
} from './provider-messages.js';

const port = parentPort;
if (!port) throw new Error('provider-thread.js runs as a thread only; call createThreadedProvider');

limitPictures((workerData as ProviderSettings).maxMegapixels);
const provider = createLocalImageProvider();
const underWay = new Map<number, AbortController>();

port.on('message', (call: ProviderCall) => {
  if (call.what === 'abort') underWay.get(call.id)?.abort();
  else void answer(call.id, call);
});

async function answer(id: number, work: ProviderWork): Promise<void> {
  const abort = new AbortController();
  underWay.set(id, abort);
  try {
    const output = await carryOut(work, abort.signal);
    port?.postMessage({ id, ok: true, output } satisfies ProviderAnswer);
  } catch (error) {
    port?.postMessage({ id, ok: false, ...wordsOf(error) } satisfies ProviderAnswer);
  } finally {
    underWay.delete(id);
  }
}

function carryOut(work: ProviderWork, signal: AbortSignal): Promise<object> {
  if (work.what === 'generate') {
    const { request } = work;
    return provider.generate({ ...request, prepared: withBuffers(request.prepared) }, signal);
  }
  const { photo, hint } = withBuffers(work);
  return provider.prepare(photo as Buffer, { signal, ...(hint && { hint }) });
}

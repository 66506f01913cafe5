import { parentPort, workerData } from 'node:worker_threads';
import { limitPictures } from '../imaging/picture.js';
import { createLocalImageProvider } from './local-provider.js';
import { type ProviderAnswer, type ProviderCall, type ProviderSettings, withBuffers } from './provider-messages.js';

const port = parentPort;
if (!port) throw new Error('provider-thread.js runs as a thread only; call createThreadedProvider');

limitPictures((workerData as ProviderSettings).maxMegapixels);
const provider = createLocalImageProvider();
const underWay = new Map<number, AbortController>();

port.on('message', (call: ProviderCall) => {
  if (call.what === 'abort') underWay.get(call.id)?.abort();
  else void answer(call);
});

async function answer(call: Exclude<ProviderCall, { what: 'abort' }>): Promise<void> {
  const { id } = call;
  const abort = new AbortController();
  underWay.set(id, abort);
  try {
    const output = await carryOut(call, abort.signal);
    port?.postMessage({ id, ok: true, output } satisfies ProviderAnswer);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    port?.postMessage({ id, ok: false, name, message } satisfies ProviderAnswer);
  } finally {
    underWay.delete(id);
  }
}

function carryOut(call: Exclude<ProviderCall, { what: 'abort' }>, signal: AbortSignal): Promise<object> {
  if (call.what === 'generate') {
    const { request } = call;
    return provider.generate({ ...request, prepared: withBuffers(request.prepared) }, signal);
  }
  const { photo, hint } = withBuffers(call);
  return provider.prepare(photo as Buffer, { signal, ...(hint && { hint }) });
}

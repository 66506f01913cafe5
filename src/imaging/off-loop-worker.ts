import { parentPort } from 'node:worker_threads';
import { type ErrorWords, wordsOf } from './thread-errors.js';

/** What a thread is told: which exported function of which module, and what to give it. */
export interface OffLoopOrder {
  moduleUrl: string;
  exportName: string;
  input: unknown;
}

export type OffLoopAnswer = { ok: true; output: unknown } | ({ ok: false } & ErrorWords);

const port = parentPort;
if (!port) throw new Error('off-loop-worker.js runs as a thread only; call runOffLoop');

port.on('message', async ({ moduleUrl, exportName, input }: OffLoopOrder) => {
  try {
    const module = (await import(moduleUrl)) as Record<string, unknown>;
    const work = module[exportName];
    if (typeof work !== 'function') throw new TypeError(`${moduleUrl} exports no function ${exportName}`);
    const output: unknown = await work(input);
    port.postMessage({ ok: true, output } satisfies OffLoopAnswer, wholeBuffersIn(output));
  } catch (error) {
    port.postMessage({ ok: false, ...wordsOf(error) } satisfies OffLoopAnswer);
  }
});

/** Buffers of typed arrays in the result, or one level below, that no other view shares: these can be moved. */
function wholeBuffersIn(output: unknown): ArrayBuffer[] {
  const values = typeof output === 'object' && output !== null ? [output, ...Object.values(output)] : [];
  const buffers = new Set<ArrayBuffer>();
  for (const value of values) {
    if (!ArrayBuffer.isView(value) || !(value.buffer instanceof ArrayBuffer)) continue;
    // A view of a part is one of several, for example of a library's memory.
    if (value.byteLength === value.buffer.byteLength) buffers.add(value.buffer);
  }
  return [...buffers];
}

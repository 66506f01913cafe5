import { parentPort } from 'node:worker_threads';

/** What a thread is told: which exported function of which module, and what to give it. */
export interface OffLoopOrder {
  moduleUrl: string;
  exportName: string;
  input: unknown;
}

export type OffLoopAnswer = { ok: true; output: unknown } | { ok: false; name: string; message: string };

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
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
    port.postMessage({ ok: false, name, message } satisfies OffLoopAnswer);
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

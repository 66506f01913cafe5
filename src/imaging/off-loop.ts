import { availableParallelism } from 'node:os';
import { OffLoopThread, type OffLoopOptions } from './off-loop-thread.js';
import type { OffLoopOrder } from './off-loop-worker.js';

/*
 * Long computing in threads beside the event loop, which must stay free for heartbeats. A thread that takes too long,
 * crashes or runs out of memory ends alone, and the next call gets a new one. Not for sharp: it has threads of its own,
 * and multiplies them with ours.
 */

const MOST_THREADS = Math.min(2, availableParallelism());

interface Call {
  order: OffLoopOrder;
  options: OffLoopOptions;
  settle: (outcome: Promise<unknown>) => void;
}

const waiting: Call[] = [];
const threads = new Set<OffLoopThread>();

/**
 * Calls `exportName` of the module at `moduleUrl` with `input` in a thread and hands back what it returns or resolves
 * to. Both ways are copied as by `structuredClone`, but typed arrays in the result that own their whole buffer are
 * moved: the function must not keep them.
 * @throws what the function throws (an Error of its name and message), OffLoopTimeout, OffLoopCrash, and the signal's
 * reason when it is aborted.
 */
export async function runOffLoop<Input, Output>(
  moduleUrl: string | URL,
  exportName: string,
  input: Input,
  options: OffLoopOptions,
): Promise<Output> {
  const { signal } = options;
  signal?.throwIfAborted();
  const outcome = new Promise<unknown>((resolve) => {
    const call: Call = { order: { moduleUrl: String(moduleUrl), exportName, input }, options, settle: resolve };
    waiting.push(call);
    const leave = (): void => {
      const place = waiting.indexOf(call);
      // Once a thread has the call, the thread listens to the signal.
      if (place >= 0) waiting.splice(place, 1)[0]?.settle(Promise.reject(signal?.reason));
    };
    signal?.addEventListener('abort', leave, { once: true });
    serveWaiting();
  });
  return outcome as Promise<Output>;
}

/** Ends all threads; calls under way reject with OffLoopCrash. A later call starts new ones. */
export async function closeOffLoop(): Promise<void> {
  await Promise.all([...threads].map((thread) => thread.end()));
}

function serveWaiting(): void {
  if (waiting.length === 0) return;
  const thread = freeThread();
  if (!thread) return;
  const call = waiting.shift() as Call;
  const outcome = thread.run(call.order, call.options);
  call.settle(outcome);
  const goOn = (): void => {
    if (thread.isSpent) threads.delete(thread);
    serveWaiting();
  };
  outcome.then(goOn, goOn);
  serveWaiting();
}

function freeThread(): OffLoopThread | undefined {
  for (const thread of threads) {
    if (thread.isSpent) threads.delete(thread);
    else if (!thread.isBusy) return thread;
  }
  if (threads.size >= MOST_THREADS) return undefined;
  const thread = new OffLoopThread();
  threads.add(thread);
  return thread;
}

export { OffLoopCrash, type OffLoopOptions, OffLoopTimeout } from './off-loop-thread.js';

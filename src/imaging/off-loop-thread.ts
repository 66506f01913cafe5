import { Worker } from 'node:worker_threads';
import type { OffLoopAnswer, OffLoopOrder } from './off-loop-worker.js';
import { threadEntry } from './thread-entry.js';
import { errorOf } from './thread-errors.js';

/** WebAssembly memory grows and never shrinks: a thread that has done so much is exchanged for a fresh one. */
const MOST_CALLS = 100;
/** JavaScript heap of one thread; what a library allocates in WebAssembly comes on top. */
const MOST_HEAP_MB = 384;

const ENTRY = threadEntry(new URL('./off-loop-worker.js', import.meta.url));

/** The call took longer than it may; its thread was ended in the middle of it. */
export class OffLoopTimeout extends Error {
  override readonly name = 'OffLoopTimeout';
}

/** The thread ended under the call: out of memory, or the library in it gave up. */
export class OffLoopCrash extends Error {
  override readonly name = 'OffLoopCrash';
}

export interface OffLoopOptions {
  /** Milliseconds from the moment a thread begins with the call. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** Buffers of the input that are moved instead of copied; the caller's views of them are empty afterwards. */
  transfer?: readonly ArrayBuffer[];
}

/** One thread, one call at a time. */
export class OffLoopThread {
  isBusy = false;
  /** No further calls: it ended, or has done its share. */
  isSpent = false;
  private calls = 0;
  private readonly worker = new Worker(ENTRY, { resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB } });

  constructor() {
    this.worker.once('exit', () => {
      this.isSpent = true;
    });
    // An idle thread that breaks concerns nobody; without a listener it would end the process.
    this.worker.on('error', () => {});
    this.worker.unref();
  }

  /** @throws OffLoopTimeout, OffLoopCrash, the signal's reason, or an Error with the name and words of the function's. */
  async run(order: OffLoopOrder, options: OffLoopOptions): Promise<unknown> {
    this.isBusy = true;
    this.calls += 1;
    // A process stays alive for what it computes, not for threads that wait.
    this.worker.ref();
    let answer: OffLoopAnswer;
    try {
      answer = await this.answerTo(order, options);
    } catch (error) {
      // Whatever it is doing now, nobody waits for it any more.
      await this.end();
      throw error;
    }
    this.worker.unref();
    this.isBusy = false;
    if (this.calls >= MOST_CALLS) await this.end();
    if (answer.ok) return answer.output;
    throw errorOf(answer);
  }

  async end(): Promise<void> {
    this.isSpent = true;
    await this.worker.terminate();
  }

  private answerTo(order: OffLoopOrder, { timeoutMs, signal, transfer }: OffLoopOptions): Promise<OffLoopAnswer> {
    const { worker } = this;
    const done = new AbortController();
    return new Promise<OffLoopAnswer>((resolve, reject) => {
      const what = order.exportName;
      const onMessage = (answer: OffLoopAnswer): void => resolve(answer);
      const onError = (error: Error): void => reject(new OffLoopCrash(`${what} crashed: ${error.message}`));
      const onExit = (): void => reject(new OffLoopCrash(`${what} ended with its thread`));
      const timer = setTimeout(
        () => reject(new OffLoopTimeout(`${what} took longer than ${timeoutMs} ms and was stopped`)),
        timeoutMs,
      );
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { signal: done.signal });
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      done.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      });
      worker.postMessage(order, [...(transfer ?? [])]);
    }).finally(() => done.abort());
  }
}

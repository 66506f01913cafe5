import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Claim } from '../../activities/claims.js';
import type { PictureMaker } from '../../activities/picture.js';
import { OffLoopCrash } from '../imaging/off-loop.js';
import { threadEntry } from '../imaging/thread-entry.js';
import {
  failureOf,
  type PictureAnswer,
  type PictureCall,
  type PictureThreadSettings,
} from './picture-thread-messages.js';

export interface ThreadedPictureMaker extends PictureMaker {
  /** Lets go of the thread's connections. Nothing may be under way any more. */
  close(): Promise<void>;
}

/**
 * The picture maker in one thread of its own, which serves all slots: rows, files and pixels. A picture leaves megabytes
 * behind at every step. Were they to pass through the worker's main thread, each would have its whole heap collected,
 * and heartbeats would wait for that. A thread that breaks fails the pictures it was making (OffLoopCrash); the next
 * picture starts another thread.
 */
export function createThreadedPictureMaker(
  settings: PictureThreadSettings,
  module = new URL('./picture-thread.js', import.meta.url),
): ThreadedPictureMaker {
  const entry = threadEntry(module);
  let thread: PictureThread | undefined;
  return {
    make(claim, signal) {
      if (!thread || thread.hasEnded) thread = new PictureThread(entry, settings);
      return thread.make(claim, signal);
    },
    close: async () => thread?.close(),
  };
}

interface Waiting {
  resolve: () => void;
  reject: (error: Error) => void;
}

class PictureThread {
  hasEnded = false;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(entry: URL, settings: PictureThreadSettings) {
    this.worker = new Worker(entry, { workerData: settings });
    this.worker.on('message', (answer: PictureAnswer) => this.settle(answer));
    this.worker.on('error', (error) => this.fail(`the picture thread crashed: ${error.message}`));
    this.worker.on('exit', () => this.fail('the picture thread ended under its work'));
    this.worker.unref();
  }

  async make(claim: Claim, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const id = ++this.lastId;
    const abort = (): void => this.post({ what: 'abort', id });
    signal.addEventListener('abort', abort, { once: true });
    // A process stays alive for what it computes, not for a thread that waits.
    this.worker.ref();
    try {
      await new Promise<void>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        this.post({ what: 'make', id, claim });
      });
    } catch (error) {
      // The thread has stopped; why, is the caller's word.
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.worker.unref();
    }
  }

  async close(): Promise<void> {
    if (this.hasEnded) return;
    const exit = once(this.worker, 'exit');
    this.worker.ref();
    this.post({ what: 'close' });
    await exit;
  }

  private post(call: PictureCall): void {
    this.worker.postMessage(call);
  }

  private settle({ id, failure }: PictureAnswer): void {
    const call = this.waiting.get(id);
    if (failure) call?.reject(failureOf(failure));
    else call?.resolve();
  }

  private fail(reason: string): void {
    this.hasEnded = true;
    for (const { reject } of this.waiting.values()) reject(new OffLoopCrash(reason));
  }
}

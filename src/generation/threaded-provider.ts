import { Worker } from 'node:worker_threads';
import { OffLoopCrash } from '../imaging/off-loop.js';
import { UnreadableImageError } from '../imaging/picture.js';
import { threadEntry } from '../imaging/thread-entry.js';
import { type ErrorWords, errorOf } from '../imaging/thread-errors.js';
import type { GeneratedPicture, ImageProvider, PreparedPhoto } from './provider.js';
import {
  type ProviderAnswer,
  type ProviderCall,
  type ProviderSettings,
  type ProviderWork,
  withBuffers,
} from './provider-messages.js';

export interface ThreadedProviderSettings extends ProviderSettings {
  /** The thread's code. */
  module?: URL;
}

/**
 * The local provider in one thread of its own, which serves all calls. Pictures leave megabytes behind at every step:
 * made in the worker's main thread, each would have the whole worker's heap collected, and heartbeats would wait for it. A thread that breaks fails the calls it had (OffLoopCrash); the next call starts another.
 */
export function createThreadedProvider({ module, ...settings }: ThreadedProviderSettings): ImageProvider {
  const entry = threadEntry(module ?? new URL('./provider-thread.js', import.meta.url));
  let thread: ProviderThread | undefined;
  const ask = (work: ProviderWork, signal: AbortSignal | undefined): Promise<object> => {
    if (!thread || thread.hasEnded) thread = new ProviderThread(entry, settings);
    return thread.ask(work, signal);
  };
  return {
    prepare: async (photo, { hint, signal }) =>
      (await ask({ what: 'prepare', photo, ...(hint && { hint }) }, signal)) as PreparedPhoto,
    generate: async (request, signal) => (await ask({ what: 'generate', request }, signal)) as GeneratedPicture,
  };
}

interface Waiting {
  resolve: (output: object) => void;
  reject: (error: Error) => void;
}

class ProviderThread {
  hasEnded = false;
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(entry: URL, settings: ProviderSettings) {
    this.worker = new Worker(entry, { workerData: settings });
    this.worker.on('message', (answer: ProviderAnswer) => this.settle(answer));
    this.worker.on('error', (error) => this.fail(`the picture thread crashed: ${error.message}`));
    this.worker.on('exit', () => this.fail('the picture thread ended under its work'));
    this.worker.unref();
  }

  async ask(work: ProviderWork, signal: AbortSignal | undefined): Promise<object> {
    signal?.throwIfAborted();
    const id = ++this.lastId;
    const post = (call: ProviderCall): void => this.worker.postMessage(call);
    const abort = (): void => post({ id, what: 'abort' });
    signal?.addEventListener('abort', abort, { once: true });
    // A process stays alive for what it computes, not for a thread that waits.
    this.worker.ref();
    try {
      return await new Promise<object>((resolve, reject) => {
        this.waiting.set(id, { resolve, reject });
        post({ id, ...work });
      });
    } catch (error) {
      // The thread has stopped; why, is the caller's word.
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.worker.unref();
    }
  }

  private settle(answer: ProviderAnswer): void {
    const call = this.waiting.get(answer.id);
    if (answer.ok) call?.resolve(withBuffers(answer.output));
    else call?.reject(refusalOf(answer));
  }

  private fail(reason: string): void {
    this.hasEnded = true;
    for (const { reject } of this.waiting.values()) reject(new OffLoopCrash(reason));
  }
}

/** Whoever asked tells a photo that cannot be used by its class. */
const refusalOf = (words: ErrorWords): Error =>
  words.name === UnreadableImageError.name ? new UnreadableImageError(words.message) : errorOf(words);

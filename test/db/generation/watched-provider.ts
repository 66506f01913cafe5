import { createLocalImageProvider } from '../../../src/generation/local-provider.js';
import type { ImageProvider } from '../../../src/generation/provider.js';

/** The real provider, with what was asked of it counted and, where a test says so, held back. */
export interface WatchedProvider extends ImageProvider {
  prepared: Parameters<ImageProvider['prepare']>[];
  generated: Parameters<ImageProvider['generate']>[];
  /** Awaited in front of the real call; throws to fail it. */
  before: { prepare(): Promise<void> | void; generate(): Promise<void> | void };
}

export const watchedProvider = (): WatchedProvider => {
  const real = createLocalImageProvider();
  const watched: WatchedProvider = {
    prepared: [],
    generated: [],
    before: { prepare: () => {}, generate: () => {} },
    async prepare(...call) {
      watched.prepared.push(call);
      await watched.before.prepare();
      return real.prepare(...call);
    },
    async generate(...call) {
      watched.generated.push(call);
      await watched.before.generate();
      return real.generate(...call);
    },
  };
  return watched;
};

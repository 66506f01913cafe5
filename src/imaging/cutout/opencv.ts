import { createRequire } from 'node:module';
import type * as OpenCv from '@techstark/opencv-js';

export type Cv = typeof OpenCv;

/** What OpenCV allocates outside of JavaScript's memory and never frees by itself. */
interface Native {
  delete(): void;
}

let loading: Promise<Cv> | null = null;

/** OpenCV as WebAssembly: about 0.4 s and 120 MB at the first call in a thread, nothing later. */
export function loadOpenCv(): Promise<Cv> {
  // The package exports a promise; required, it stays one, while importing it makes a module out of it that is none.
  loading ??= createRequire(import.meta.url)('@techstark/opencv-js') as Promise<Cv>;
  return loading;
}

/** Runs work with a `keep` that notes native objects, and frees every one of them however the work ends. */
export function withNative<T>(work: (keep: <N extends Native>(object: N) => N) => T): T {
  const kept: Native[] = [];
  try {
    return work((object) => {
      kept.push(object);
      return object;
    });
  } finally {
    for (const object of kept.reverse()) object.delete();
  }
}

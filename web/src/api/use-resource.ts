import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from './client.js';

export interface Resource<T> {
  data: T | undefined;
  /** What went wrong at the last look; data that was there before stays. */
  error: ApiError | undefined;
  /** Looks again; looks that come while one is under way are one. */
  refresh(): void;
  /** Changes what is shown until the next look. */
  patch(change: (data: T) => T): void;
}

/** Something the server has, fetched when `key` changes and when asked. */
export function useResource<T>(key: string, fetchIt: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [shown, setShown] = useState<{ key: string; data?: T; error?: ApiError }>({ key });
  const state = useRef<{ running?: AbortController; again: boolean }>({ again: false });
  const fetchNow = useRef(fetchIt);
  fetchNow.current = fetchIt;

  const look = useCallback(() => {
    const { current } = state;
    if (current.running) {
      current.again = true;
      return;
    }
    const running = new AbortController();
    current.running = running;
    current.again = false;
    const finish = (change: (before: typeof shown) => typeof shown): void => {
      if (running.signal.aborted) return;
      delete current.running;
      setShown(change);
      if (current.again) look();
    };
    fetchNow.current(running.signal).then(
      (data) => finish(() => ({ key, data })),
      (error: unknown) =>
        finish((before) => ({
          ...(before.key === key ? before : { key }),
          error: error instanceof ApiError ? error : new ApiError(0, String(error)),
        })),
    );
  }, [key]);

  useEffect(() => {
    look();
    return () => {
      state.current.running?.abort();
      delete state.current.running;
    };
  }, [look]);

  const patch = useCallback((change: (data: T) => T) => {
    setShown((before) => (before.data === undefined ? before : { ...before, data: change(before.data) }));
  }, []);

  const isCurrent = shown.key === key;
  return {
    data: isCurrent ? shown.data : undefined,
    error: isCurrent ? shown.error : undefined,
    refresh: look,
    patch,
  };
}

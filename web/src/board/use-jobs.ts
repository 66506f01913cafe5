import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks';
import { api, ApiError, type JobQuery } from '../api/client.js';
import { listen } from '../api/live.js';
import type { RowChange } from '../api/types.js';
import { type JobList, NOTHING, withChanges, withNext, withOlder } from './job-list.js';

const PAGE = 60;
/** The most the server gives at once. */
const MOST = 200;
/** Changes of jobs that are not shown come in crowds; they are one reason to look again. */
const GATHER_MS = 700;
/** Some signs of trouble are only that time goes by: nothing announces them. */
const RECHECK_MS = 60_000;

export interface Jobs extends JobList {
  hasMore: boolean;
  isLoading: boolean;
  error: ApiError | undefined;
  refresh(): void;
  more(): void;
}

/** What was shown last, by query: who comes back from a job or to a tab finds the list where it was. */
const remembered = new Map<string, JobList>();
const REMEMBERED = 6;

interface Now {
  key: string;
  list: JobList;
  isLoading: boolean;
  error: ApiError | undefined;
}

const begin = (key: string): Now => ({ key, list: remembered.get(key) ?? NOTHING, isLoading: true, error: undefined });

/** The jobs of a query, page by page, kept up to date by the event stream without asking again. */
export function useJobs(query: JobQuery): Jobs {
  const key = JSON.stringify(query);
  const now = useRef<Now>(undefined);
  if (now.current?.key !== key) now.current = begin(key);
  const shown = now.current;
  const [, render] = useReducer((n: number) => n + 1, 0);
  const looks = useRef<Looks>(undefined);

  useEffect(() => {
    const set = (part: Partial<Now>): void => {
      Object.assign(shown, part);
      remember(key, shown.list);
      render(undefined);
    };
    const current = startLooks(query, shown, set);
    looks.current = current;
    current.refresh();
    const stopFollowing = follow(query, shown, current.refresh, (changes) =>
      set({ list: { ...shown.list, items: withChanges(shown.list.items, changes) } }),
    );
    const recheck = window.setInterval(() => !document.hidden && current.refresh(), RECHECK_MS);
    return () => {
      clearInterval(recheck);
      stopFollowing();
      current.stop();
    };
  }, [key]);

  return {
    ...shown.list,
    hasMore: shown.list.next !== null,
    isLoading: shown.isLoading,
    error: shown.error,
    refresh: useCallback(() => looks.current?.refresh(), []),
    more: useCallback(() => looks.current?.more(), []),
  };
}

function remember(key: string, list: JobList): void {
  remembered.delete(key);
  remembered.set(key, list);
  const oldest = remembered.keys().next().value;
  if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

interface Looks {
  refresh(): void;
  more(): void;
  stop(): void;
}

/** One look at a time, each wanted one for sure: a refresh never takes the place of the next page, nor the other way. */
function startLooks(query: JobQuery, shown: Now, set: (part: Partial<Now>) => void): Looks {
  const controller = new AbortController();
  const { signal } = controller;
  const wanted = new Set<'refresh' | 'more'>();
  let isRunning = false;

  const ask = (limit: number, cursor?: string) =>
    api.jobs({ ...query, limit: String(limit), ...(cursor !== undefined && { cursor }) }, signal);
  const look = async (what: 'refresh' | 'more'): Promise<JobList> => {
    const { items, next } = shown.list;
    if (what === 'refresh') return withOlder(await ask(Math.min(MOST, Math.max(PAGE, items.length))), shown);
    return next === null ? shown.list : withNext(await ask(PAGE, next), shown);
  };
  const want = async (what: 'refresh' | 'more'): Promise<void> => {
    wanted.add(what);
    if (isRunning) return;
    isRunning = true;
    set({ isLoading: true });
    for (const next of wanted) {
      wanted.delete(next);
      try {
        const list = await look(next);
        if (signal.aborted) return;
        set({ list, error: undefined });
      } catch (problem) {
        if (signal.aborted) return;
        set({ error: problem instanceof ApiError ? problem : new ApiError(0, String(problem)) });
      }
    }
    isRunning = false;
    set({ isLoading: false });
  };
  return {
    refresh: () => void want('refresh'),
    more: () => {
      if (shown.list.next !== null) void want('more');
    },
    stop: () => controller.abort(),
  };
}

/** Changes of jobs that are shown are applied, a frame's worth at once; others are a reason to look again. */
function follow(query: JobQuery, shown: Now, refresh: () => void, apply: (changes: RowChange[]) => void): () => void {
  let changes: RowChange[] = [];
  let frame = 0;
  let gathering = 0;
  const stop = listen({
    onSnapshot: refresh,
    onChange(change) {
      if (shown.list.items.some(({ jobId }) => jobId === change.jobId)) {
        changes.push(change);
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          const news = changes;
          changes = [];
          apply(news);
        });
      } else if (mayBelong(query, change)) {
        gathering ||= window.setTimeout(() => {
          gathering = 0;
          refresh();
        }, GATHER_MS);
      }
    },
  });
  return () => {
    stop();
    clearTimeout(gathering);
    cancelAnimationFrame(frame);
  };
}

/** Whether a change of a job that is not shown could bring it into this list. */
function mayBelong(query: JobQuery, { status, step, tenantId, variantId }: RowChange): boolean {
  if (query.tenantId && query.tenantId !== tenantId) return false;
  if (query.needsAttention) return status === 'failed';
  if (query.underWay) return variantId !== null && status !== 'failed' && !(step === 'iou_eval' && status === 'done');
  if (query.status) return variantId === null && status === query.status && step === query.stage;
  return true;
}

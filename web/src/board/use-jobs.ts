import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { api, ApiError, type JobQuery } from '../api/client.js';
import { listen } from '../api/live.js';
import type { JobSummary, RowChange } from '../api/types.js';

const PAGE = 60;
/** The most the server gives at once. */
const MOST = 200;
/** Changes of jobs that are not shown come in crowds; they are one reason to look again. */
const GATHER_MS = 700;
/** Some signs of trouble are only that time goes by: nothing announces them. */
const RECHECK_MS = 60_000;

export interface Jobs {
  items: JobSummary[];
  hasMore: boolean;
  isLoading: boolean;
  error: ApiError | undefined;
  refresh(): void;
  more(): void;
}

interface Shown {
  items: JobSummary[];
  next: string | null;
}

/** For which query something is shown: what was there for another one is not. */
interface Held {
  key: string;
  shown: Shown;
}

const NOTHING: Shown = { items: [], next: null };
/** What was shown last, by query: who comes back from a job finds the list where it was. */
let remembered: Held | undefined;

/** The jobs of a query, page by page, kept up to date by the event stream without asking again. */
export function useJobs(query: JobQuery): Jobs {
  const key = JSON.stringify(query);
  const [held, setHeld] = useState<Held>(remembered ?? { key, shown: NOTHING });
  const shown = held.key === key ? held.shown : NOTHING;
  if (shown !== NOTHING) remembered = held;
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<ApiError>();
  // What callbacks of timers and streams look at: the newest, not what was shown when they were made.
  const latest = useRef(shown);
  latest.current = shown;
  const running = useRef<AbortController>(null);

  const setShown = useCallback(
    (change: (before: Shown) => Shown) =>
      setHeld((before) => ({ key, shown: change(before.key === key ? before.shown : NOTHING) })),
    [key],
  );

  const look = useCallback(
    async (paging: { limit: number; cursor?: string }, merge: (before: Shown, page: Shown) => Shown) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setLoading(true);
      try {
        const page = await api.jobs({ ...query, ...paging, limit: String(paging.limit) }, controller.signal);
        if (controller.signal.aborted) return;
        setShown((before) => merge(before, page));
        setError(undefined);
      } catch (problem) {
        if (controller.signal.aborted) return;
        setError(problem instanceof ApiError ? problem : new ApiError(0, String(problem)));
      }
      setLoading(false);
    },
    [key],
  );

  const refresh = useCallback(() => {
    const count = latest.current.items.length;
    void look({ limit: Math.min(MOST, Math.max(PAGE, count)) }, withOlder);
  }, [look]);

  useEffect(() => {
    refresh();
    const changes: RowChange[] = [];
    let frame = 0;
    let gathering = 0;
    const apply = (): void => {
      frame = 0;
      const news = changes.splice(0);
      setShown(({ items, next }) => ({ items: withChanges(items, news), next }));
    };
    const stop = listen({
      onSnapshot: refresh,
      onChange(change) {
        if (latest.current.items.some(({ jobId }) => jobId === change.jobId)) {
          changes.push(change);
          frame ||= requestAnimationFrame(apply);
        } else if (mayBelong(query, change)) {
          gathering ||= window.setTimeout(() => {
            gathering = 0;
            refresh();
          }, GATHER_MS);
        }
      },
    });
    const recheck = window.setInterval(() => !document.hidden && refresh(), RECHECK_MS);
    return () => {
      stop();
      clearInterval(recheck);
      clearTimeout(gathering);
      cancelAnimationFrame(frame);
      running.current?.abort();
    };
  }, [key]);

  const more = useCallback(() => {
    const { next } = latest.current;
    if (next !== null) void look({ limit: PAGE, cursor: next }, withNext);
  }, [look]);

  return {
    items: shown.items,
    hasMore: shown.next !== null,
    isLoading: isLoading || held.key !== key,
    error,
    refresh,
    more,
  };
}

/** A newer first page; what was scrolled to beyond it stays below, so that nothing jumps. */
function withOlder(before: Shown, page: Shown): Shown {
  const oldest = page.items.at(-1)?.createdAt;
  if (page.next === null || oldest === undefined) return page;
  const beyond = before.items.filter(({ createdAt }) => createdAt < oldest);
  return beyond.length === 0 ? page : { items: [...page.items, ...beyond], next: before.next };
}

function withNext(before: Shown, page: Shown): Shown {
  const known = new Set(before.items.map(({ jobId }) => jobId));
  return { items: [...before.items, ...page.items.filter(({ jobId }) => !known.has(jobId))], next: page.next };
}

function withChanges(items: JobSummary[], changes: RowChange[]): JobSummary[] {
  const byJob = Map.groupBy(changes, ({ jobId }) => jobId);
  return items.map((job) => (byJob.get(job.jobId) ?? []).reduce(withChange, job));
}

function withChange(job: JobSummary, change: RowChange): JobSummary {
  const { step, status, reason, retryCount, pictureUrl, selected } = change;
  if (change.variantId === null) return { ...job, step, status, reason, retryCount, updatedAt: change.updatedAt };
  const variants = job.variants.map((variant) =>
    variant.variantId === change.variantId
      ? { ...variant, step, status, reason, retryCount, pictureUrl, selected }
      : variant,
  );
  return { ...job, variants };
}

/** Whether a change of a job that is not shown could bring it into this list. */
function mayBelong(query: JobQuery, { status, step, tenantId, variantId }: RowChange): boolean {
  if (query.tenantId && query.tenantId !== tenantId) return false;
  if (query.needsAttention) return status === 'failed';
  if (query.underWay) return variantId !== null && status !== 'failed' && !(step === 'iou_eval' && status === 'done');
  if (query.status) return variantId === null && status === query.status && step === query.stage;
  return true;
}

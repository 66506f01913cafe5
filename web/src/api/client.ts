import type { Brand, BrandAnswer, Brief, Format, Idea, PhotoAdvice, Post, Understanding } from './making-types.js';
import type {
  CreationAnswer,
  Design,
  Health,
  Intake,
  IntakeAnswer,
  JobAnswer,
  JobDetail,
  JobPage,
  Layers,
  ManyAnswer,
  Queue,
  Session,
  Tone,
  VariantAnswer,
} from './types.js';

/** The server answered, but not with what was asked for. `status` 0: it did not answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

let csrfToken: string | null = null;
let onSignedOut: () => void = () => {};

/** Called whenever the server wants to know who is there. */
export const whenSignedOut = (callback: () => void): void => {
  onSignedOut = callback;
};

async function call<T>(method: string, path: string, body?: object | FormData, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') {
    // A click that was sent twice is carried out once.
    headers['idempotency-key'] = newKey();
    if (csrfToken) headers['x-csrf-token'] = csrfToken;
  }
  const isForm = body instanceof FormData;
  if (body && !isForm) headers['content-type'] = 'application/json';
  const init: RequestInit = { method, headers };
  if (body) init.body = isForm ? body : JSON.stringify(body);
  if (signal) init.signal = signal;
  const answer = await send(path, init);
  const text = await answer.text();
  if (answer.ok) return (text ? JSON.parse(text) : undefined) as T;
  if (answer.status === 401 && !path.endsWith('/session')) onSignedOut();
  throw new ApiError(answer.status, messageOf(text) ?? answer.statusText);
}

/** A request that got lost on the way is sent once more with the same key: the server carries it out once. */
async function send(path: string, init: RequestInit): Promise<Response> {
  const once = (): Promise<Response> => fetch(path, init);
  try {
    return await once();
  } catch (error) {
    if (init.signal?.aborted) throw error;
    return once().catch((again: Error) => {
      throw new ApiError(0, again.message);
    });
  }
}

// `crypto.randomUUID` exists on secure pages only; a shop's server may be plain HTTP in its own network.
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

function messageOf(text: string): string | undefined {
  try {
    const { message } = JSON.parse(text) as { message?: string | string[] };
    return Array.isArray(message) ? message.join('; ') : message;
  } catch {
    return undefined;
  }
}

export type JobQuery = Partial<
  Record<'status' | 'stage' | 'tenantId' | 'needsAttention' | 'underWay' | 'newerThan' | 'cursor' | 'limit', string>
>;

const withQuery = (path: string, query: JobQuery): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
};

/** What is to be different about an advertisement; only what depends on it is made again. */
export interface Change {
  idea?: Idea;
  format?: Format;
  text?: string;
  tone?: string;
  hint?: { x: number; y: number };
  from?: string;
}

const admin = '/api/admin';

export const api = {
  jobs: (query: JobQuery, signal?: AbortSignal) =>
    call<JobPage>('GET', withQuery(`${admin}/jobs`, query), undefined, signal),
  job: (jobId: string, signal?: AbortSignal) => call<JobDetail>('GET', `${admin}/jobs/${jobId}`, undefined, signal),
  layers: (variantId: string, signal?: AbortSignal) =>
    call<Layers>('GET', `${admin}/variants/${variantId}/layers`, undefined, signal),
  /** Illustrated with the newest advertisements of the tenant; of nobody where none is named. */
  tones: (tenantId: string | null, signal?: AbortSignal) =>
    call<{ items: Tone[] }>('GET', withQuery(`${admin}/tones`, tenantId ? { tenantId } : {}), undefined, signal),
  intake: (signal?: AbortSignal) => call<Intake>('GET', `${admin}/intake`, undefined, signal),
  queues: (signal?: AbortSignal) => call<{ items: Queue[] }>('GET', `${admin}/queues`, undefined, signal),
  designs: (signal?: AbortSignal) => call<{ items: Design[] }>('GET', `${admin}/designs`, undefined, signal),

  advice(photo: File, signal?: AbortSignal): Promise<PhotoAdvice> {
    const form = new FormData();
    form.append('photo', photo, photo.name);
    return call<PhotoAdvice>('POST', `${admin}/photos/advice`, form, signal);
  },
  understand: (
    wish: { sentence?: string; brief?: Brief; tenantId?: string; toneStyle?: string },
    signal?: AbortSignal,
  ) => call<Understanding>('POST', `${admin}/briefs/understand`, wish, signal),
  create: (form: FormData) => call<CreationAnswer>('POST', `${admin}/jobs`, form),
  retry: (variantId: string, body: Change) => call<VariantAnswer>('POST', `${admin}/variants/${variantId}/retry`, body),
  editPost: (jobId: string, post: Post) => call<unknown>('PUT', `${admin}/jobs/${jobId}/post`, post),
  replacePhoto(jobId: string, photo: File, hint?: { x: number; y: number }): Promise<JobAnswer> {
    const form = new FormData();
    form.append('photo', photo, photo.name);
    if (hint) form.append('subjectHint', JSON.stringify(hint));
    return call<JobAnswer>('PUT', `${admin}/jobs/${jobId}/photo`, form);
  },
  brand: (tenantId: string, signal?: AbortSignal) =>
    call<Brand>('GET', `${admin}/brands/${encodeURIComponent(tenantId)}`, undefined, signal),
  saveBrand: (tenantId: string, brand: Partial<Brand>) =>
    call<BrandAnswer>('PUT', `${admin}/brands/${encodeURIComponent(tenantId)}`, brand),
  saveLogo(tenantId: string, logo: File): Promise<BrandAnswer> {
    const form = new FormData();
    form.append('logo', logo, logo.name);
    return call<BrandAnswer>('PUT', `${admin}/brands/${encodeURIComponent(tenantId)}/logo`, form);
  },
  cancelVariant: (variantId: string) => call<VariantAnswer>('POST', `${admin}/variants/${variantId}/cancel`, {}),
  select: (variantId: string, selected: boolean) =>
    call<VariantAnswer>('POST', `${admin}/variants/${variantId}/select`, { selected }),
  retryMany: (variantIds: string[], tenantId: string) =>
    call<ManyAnswer>('POST', `${admin}/jobs/retry-failed`, {
      filter: { variantIds, ...(tenantId && { tenantId }) },
      limit: Math.min(500, variantIds.length),
    }),
  retryJob: (jobId: string) => call<JobAnswer>('POST', `${admin}/jobs/${jobId}/retry`, {}),
  rerunJob: (jobId: string) => call<JobAnswer>('POST', `${admin}/jobs/${jobId}/rerun`, {}),
  cancelJob: (jobId: string) => call<JobAnswer>('POST', `${admin}/jobs/${jobId}/cancel`, {}),
  pause: () => call<IntakeAnswer>('POST', `${admin}/intake/pause`, {}),
  resume: () => call<IntakeAnswer>('POST', `${admin}/intake/resume`, {}),
  redeliver: (outboxId: string) => call<object>('POST', `${admin}/dead-letters/${outboxId}/redeliver`, {}),

  async session(): Promise<Session> {
    const session = await call<Session>('GET', `${admin}/session`);
    csrfToken = session.csrfToken;
    return session;
  },
  async signIn(key: string): Promise<Session> {
    const session = await call<Session>('POST', `${admin}/session`, { key });
    csrfToken = session.csrfToken;
    return session;
  },
  async signOut(): Promise<void> {
    await call<undefined>('DELETE', `${admin}/session`);
    csrfToken = null;
  },

  /** Answers 503 when a part is down; the body says which. */
  async health(signal: AbortSignal): Promise<Health> {
    const answer = await fetch('/health', { signal, headers: { accept: 'application/json' } }).catch((error: Error) => {
      throw new ApiError(0, error.message);
    });
    return (await answer.json()) as Health;
  },
};

export const archiveUrl = (jobId: string): string => `${admin}/jobs/${jobId}/archive`;
export const thumbnailUrl = (url: string, width: 320 | 720): string => `/thumbnails/${width}${url}`;

import type { RowChange } from './types.js';

/** `polling`: no stream is to be had; those who show something look for themselves every few seconds. */
export type Connection = 'connecting' | 'live' | 'polling';

interface Listener {
  /** Whatever is shown may be old: fetch anew. */
  onSnapshot(): void;
  onChange(change: RowChange): void;
}

/** The server pings every 15 s; without a word for so long the stream is dead, however open it looks. */
const SILENCE_MS = 40_000;
/** A proxy that holds answers back never lets the first event through. */
const PATIENCE_MS = 10_000;
const POLL_MS = 10_000;
/** Browsers allow six connections to one server: pages in the background give theirs back. */
const HIDDEN_MS = 30_000;

const listeners = new Set<Listener>();
const watchers = new Set<(connection: Connection) => void>();
let connection: Connection = 'connecting';
let source: EventSource | undefined;
let silence: number | undefined;
let retry: number | undefined;
let polling: number | undefined;
let hiding: number | undefined;

export const listen = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const watchConnection = (watcher: (connection: Connection) => void): (() => void) => {
  watchers.add(watcher);
  watcher(connection);
  return () => watchers.delete(watcher);
};

/** Opens the stream; returns how to end it. */
export function startLive(): () => void {
  const onVisibility = (): void => {
    clearTimeout(hiding);
    if (document.hidden) hiding = window.setTimeout(close, HIDDEN_MS);
    else if (!source) open();
  };
  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(hiding);
    clearInterval(polling);
    close();
  };
}

function open(): void {
  close();
  const stream = new EventSource('/api/admin/events');
  source = stream;
  expectWithin(PATIENCE_MS);
  stream.addEventListener('snapshot', () => {
    heard();
    for (const listener of [...listeners]) listener.onSnapshot();
  });
  for (const type of ['job', 'variant'])
    stream.addEventListener(type, (event) => {
      heard();
      const change = JSON.parse((event as MessageEvent<string>).data) as RowChange;
      for (const listener of listeners) listener.onChange(change);
    });
  stream.addEventListener('ping', heard);
  stream.addEventListener('error', () => {
    if (connection === 'live') say('connecting');
    // The browser tries again by itself, unless the answer was no stream (a proxy's error page, a sign-in).
    if (stream.readyState === EventSource.CLOSED) fall();
  });
}

function close(): void {
  source?.close();
  source = undefined;
  for (const timer of [silence, retry]) clearTimeout(timer);
}

function heard(): void {
  say('live');
  expectWithin(SILENCE_MS);
}

function expectWithin(milliseconds: number): void {
  clearTimeout(silence);
  silence = window.setTimeout(fall, milliseconds);
}

/** No stream for now: look by hand, and try again in a while. */
function fall(): void {
  close();
  say('polling');
  retry = window.setTimeout(open, POLL_MS);
}

function say(now: Connection): void {
  if (now === connection) return;
  connection = now;
  clearInterval(polling);
  if (now === 'polling')
    polling = window.setInterval(() => {
      for (const listener of listeners) listener.onSnapshot();
    }, POLL_MS);
  for (const watcher of watchers) watcher(now);
}

import { expect } from 'vitest';
import type { ServerBench } from './server-bench.js';

export interface Event {
  type: string;
  data: Record<string, unknown>;
}

/** A browser's side of an event stream, without its reconnecting. */
export async function openStream(
  { url }: ServerBench,
  headers: Record<string, string> = {},
): Promise<{ next(): Promise<Event | null>; close(): Promise<void> }> {
  const leaving = new AbortController();
  const answer = await fetch(new URL('/api/admin/events', url), { headers, signal: leaving.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  return {
    async next() {
      for (;;) {
        const end = buffer.indexOf('\n\n');
        if (end >= 0) {
          const lines = buffer.slice(0, end).split('\n');
          buffer = buffer.slice(end + 2);
          const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          const data = field('data');
          if (data !== undefined) return { type: field('event') ?? 'message', data: JSON.parse(data) };
          continue;
        }
        const { value, done } = await reader.read();
        if (done) return null;
        buffer += decoder.decode(value, { stream: true });
      }
    },
    async close() {
      leaving.abort();
      await reader.cancel().catch(() => {});
    },
  };
}

/** Up to two snapshots come first: one for the connection, one when the listener (re)connects. */
export const nextOf = async (stream: { next(): Promise<Event | null> }, type: string): Promise<Event> => {
  for (;;) {
    const event = await stream.next();
    if (!event) throw new Error('the stream ended');
    if (event.type === type) return event;
  }
};

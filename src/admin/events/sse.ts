import { randomUUID } from 'node:crypto';

/** A client that has not read so many bytes is not reading: it is let go, and begins with a snapshot when it comes back. */
export const MOST_UNREAD = 1024 * 1024;

export interface ServerEvent {
  type: string;
  data: object;
}

/** Events as they travel; what comes together is one text, written once however many read it. */
export const inWire = (events: ServerEvent[]): string =>
  events.map(({ type, data }) => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`).join('');

/** Whatever a client knows may be old: it is to fetch anew. */
export const newSnapshot = (): ServerEvent => ({ type: 'snapshot', data: { snapshotId: randomUUID() } });

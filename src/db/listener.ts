import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Logger } from '../log.js';
import { connectionConfig } from './pool.js';

const FIRST_DELAY_MS = 250;
const ECHO_DEADLINE_MS = 2_000;

export interface ListenerSettings {
  url: string;
  channels: string[];
  /** Longest delay before reconnecting, in milliseconds; the first is a quarter of a second and doubles up to it. */
  reconnectDelay: number;
  /** How often the connection proves itself by hearing its own notification. */
  probeInterval: number;
  log: Logger;
  /**
   * Called on every notification, and without one after each (re)connect: what was said meanwhile is in the tables.
   * Anybody can send one, so it is a hint which row to look at and no more.
   */
  onWake: (notification?: { channel: string; payload: string }) => void;
}

export interface ListenerState {
  connected: boolean;
  /** When a notification last made the whole way; null before the first. */
  lastProvenAlive: Date | null;
  reconnects: number;
  lastTrouble: string | null;
}

export interface Listener {
  readonly state: Readonly<ListenerState>;
  close(): Promise<void>;
}

/**
 * LISTENs on a connection of its own and always comes back: errors, ends and half-open sockets are all met by a new
 * connection with capped back-off and jitter, for as long as it takes.
 */
export function startListener(settings: ListenerSettings): Listener {
  const { channels, log, onWake } = settings;
  // A channel of this listener's own: a silent socket or a transaction pooler never brings the echo back.
  const probeChannel = `pipeline_probe_${randomUUID().replaceAll('-', '')}`;
  const state: ListenerState = { connected: false, lastProvenAlive: null, reconnects: 0, lastTrouble: null };
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  const connect = async (): Promise<void> => {
    const mine = new pg.Client({
      ...connectionConfig({ url: settings.url, name: 'listener' }),
      // A connection may fall silent before the first probe as well.
      query_timeout: ECHO_DEADLINE_MS,
    });
    client = mine;
    const lost = (why: string): void => {
      // `error`, `end` and a missed echo may all arrive for one loss, and for a connection that was replaced since.
      if (closed || client !== mine) return;
      client = undefined;
      clearTimeout(timer);
      clearTimeout(deadline);
      state.connected = false;
      state.lastTrouble = why;
      state.reconnects++;
      const delay = Math.min(FIRST_DELAY_MS * 2 ** failures++, settings.reconnectDelay) * (0.5 + Math.random() / 2);
      log.warn(`[LISTENER] connection lost (${why}); next attempt in ${Math.round(delay)} ms`);
      mine.end().catch(() => undefined);
      timer = setTimeout(() => void connect(), delay);
    };
    mine.on('error', (error) => lost(error.message));
    mine.on('end', () => lost('the server ended the connection'));
    mine.on('notification', ({ channel, payload = '' }) => {
      if (channel !== probeChannel) return onWake({ channel, payload });
      if (client !== mine) return; // a late echo says nothing of the connection that replaced it
      clearTimeout(deadline);
      state.lastProvenAlive = new Date();
      timer = setTimeout(probe, settings.probeInterval);
    });
    const probe = (): void => {
      deadline = setTimeout(() => {
        // The socket may be half open, where a polite end would wait for ever.
        lost('no echo of its own notification');
        (mine as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      }, ECHO_DEADLINE_MS);
      mine.query(`notify ${probeChannel}`).catch((error: Error) => lost(error.message));
    };
    try {
      await mine.connect();
      for (const channel of [...channels, probeChannel]) await mine.query(`listen ${mine.escapeIdentifier(channel)}`);
      if (closed) return void mine.end().catch(() => undefined);
      failures = 0;
      state.connected = true;
      log.info(`[LISTENER] Job State Listener is listening on ${channels.join(', ')}`);
      probe();
      onWake();
    } catch (error) {
      lost((error as Error).message);
    }
  };

  void connect();
  return {
    state,
    async close() {
      closed = true;
      clearTimeout(timer);
      clearTimeout(deadline);
      state.connected = false;
      await client?.end().catch(() => undefined);
    },
  };
}

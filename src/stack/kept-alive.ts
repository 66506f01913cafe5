import { setTimeout as delay } from 'node:timers/promises';
import type { ChildEnd } from './bound-child.js';
import { describeEnd } from './node-process.js';
import { describe, type Say } from './user-error.js';

const FIRST_DELAY = 100;
const LONGEST_DELAY = 30_000;
/** Whoever lived this long is not failing at its start. */
const HEALTHY_AFTER = 60_000;

/** Anything the supervisor runs: PostgreSQL, Temporal, one of our processes. */
export interface Running {
  pid: number;
  ended: Promise<ChildEnd>;
  stop(): Promise<void>;
  kill(): void;
}

export interface KeepAliveOptions<T extends Running> {
  name: string;
  first: T;
  /** Starts it again where its clients look for it. */
  again: (signal: AbortSignal) => Promise<T>;
  say: Say;
  onChange: () => void;
}

export interface KeptAlive {
  /** Null between its death and its next start. */
  pid(): number | null;
  stop(): Promise<void>;
  /** At once, whatever it is doing. */
  kill(): void;
}

/** Starts a thing again whenever it dies, the more patiently the more often it does. Once it has run, it is never given up. */
export function keepAlive<T extends Running>({ name, first, again, say, onChange }: KeepAliveOptions<T>): KeptAlive {
  const stopping = new AbortController();
  let current: T | null = first;

  const restart = async (pause: number): Promise<T | null> => {
    for (let wait = pause; !stopping.signal.aborted; wait = Math.min(wait * 2, LONGEST_DELAY)) {
      try {
        await delay(wait, undefined, { signal: stopping.signal });
        return await again(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) say(`${name}: the new start failed too: ${describe(error)}`);
      }
    }
    return null;
  };

  const watch = async (): Promise<void> => {
    let pause = FIRST_DELAY;
    while (current) {
      const since = Date.now();
      const { pid } = current;
      const end = await current.ended;
      current = null;
      if (stopping.signal.aborted) return;
      pause = Date.now() - since > HEALTHY_AFTER ? FIRST_DELAY : Math.min(pause * 2, LONGEST_DELAY);
      say(`${name} (pid ${pid}) ${describeEnd(end)}; starting it again`);
      onChange();
      const next = await restart(pause / 2);
      current = next;
      if (!next) return;
      if (stopping.signal.aborted) await next.stop();
      else say(`${name} runs again (pid ${next.pid})`);
      onChange();
    }
  };
  const watching = watch();

  return {
    pid: () => current?.pid ?? null,
    async stop() {
      stopping.abort();
      await current?.stop();
      await watching;
    },
    kill() {
      stopping.abort();
      current?.kill();
    },
  };
}

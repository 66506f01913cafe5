import { setTimeout as delay } from 'node:timers/promises';
import { onStopSignal } from '../stack/stop-signals.js';
import { describe } from '../stack/user-error.js';
import { say } from './say.js';

export interface Statistics {
  created: number;
  completed: number;
  failed: number;
  seconds: number;
}

export interface Repetition {
  once: boolean;
  intervalSeconds: number;
  /** One round: `created` counts at once, its result when it is over. Throws when the round came to nothing. */
  round(signal: AbortSignal, created: () => void): Promise<'completed' | 'failed' | 'left alone'>;
}

/**
 * Rounds until Ctrl-C (or one alone), every `intervalSeconds` from start to start. A round that throws is counted and
 * said, and the next one comes all the same; a lone one throws on.
 */
export async function repeat({ once, intervalSeconds, round }: Repetition): Promise<Statistics> {
  const leaving = new AbortController();
  onStopSignal(
    () => leaving.abort(),
    () => process.exit(130),
  );
  const began = Date.now();
  const counts = { created: 0, completed: 0, failed: 0 };
  do {
    const started = Date.now();
    try {
      const result = await round(leaving.signal, () => counts.created++);
      if (result !== 'left alone') counts[result]++;
    } catch (error) {
      if (leaving.signal.aborted) break;
      if (once) throw error;
      counts.failed++;
      say(describe(error));
    }
    if (once) break;
    const rest = intervalSeconds * 1_000 - (Date.now() - started);
    await delay(Math.max(0, rest), undefined, { signal: leaving.signal }).catch(() => undefined);
  } while (!leaving.signal.aborted);
  return { ...counts, seconds: Math.round((Date.now() - began) / 100) / 10 };
}

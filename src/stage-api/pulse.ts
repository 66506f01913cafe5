import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { Away } from '../../activities/failures.js';

const BETWEEN_LOOKS_MS = 1_000;
/** As long as Temporal believes a worker that sends no heartbeat. */
const PATIENCE_MS = 4_000;

/** One call's share in the watch. */
export interface Attendance {
  /** Aborts with the reason once the service gives no sign of life. */
  silent: AbortSignal;
  end(): void;
}

/**
 * Tells a service that is slow from one that stands still: while calls are under way its `/healthz` is asked each
 * second. A call to a stopped process would otherwise hold its slot until the timeout that the slowest stage needs. Any
 * answer is a sign of life, whatever it says.
 */
export function createPulse(baseUrl: string): { attend(): Attendance; close(): Promise<void> } {
  // A connection of its own: those of the calls may all be taken by what hangs.
  const dispatcher = new Agent({ connections: 1 });
  const calls = new Set<AbortController>();
  let isLooking = false;

  const look = async (): Promise<void> => {
    isLooking = true;
    while (calls.size > 0) {
      await delay(BETWEEN_LOOKS_MS, undefined, { ref: false });
      const asking = [...calls];
      if (asking.length === 0 || (await isAlive())) continue;
      const reason = new Away(`the stage service at ${baseUrl} gave no sign of life for ${PATIENCE_MS / 1000} s`);
      for (const call of asking) call.abort(reason);
    }
    isLooking = false;
  };

  /** False for silence alone: a refused connection is the call's own to report. */
  const isAlive = async (): Promise<boolean> => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    try {
      const { body } = await request(new URL('/healthz', baseUrl), { dispatcher, signal: patience });
      await body.dump();
      return true;
    } catch {
      return !patience.aborted;
    }
  };

  return {
    attend() {
      const call = new AbortController();
      calls.add(call);
      if (!isLooking) void look();
      return { silent: call.signal, end: () => void calls.delete(call) };
    },
    close: () => dispatcher.close(),
  };
}

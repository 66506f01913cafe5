import { heartbeat } from '@temporalio/activity';

const FIRST_BEAT_MS = 2_000;
const BEAT_MS = 1_000;

/**
 * Heartbeats while the work lasts, but none in its first two seconds: each beat that reaches the server costs an action,
 * and a quick stage needs none.
 */
export async function withHeartbeat<T>(work: () => Promise<T>): Promise<T> {
  let timer = setTimeout(function beat() {
    heartbeat();
    timer = setTimeout(beat, BEAT_MS);
  }, FIRST_BEAT_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

import type { Say } from './user-error.js';

const REMIND_EVERY = 15_000;

/** "12 s", "3 min 5 s": how long something took, for people. */
export const elapsed = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** Says which step runs, every quarter of a minute that it still does, and how long it took. */
export async function timed<T>(say: Say, step: string, usually: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  say(`${step} (usually takes ${usually})`);
  const reminder = setInterval(() => {
    say(`${step}: still at it after ${elapsed(Date.now() - started)} (usually takes ${usually})`);
  }, REMIND_EVERY);
  try {
    const result = await work();
    say(`${step}: done in ${elapsed(Date.now() - started)}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

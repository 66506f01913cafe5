import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepRenewing } from '../../../src/db/renewal.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('repeats until it is stopped, also after one that failed', async () => {
  let times = 0;
  const renewal = keepRenewing(1_000, async () => {
    times++;
    if (times === 2) throw new Error('the database is away');
  });
  await vi.advanceTimersByTimeAsync(4_000);
  expect(times).toBe(4);
  renewal.stop();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(times).toBe(4);
});

it('begins none while one is under way, however long that takes', async () => {
  let times = 0;
  let answer = (): void => {};
  const renewal = keepRenewing(1_000, () => {
    times++;
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(times).toBe(1);
  answer();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(times).toBe(2);
  renewal.stop();
});

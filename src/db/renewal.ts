/**
 * Repeats a statement that says "still here", until it is stopped. Never two at once: a database that lets them wait
 * would soon have every connection of the pool taken by them.
 */
export function keepRenewing(everyMs: number, renew: () => Promise<unknown>): { stop(): void } {
  let isUnderWay = false;
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    // One that fails is no verdict: the final transaction asks the row itself.
    void renew()
      .catch(() => {})
      .finally(() => {
        isUnderWay = false;
      });
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}

/** Starts now; tells the milliseconds passed, for `latency_ms`. */
export const startStopwatch = (): (() => number) => {
  const start = performance.now();
  return () => Math.round((performance.now() - start) * 1000) / 1000;
};

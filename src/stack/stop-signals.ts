/** Ctrl-C under npm arrives twice, from the terminal and passed on by npm: within this time it is one wish. */
const SAME_WISH = 1_000;

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const SIGNALS: StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Asked to end is not a failure; a person's Ctrl-C and a closed terminal are reported as shells do. */
export const exitCodeAfter = (signal: StopSignal): number => ({ SIGINT: 130, SIGTERM: 0, SIGHUP: 129 })[signal];

/** Calls `stop` at the first signal and `hurry` at every later one. */
export function onStopSignal(stop: (signal: StopSignal) => void, hurry: () => void): void {
  let firstAt: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        stop(signal);
      } else if (Date.now() - firstAt > SAME_WISH) {
        hurry();
      }
    });
  }
}

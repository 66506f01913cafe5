import { performance } from 'node:perf_hooks';

/** How often memory is looked at while a step runs, in milliseconds. */
const LOOK_EVERY_MS = 20;

export interface StepCost {
  step: string;
  times: number;
  medianMs: number;
  worstMs: number;
  /** Highest resident memory of this process seen during the step, MB; all steps run in it. */
  peakMb: number;
}

/** Measures what the steps of the road take. */
export interface StepCosts {
  of<T>(step: string, work: () => Promise<T>): Promise<T>;
  list(): StepCost[];
}

export function createStepCosts(): StepCosts {
  const steps = new Map<string, { milliseconds: number[]; peak: number }>();
  return {
    async of(step, work) {
      const cost = steps.get(step) ?? { milliseconds: [], peak: 0 };
      steps.set(step, cost);
      const look = (): void => {
        cost.peak = Math.max(cost.peak, process.memoryUsage.rss());
      };
      const timer = setInterval(look, LOOK_EVERY_MS);
      const started = performance.now();
      try {
        return await work();
      } finally {
        cost.milliseconds.push(performance.now() - started);
        clearInterval(timer);
        look();
      }
    },
    list: () =>
      [...steps].map(([step, { milliseconds, peak }]) => {
        const sorted = milliseconds.toSorted((a, b) => a - b);
        return {
          step,
          times: sorted.length,
          medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
          worstMs: Math.round(sorted.at(-1) ?? 0),
          peakMb: Math.round(peak / 2 ** 20),
        };
      }),
  };
}

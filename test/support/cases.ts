import type fc from 'fast-check';

/** Fixed, so that a red run is red again; `npm run test:properties` draws another one and says which. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20_260_101);
/** How many times as many cases as a plain `npm test` tries. */
const FACTOR = Number(process.env.PROPERTY_FACTOR ?? 1);

/** Parameters of one property: how many cases a plain run tries. A failure prints its seed and the smallest case. */
export const cases = (inPlainRun: number): fc.Parameters<any> => ({
  seed: SEED,
  numRuns: Math.max(1, Math.ceil(inPlainRun * FACTOR)),
  // A long run says what it found even when its time limit ends it.
  interruptAfterTimeLimit: 3_000_000,
  markInterruptAsFailure: true,
});

/** Time for one property, in milliseconds: cases differ, machines too. */
export const timeFor = (milliseconds: number): number => milliseconds * Math.max(1, FACTOR);

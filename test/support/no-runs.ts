import type { Runs } from '../../src/bridge/runs.js';

/** A Temporal that knows no run: for tests that only start. */
export const NO_RUNS: Runs = {
  open: async () => new Set(),
  look: async () => 'unknown',
  lastWords: async () => '',
  wake: async () => {},
  async *openSince() {},
};

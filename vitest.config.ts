import { defineConfig } from 'vitest/config';

const servers = './test/support/global-setup.ts';
const build = './test/support/fresh-build.ts';
const typescript = new URL('./test/support/typescript.mjs', import.meta.url).href;

const project = (name: string, settings: Record<string, unknown> = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], execArgv: ['--import', typescript], ...settings },
});

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    // The servers need a core too; with more workers everything waits for everything and time limits lie.
    maxWorkers: 2,
    projects: [
      project('unit', { testTimeout: 60_000 }),
      project('db', { globalSetup: [servers], testTimeout: 30_000, hookTimeout: 30_000 }),
      project('temporal', { globalSetup: [build, servers], testTimeout: 60_000, hookTimeout: 60_000 }),
      // Whole stacks: one at a time, or each waits for the others' CPU.
      project('system', {
        globalSetup: [build, servers],
        fileParallelism: false,
        testTimeout: 180_000,
        hookTimeout: 180_000,
      }),
      // The dashboard in a real Chromium, on a whole stack.
      project('browser', {
        globalSetup: [build, servers],
        fileParallelism: false,
        testTimeout: 180_000,
        hookTimeout: 180_000,
      }),
      project('scenarios', {
        globalSetup: [build, servers],
        fileParallelism: false,
        testTimeout: 180_000,
        hookTimeout: 180_000,
      }),
    ],
  },
});

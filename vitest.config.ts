import { defineConfig } from 'vitest/config';

const servers = './test/support/global-setup.ts';
const build = './test/support/fresh-build.ts';
const dashboard = './test/support/dashboard-stack.ts';
const typescript = new URL('./test/support/typescript.mjs', import.meta.url).href;

// Bounds for what hangs, not for what is slow: a busy machine takes several times as long as a quiet one.
const HANGS = { testTimeout: 180_000, hookTimeout: 120_000 };
const STACK_HANGS = { testTimeout: 300_000, hookTimeout: 180_000 };

const project = (name: string, settings: Record<string, unknown> = {}) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], execArgv: ['--import', typescript], ...settings },
});

export default defineConfig({
  test: {
    reporters: ['default', './test/support/closing-line.ts'],
    // The servers need a core too; with more workers everything waits for everything and time limits lie.
    maxWorkers: 2,
    projects: [
      project('unit', HANGS),
      project('db', { globalSetup: [servers], ...HANGS }),
      project('temporal', { globalSetup: [build, servers], ...HANGS }),
      // Whole stacks: one at a time, or each waits for the others' CPU.
      project('system', { globalSetup: [build, servers], fileParallelism: false, ...STACK_HANGS }),
      // The dashboard in a real Chromium, on one whole stack for all its files.
      project('browser', { globalSetup: [build, dashboard], fileParallelism: false, ...STACK_HANGS }),
      project('scenarios', { globalSetup: [build, servers], fileParallelism: false, ...STACK_HANGS }),
    ],
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'record',
    include: ['test/histories/record.ts'],
    globalSetup: ['./test/support/fresh-build.ts', './test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

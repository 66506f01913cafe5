import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with `N passed, N failed`. What broke outside any test (an import, a stray rejection) counts as failed. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      const failures = tests.filter((test) => test.result().state === 'failed').length;
      passed += tests.filter((test) => test.result().state === 'passed').length;
      // A module that failed without a failed test: it did not load, or one of its hooks threw.
      failed += failures === 0 && module.state() === 'failed' ? 1 : failures;
    }
    // After the default reporter's own summary. A run that broke before its first test has no failed test to count.
    process.once('exit', (code) => {
      process.stdout.write(`${passed} passed, ${code !== 0 && failed === 0 ? 1 : failed} failed\n`);
    });
  }
}

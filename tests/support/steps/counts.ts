import * as v from 'valibot';

export type Counts = { passed: number; failed: number; skipped: number };

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };
export const ONE_PASSED: Counts = { ...NONE, passed: 1 };
export const ONE_FAILED: Counts = { ...NONE, failed: 1 };

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    NONE,
  );
}

const vitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) }),
  ),
});

/** What Vitest's JSON reporter wrote. A file that failed before or around its tests counts as one failure. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = v.parse(
    vitestReport,
    report,
  );
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    skipped: numPendingTests + numTodoTests,
  };
}

const playwrightReport = v.object({
  stats: v.object({
    expected: v.number(),
    unexpected: v.number(),
    flaky: v.number(),
    skipped: v.number(),
  }),
});

/** What Playwright's JSON reporter wrote. A flaky test is a failed one: it did fail. */
export function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky, skipped } = v.parse(playwrightReport, report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * The counts to believe: a runner that ran no test, or says that it failed without naming a failed test (an error
 * outside of tests, a time limit), has failed once.
 */
export function honest(counts: Counts, exitCode: number): Counts {
  const ran = counts.passed + counts.failed;
  const hidesFailure = exitCode !== 0 && counts.failed === 0;
  return ran === 0 || hidesFailure ? { ...counts, failed: counts.failed + 1 } : counts;
}

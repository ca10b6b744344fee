import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, honest, sum } from '../support/steps/counts';

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }],
};

describe("the sum of a run's tests", () => {
  it('takes passed, failed, skipped and planned tests from Vitest', () => {
    expect(countVitest(vitestReport)).toEqual({ passed: 3, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [...vitestReport.testResults, { status: 'failed', assertionResults: [] }];
    expect(countVitest({ ...vitestReport, testResults }).failed).toBe(2);
  });

  it('counts a flaky browser test as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats })).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });

  it('refuses a report of another shape', () => {
    expect(() => countVitest({ passed: 1 })).toThrow();
    expect(() => countPlaywright(null)).toThrow();
  });

  it('is a failure when no test ran, skipped ones or none', () => {
    expect(honest({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
    expect(honest({ passed: 0, failed: 0, skipped: 4 }, 0).failed).toBe(1);
  });

  it('is a failure when the runner failed without a failed test', () => {
    expect(honest({ passed: 9, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
    expect(honest({ passed: 9, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 9, failed: 2, skipped: 0 });
    expect(honest({ passed: 9, failed: 0, skipped: 0 }, 0)).toEqual({ passed: 9, failed: 0, skipped: 0 });
  });

  it('adds all steps', () => {
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
    expect(
      sum([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 10, failed: 20, skipped: 30 },
      ]),
    ).toEqual({ passed: 11, failed: 22, skipped: 33 });
  });
});

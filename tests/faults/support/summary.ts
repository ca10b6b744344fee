import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { NoteName } from '../support-browser/notes';

type Row = {
  file: string;
  title: string;
  passed: boolean;
  seed: number | null;
  /** The longest that a tablet took from the end of the fault until nothing waited on it, in ms. */
  healedMs: number | null;
};

/**
 * Sums up a run of faults, in words and in test-results/faults.json. A test that passed has lost and doubled nothing:
 * the oracle looked.
 */
export default class Summary implements Reporter {
  readonly #rows: Row[] = [];

  onTestEnd({ location, title }: TestCase, { status, annotations }: TestResult): void {
    const noted = (name: NoteName) =>
      annotations.filter(({ type }) => type === name).map(({ description }) => Number(description));
    const healed = noted('healedMs');
    this.#rows.push({
      file: location.file.replace(/^.*\/|\.spec\.ts$/g, ''),
      title,
      passed: status === 'passed',
      seed: noted('seed')[0] ?? null,
      healedMs: healed.length > 0 ? Math.max(...healed) : null,
    });
  }

  onEnd(): void {
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/faults.json', `${JSON.stringify(this.#rows, null, 2)}\n`);
    console.log('\n      seed  healed in  test');
    for (const { file, title, passed, seed, healedMs } of this.#rows) {
      const healedIn = healedMs === null ? '' : `${(healedMs / 1000).toFixed(1)} s`;
      const name = `${passed ? '' : 'FAILED '}${file}: ${title}`;
      console.log(`${String(seed ?? '').padStart(10)}  ${healedIn.padStart(9)}  ${name}`);
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}

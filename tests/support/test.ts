import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONE_FAILED, sum, type Counts } from './steps/counts';
import { runStep } from './steps/run-step';
import { browser, checks, database, messages, type Step } from './steps/steps';

// `npm test` runs everything, `npm run check` what needs neither database nor browser. A failed step does not stop
// the others: one run tells everything. The last line is the sum of all.

const AT_ONCE = 2;

const onlyChecks = process.argv.includes('--check');
const reportDir = await mkdtemp(join(tmpdir(), 'verna-test-'));
const done = new Map<string, Counts>();

function wordsOf({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

async function run(step: Step): Promise<void> {
  if (step.needs && done.get(step.needs)?.failed !== 0) {
    console.log(`✗ ${step.name}: not run, because ${step.needs} failed`);
    done.set(step.name, ONE_FAILED);
    return;
  }
  const startedAt = performance.now();
  console.log(`… ${step.name}`);
  const { counts, output } = await runStep(step, reportDir);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const detail = step.count ? `${wordsOf(counts)}, ` : '';
  console.log(`${counts.failed === 0 ? '✓' : '✗'} ${step.name} (${detail}${seconds} s)`);
  if (counts.failed > 0) console.log(`${output.trimEnd()}\n`);
  done.set(step.name, counts);
}

/** Takes the next step whenever one of `AT_ONCE` places is free. */
async function runTogether(steps: readonly Step[]): Promise<void> {
  const waiting = [...steps];
  const place = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await run(step);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, place));
}

await run(messages);
await runTogether(onlyChecks ? checks : [database, ...checks]);
if (!onlyChecks) await run(browser);
await rm(reportDir, { recursive: true, force: true });

const total = sum([...done.values()]);
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(wordsOf(total));

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { honest, NONE, ONE_FAILED, ONE_PASSED, type Counts } from './counts';
import { runCommand } from './run-command';
import type { Step } from './steps';

export type StepResult = { counts: Counts; output: string };

/** Runs a step's commands; `reportDir` is where its test runner leaves its report. */
export async function runStep(step: Step, reportDir: string): Promise<StepResult> {
  const reportFile = join(reportDir, `${step.name}.json`);
  const { args = [], env = {} } = step.reportTo?.(reportFile) ?? {};
  let exitCode = 0;
  let output = '';
  for (const command of step.commands) {
    const result = await runCommand([...command, ...args], { timeoutMs: step.timeoutMs, env });
    exitCode ||= result.exitCode;
    output += result.output;
  }
  if (!step.count) return { counts: exitCode === 0 ? ONE_PASSED : ONE_FAILED, output };
  return countReport(step.count, reportFile, exitCode, output);
}

async function countReport(
  count: (report: unknown) => Counts,
  file: string,
  exitCode: number,
  output: string,
): Promise<StepResult> {
  try {
    return { counts: honest(count(JSON.parse(await readFile(file, 'utf8'))), exitCode), output };
  } catch (error) {
    return { counts: honest(NONE, exitCode), output: `${output}\nNo report to count: ${String(error)}\n` };
  }
}

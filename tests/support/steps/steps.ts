import type { Counts } from './counts';
import { countPlaywright, countVitest } from './counts';

export type Step = {
  name: string;
  /** Commands of node_modules/.bin or of the system, run one after another; all of them, so that every complaint is heard at once. */
  commands: readonly (readonly string[])[];
  /** How to count a test runner's JSON report; a step without it is one pass or one failure. */
  count?: (report: unknown) => Counts;
  /** The environment and arguments that make the runner write its JSON report to `file`. */
  reportTo?: (file: string) => { args?: readonly string[]; env?: Record<string, string> };
  /** A step that must have passed before. */
  needs?: string;
  timeoutMs: number;
};

const MINUTE_MS = 60_000;

/** TypeScript 7 checks; TypeScript 6 stays for the tools that read its API. Both bring a `tsc`, so this one is named by its path. */
const NATIVE_TSC = 'node_modules/@typescript/native/bin/tsc';

function vitest(name: string, projects: readonly string[], timeoutMs: number): Step {
  return {
    name,
    commands: [['vitest', 'run', ...projects.flatMap((project) => ['--project', project])]],
    count: countVitest,
    reportTo: (file) => ({ args: ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`] }),
    timeoutMs,
  };
}

/** Everything that reads src needs the compiled messages. */
export const messages: Step = {
  name: 'messages',
  commands: [['tsx', 'tests/support/compiled-messages.ts']],
  timeoutMs: 2 * MINUTE_MS,
};

/** Independent of each other, the longest first: two at a time keep two cores busy to the end. */
export const checks: readonly Step[] = [
  vitest('unit', ['unit', 'component'], 10 * MINUTE_MS),
  {
    name: 'types',
    commands: [
      // What svelte-check wrote for a component stays there when the component is gone, and goes on being checked.
      ['node', '--eval', "fs.rmSync('.svelte-check', { recursive: true, force: true })"],
      ['svelte-check', '--tsgo', '--fail-on-warnings', '--tsconfig', './tsconfig.json', '--output', 'human'],
      ['node', NATIVE_TSC, '-p', 'tsconfig.domain.json'],
      ['node', NATIVE_TSC, '-p', 'tsconfig.worker.json'],
      ['node', NATIVE_TSC, '-p', 'tsconfig.node.json'],
    ],
    timeoutMs: 10 * MINUTE_MS,
  },
  { name: 'lint', commands: [['npm', 'run', '--silent', 'lint']], timeoutMs: 10 * MINUTE_MS },
  { name: 'build', commands: [['vite', 'build']], timeoutMs: 5 * MINUTE_MS },
  { name: 'format', commands: [['oxfmt', '--check', '.']], timeoutMs: 5 * MINUTE_MS },
  { name: 'unused code', commands: [['knip', '--no-progress']], timeoutMs: 5 * MINUTE_MS },
];

/** Waits for locks and disks now and then, and so goes well beside a check. */
export const database: Step = vitest('database', ['db'], 20 * MINUTE_MS);

/** After everything else and alone, so that nothing takes the time of a browser. */
export const browser: Step = {
  name: 'browser',
  // The other faults take as long again and more; npm run faults has them all.
  commands: [
    ['playwright', 'test', '--reporter=line,json', '--workers=3', 'tests/e2e', 'tests/faults/server.spec.ts'],
  ],
  count: countPlaywright,
  reportTo: (file) => ({ env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } }),
  needs: 'build',
  timeoutMs: 40 * MINUTE_MS,
};

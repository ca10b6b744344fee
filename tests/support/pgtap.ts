import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SqlSession } from '../../supabase/embedded/migrations';

export type TapResult = { assertions: number; failures: string[] };

/**
 * Runs one pgTAP file and rolls it back. A file that raises, plans nothing, asserts nothing, fails an assertion or
 * asserts another number than it planned has at least one failure.
 */
export async function runTapFile(sql: SqlSession, path: string): Promise<TapResult> {
  let rows: Record<string, unknown>[][];
  try {
    rows = await sql.exec(await readWithIncludes(path));
  } catch (error) {
    await sql.exec('rollback');
    const { message, where } = error as Error & { where?: string };
    return { assertions: 0, failures: [[`raised ${message}`, where].filter(Boolean).join('\n')] };
  }
  // As psql prints them for pg_prove: a row of several columns is no line of TAP.
  const lines = rows
    .flat()
    .map((row) => Object.values(row))
    .flatMap(([value, ...others]) => (typeof value === 'string' && others.length === 0 ? [value] : []));
  const plan = lines.flatMap((line) => /^1\.\.(\d+)$/.exec(line)?.[1] ?? []);
  const assertions = lines.filter((line) => /^(not )?ok \d+/.test(line));
  const failures = assertions.filter((line) => line.startsWith('not ok'));
  if (assertions.length === 0) failures.push('asserts nothing');
  if (plan.length !== 1 || Number(plan[0]) !== assertions.length) {
    failures.push(`planned ${plan.join(' and ') || 'nothing'}, asserted ${assertions.length}`);
  }
  return { assertions: assertions.length, failures };
}

/** psql's \ir, the one psql command our tests use: a file beside this one, in its place. */
async function readWithIncludes(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  const parts = text.split(/^\\ir (\S+)$/m);
  const read = parts.map((part, at) => (at % 2 ? readWithIncludes(join(dirname(path), part)) : part));
  return (await Promise.all(read)).join('');
}

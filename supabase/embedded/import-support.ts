import { signIn } from '../../src/backend/owner-session';
import type { Result } from '../../src/backend/failure';
import type { OwnerCalls } from '../../src/backend/owner-calls';
import { createNodeClient } from './node-client';

/** Something the person at the keyboard can put right. */
export class UsageProblem extends Error {}

export type Account = {
  url: string;
  key?: string | undefined;
  email?: string | undefined;
  password?: string | undefined;
};

/** A client of who owns the shop; VERNA_EMAIL and VERNA_PASSWORD stand in for what was not given. */
export async function signedIn(account: Account) {
  const email = account.email ?? process.env['VERNA_EMAIL'];
  const password = account.password ?? process.env['VERNA_PASSWORD'];
  if (!email || !password) throw new UsageProblem('Please give --email and --password of the shop’s owner.');
  const client = createNodeClient(account.url, account.key);
  const outcome = await signIn(client, email, password);
  if (outcome.outcome === 'failed') throw new UsageProblem(`Signing in failed: ${outcome.problem}`);
  return client;
}

export async function addLocation(
  calls: OwnerCalls,
  organization: string,
  name: string,
  timeZone: string,
): Promise<string> {
  const created = answered(await calls.addLocation(organization, name, timeZone));
  if (created.outcome !== 'created')
    throw new UsageProblem(`The location "${name}" was not made: ${created.outcome}`);
  return created.location;
}

export function answered<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new UsageProblem(`The server did not answer: ${result.failure.code}`);
  return result.value;
}

export function progressBar(done: number, total: number): string {
  const width = 30;
  const filled = total === 0 ? width : Math.round((done / total) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} / ${total}`;
}

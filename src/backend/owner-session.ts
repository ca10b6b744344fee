import type { Result } from './failure';
import type { OwnerClient } from './owner-client';

/** Why signing in or up did not work, as a person would say it. */
export type SignInProblem =
  | 'wrong_credentials'
  | 'email_taken'
  | 'weak_password'
  | 'bad_email'
  | 'confirm_email'
  | 'too_many_tries'
  | 'unreachable'
  | 'unknown';

export type SignInOutcome = { outcome: 'signed_in' } | { outcome: 'failed'; problem: SignInProblem };

export async function signIn(client: OwnerClient, email: string, password: string): Promise<SignInOutcome> {
  const { error } = await client.auth.signInWithPassword({ email, password });
  return error ? { outcome: 'failed', problem: problemOf(error) } : { outcome: 'signed_in' };
}

/** Hosted projects may want the address confirmed first; then nobody is signed in yet. */
export async function signUp(client: OwnerClient, email: string, password: string): Promise<SignInOutcome> {
  const { data, error } = await client.auth.signUp({ email, password });
  if (error) return { outcome: 'failed', problem: problemOf(error) };
  return data.session ? { outcome: 'signed_in' } : { outcome: 'failed', problem: 'confirm_email' };
}

/** Forgets the session on this device, whether or not the server can be told. */
export async function signOut(client: OwnerClient): Promise<void> {
  await client.auth.signOut({ scope: 'local' });
}

/** The signed-in person's e-mail address, or null when nobody is. */
export async function signedInAs(client: OwnerClient): Promise<Result<string | null>> {
  const { data, error } = await client.auth.getSession();
  if (error) return { ok: false, failure: { code: 'unreachable', cause: error } };
  return { ok: true, value: data.session?.user.email ?? null };
}

function problemOf(error: {
  code?: string | undefined;
  status?: number | undefined;
  name: string;
}): SignInProblem {
  switch (error.code) {
    case 'invalid_credentials':
      return 'wrong_credentials';
    case 'user_already_exists':
    case 'email_exists':
      return 'email_taken';
    case 'weak_password':
      return 'weak_password';
    case 'email_address_invalid':
    case 'validation_failed':
      return 'bad_email';
    case 'email_not_confirmed':
      return 'confirm_email';
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
      return 'too_many_tries';
  }
  return error.name === 'AuthRetryableFetchError' || error.status === 0 ? 'unreachable' : 'unknown';
}

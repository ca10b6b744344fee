import { backendUrl, publishableKey } from './config';
import { failureOfResponse, type Result } from './failure';

/** What a call needs of its surroundings; tests hand in their own. */
export type CallContext = { url?: string; key?: string; fetch?: typeof fetch; timeoutMs?: number };

/**
 * Calls a database function through PostgREST, as a tablet does: with the publishable key alone.
 *
 * Plain fetch on purpose. The drain must see the status, Retry-After and the raw body, and nothing may retry, refresh a
 * session or send as somebody else behind its back. Never throws; the body is JSON of unknown shape, to be parsed.
 */
export async function callFunction(
  name: string,
  args: Record<string, unknown>,
  { url = backendUrl, key = publishableKey, fetch = globalThis.fetch, timeoutMs = 20_000 }: CallContext = {},
): Promise<Result<unknown>> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const response = await fetch(`${url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { apikey: key, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(args),
      cache: 'no-store',
      signal: controller.signal,
    });
    // Reading the body is part of the call: a reply that stalls half-way must time out too.
    const body = parseJson(await response.text());
    if (response.ok) {
      return body === undefined
        ? { ok: false, failure: { code: 'bad_reply', status: response.status } }
        : { ok: true, value: body };
    }
    const failure = failureOfResponse(
      response.status,
      errorCodeOf(body),
      response.headers.get('retry-after'),
    );
    return { ok: false, failure };
  } catch (cause) {
    return { ok: false, failure: { code: controller.signal.aborted ? 'timeout' : 'unreachable', cause } };
  } finally {
    clearTimeout(timer);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function errorCodeOf(body: unknown): string | undefined {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

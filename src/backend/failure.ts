/**
 * What can go wrong between a screen and the server, as codes; i18n turns them into words.
 *
 * - unreachable: no answer at all (offline, refused, cut off)
 * - timeout: no answer in time
 * - busy: 408, 425, 429 or 5xx: may work later
 * - forbidden: 401 or 403: this key or session may not
 * - function_missing: the server is older than this app
 * - too_large: the server will not read a request of this size
 * - rejected: any other 4xx
 * - bad_reply: an answer that is not Verna's (a captive portal, a proxy's page, another request's reply)
 */
export type FailureCode =
  | 'unreachable'
  | 'timeout'
  | 'busy'
  | 'forbidden'
  | 'function_missing'
  | 'too_large'
  | 'rejected'
  | 'bad_reply';

export type Failure = {
  code: FailureCode;
  /** HTTP status, when there was an answer. */
  status?: number;
  /** SQLSTATE or PostgREST code, when the server gave one. */
  sqlState?: string;
  /** How long the server asked to be left alone, in ms. */
  retryAfterMs?: number;
  cause?: unknown;
};

export type Result<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

/** Reads an HTTP status and PostgREST's error body into a code. */
export function failureOfResponse(
  status: number,
  sqlState: string | undefined,
  retryAfter: string | null,
): Failure {
  const failure: Failure = { code: codeOf(status, sqlState), status };
  if (sqlState) failure.sqlState = sqlState;
  const retryAfterMs = parseRetryAfter(retryAfter);
  if (retryAfterMs !== null) failure.retryAfterMs = retryAfterMs;
  return failure;
}

function codeOf(status: number, sqlState: string | undefined): FailureCode {
  if (sqlState === 'PGRST202') return 'function_missing';
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 413) return 'too_large';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'busy';
  return 'rejected';
}

/** Retry-After in seconds; the date form is ignored, because the tablet's clock may be wrong (RFC 9110, 10.2.3). */
function parseRetryAfter(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value.trim()) ? Number(value) * 1000 : null;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;

/**
 * How long to wait after the given number of failures in a row (1, 2, 3 …), in ms: exponential with full jitter, so
 * that a thousand tablets do not come back in the same second when a server does (Brooker, "Exponential Backoff And
 * Jitter", 2015). A wait the server asked for is a floor. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number, retryAfterMs = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
  return Math.max(Math.min(retryAfterMs, 60 * 60_000), Math.round(random * ceiling));
}

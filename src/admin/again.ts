import type { Failure, Result } from '../backend/failure';

const WAITS_MS = [500, 2_000, 6_000];

/** May work in a moment; anything else will answer the same way again. */
const isPassing = ({ code }: Failure): boolean =>
  code === 'unreachable' || code === 'timeout' || code === 'busy' || code === 'bad_reply';

/** Asks up to four times; only for requests that are safe to repeat. */
export async function again<Value>(
  request: () => Promise<Result<Value>>,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<Result<Value>> {
  for (const waitMs of WAITS_MS) {
    const result = await request();
    if (result.ok || !isPassing(result.failure)) return result;
    await wait(result.failure.retryAfterMs ?? waitMs);
  }
  return request();
}

import * as v from 'valibot';
import type { Result } from './failure';

/** One call too many; the tablet's calls read it as a failure like a 429. */
export const throttledSchema = v.object({ outcome: v.literal('throttled'), retry_after_s: v.number() });
export type Throttled = v.InferOutput<typeof throttledSchema>;

/** A call too many, read as the failure that it is. */
export function unthrottled<Reply extends { outcome: string }>(
  result: Result<Reply | Throttled>,
): Result<Exclude<Reply, Throttled>> {
  if (!result.ok) return result;
  return isThrottled(result.value)
    ? { ok: false, failure: { code: 'busy', retryAfterMs: result.value.retry_after_s * 1000 } }
    : { ok: true, value: result.value as Exclude<Reply, Throttled> };
}

function isThrottled(reply: { outcome: string }): reply is Throttled {
  return reply.outcome === 'throttled';
}

/** What was answered, if it has the shape of an answer. */
export async function parsed<Schema extends v.GenericSchema>(
  schema: Schema,
  call: Promise<Result<unknown>>,
): Promise<Result<v.InferOutput<Schema>>> {
  const result = await call;
  if (!result.ok) return result;
  const parse = v.safeParse(schema, result.value);
  return parse.success
    ? { ok: true, value: parse.output }
    : { ok: false, failure: { code: 'bad_reply', cause: parse.issues.map((issue) => v.getDotPath(issue)) } };
}

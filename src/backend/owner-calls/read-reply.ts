import * as v from 'valibot';
import { failureOfResponse, type Result } from '../failure';

/** How many of something there are. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));

type Reply = { data: unknown; error: { code?: string; message: string } | null; status: number };

/** Waits for a reply and parses it; never throws. */
export async function readReply<Schema extends v.GenericSchema>(
  schema: Schema,
  request: PromiseLike<Reply>,
): Promise<Result<v.InferOutput<Schema>>> {
  let reply: Reply;
  try {
    reply = await request;
  } catch (cause) {
    return { ok: false, failure: { code: 'unreachable', cause } };
  }
  if (reply.error) {
    // supabase-js reports a request that got no answer as an error with status 0.
    return reply.status === 0
      ? { ok: false, failure: { code: 'unreachable', cause: reply.error } }
      : { ok: false, failure: failureOfResponse(reply.status, reply.error.code, null) };
  }
  const parse = v.safeParse(schema, reply.data);
  return parse.success
    ? { ok: true, value: parse.output }
    : {
        ok: false,
        failure: { code: 'bad_reply', cause: parse.issues.map((issue) => v.getDotPath(issue)) },
      };
}

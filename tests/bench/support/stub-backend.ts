import type { VernaRecord } from '../../../src/domain/record';
import type { EmbeddedBackend } from '../../../supabase/embedded/backend';

/** Speaks ingest's reply and stores nothing: what is left is the tablet's own work. */
export type StubBackend = {
  backend: EmbeddedBackend;
  /** How long to hold every reply back, in ms. */
  delayMs: number;
  requests: number;
  /** Ids of all records received since it was last cleared. */
  received: Set<string>;
};

export function openStubBackend(): StubBackend {
  const nothing = () => Promise.reject(new Error('The stub has no database'));
  const stub: StubBackend = {
    backend: { fetch: answer, sql: { exec: nothing, query: nothing }, close: () => Promise.resolve() },
    delayMs: 0,
    requests: 0,
    received: new Set(),
  };

  async function answer(request: Request): Promise<Response> {
    if (!request.url.endsWith('/rpc/ingest')) return Response.json({}, { status: 503 });
    const { nonce, records: text } = (await request.json()) as { nonce: string; records: string };
    const records = JSON.parse(text) as VernaRecord[];
    stub.requests += 1;
    for (const { id } of records) stub.received.add(id);
    if (stub.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, stub.delayMs));
    return Response.json({
      outcome: 'accepted',
      nonce,
      server_time: new Date().toISOString(),
      records: records.map(({ id }) => ({ id, outcome: 'stored' })),
    });
  }

  return stub;
}

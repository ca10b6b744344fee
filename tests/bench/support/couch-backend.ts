import type { EmbeddedBackend } from '../../../supabase/embedded/backend';
import type { StubBackend } from './stub-backend';

const ROOT = '/rest/v1/couch';

/**
 * The stub with as little of CouchDB beside it as PouchDB needs to replicate to: it misses every document, takes it,
 * counts it as received, and keeps nothing but where each replication stands.
 */
export function withCouch(stub: StubBackend): EmbeddedBackend {
  const checkpoints = new Map<string, object>();

  async function answer(request: Request, path: string): Promise<Response> {
    if (path === '/_revs_diff') {
      const revisions = (await request.json()) as Record<string, string[]>;
      return Response.json(
        Object.fromEntries(Object.entries(revisions).map(([id, missing]) => [id, { missing }])),
      );
    }
    if (path === '/_bulk_docs') {
      const { docs } = (await request.json()) as { docs: { _id: string }[] };
      stub.requests += 1;
      for (const { _id } of docs) stub.received.add(_id);
      return Response.json([]);
    }
    if (path.startsWith('/_local/')) {
      if (request.method === 'PUT') {
        checkpoints.set(path, (await request.json()) as object);
        return Response.json({ ok: true, id: path.slice(1), rev: '0-1' }, { status: 201 });
      }
      const checkpoint = checkpoints.get(path);
      return checkpoint
        ? Response.json({ ...checkpoint, _rev: '0-1' })
        : Response.json({ error: 'not_found', reason: 'missing' }, { status: 404 });
    }
    return Response.json({ db_name: 'couch', instance_start_time: '0' });
  }

  return {
    ...stub.backend,
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      return pathname.startsWith(ROOT)
        ? answer(request, pathname.slice(ROOT.length))
        : stub.backend.fetch(request);
    },
  };
}

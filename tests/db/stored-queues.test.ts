import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { openMemoryBackend } from '../support/memory-backend';
import { call, createShop, ingest, type IngestReply, type Shop } from '../support/shop';
import { makeKnown, storedQueues } from '../support/stored-queues';

// Tablets are not updated by themselves: one that was switched off for a season comes with the records of its release.
let backend: EmbeddedBackend;
let shop: Shop;
beforeAll(async () => {
  backend = await openMemoryBackend();
  shop = await createShop(backend);
});
afterAll(() => backend?.close());

describe.each(storedQueues())('the records that release $release would have sent', (queue) => {
  it('are stored by these migrations, once, under their own numbers', async () => {
    const { organization: org, location, token } = shop;
    const name = queue.release;
    const { tablet } = await call<{ tablet: string }>(backend, 'add_tablet', { org, location, name }, token);
    await makeKnown(backend, queue, org, async () => {
      const made = await call<{ code: string }>(backend, 'create_pairing_code', { org, tablet }, token);
      return made.code;
    });
    const { waiting, settings } = queue;
    const sender = { tablet, survey: settings.survey.id, ...queue.pairings.at(-1)! };
    const outcomesOf = ({ records }: IngestReply) => records.map(({ id, outcome }) => ({ id, outcome }));
    for (const outcome of ['stored', 'duplicate']) {
      const reply = await ingest(backend, sender, waiting);
      expect(outcomesOf(reply)).toEqual(waiting.map(({ id }) => ({ id, outcome })));
    }
    const rows = await backend.sql.query(
      `select r.id, r.pairing_id as pairing, r.seq::int as seq, r.sha256 from public.received as r
       join public.answers as a on a.org_id = r.org_id and a.id = r.id where a.tablet_id = $1 order by r.id`,
      [tablet],
    );
    expect(rows).toEqual(
      waiting
        .map(({ id, pairing, seq, sha256 }) => ({ id, pairing, seq, sha256 }))
        .sort((one, other) => (one.id < other.id ? -1 : 1)),
    );
  });
});

import { join } from 'node:path';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { addModule } from '../e2e/support/browser-module';
import { face } from '../e2e/support/kiosk';
import { makeKnown, storedQueues } from '../support/stored-queues';
import type * as storedQueue from './pages/stored-queue';
import { expectNothingLost, heldBy } from './support-browser/oracle';
import { expect, test } from './support/test';

declare global {
  interface Window {
    storedQueue: typeof storedQueue;
  }
}

for (const queue of storedQueues()) {
  test(`a tablet's queue as release ${queue.release} left it is sent by today's build, each record once under its own number`, async ({
    server,
    bakery,
    page,
  }) => {
    const { organization, calls } = bakery;
    const { tablet } = await bakery.newTablet('Lenina 5', queue.release);
    await makeKnown(server.backend, queue, organization, async () => {
      const reply = await calls.createPairingCode(organization, tablet);
      if (!reply.ok || reply.value.outcome !== 'created') throw new Error('There is no pairing code');
      return reply.value.code;
    });
    await page.goto(`${server.url}/manifest.webmanifest`);
    await addModule(page, join(PROJECT_DIR, 'tests', 'faults', 'pages', 'stored-queue.ts'), 'storedQueue');
    await page.evaluate((given) => window.storedQueue.load(given), queue);
    const { waiting, quarantined } = queue;
    expect(await heldBy(page)).toEqual({ pending: waiting.map(({ id }) => id), quarantined });

    await page.goto(server.url);
    await expect.poll(() => heldBy(page)).toEqual({ pending: [], quarantined });
    const made = new Map(waiting.map(({ id, sha256 }) => [id, sha256]));
    await expectNothingLost(server, tablet, { made, confirmed: new Set(made.keys()) }, []);
    const received = () =>
      server.backend.sql.query<{ pairing: string; seq: number }>(
        `select r.pairing_id as pairing, r.seq::int as seq from public.received as r
         join public.pairings as p on p.org_id = r.org_id and p.id = r.pairing_id
         where p.tablet_id = $1 order by p.created_at, r.seq`,
        [tablet],
      );
    const numbers = waiting.map(({ pairing, seq }) => ({ pairing, seq }));
    expect(await received()).toEqual(numbers);
    const comments = await server.backend.sql.query<{ comment: string }>(
      'select comment from public.answers where tablet_id = $1 and comment is not null order by occurred_at',
      [tablet],
    );
    const written = waiting.map(({ body }) => (JSON.parse(body) as { text?: string }).text);
    expect(comments.map(({ comment }) => comment)).toEqual(written.filter((text) => text !== undefined));

    // The numbers go on where that release stopped.
    await face(page, 4).click();
    const { pairing, seq } = numbers.at(-1)!;
    await expect.poll(received).toEqual([...numbers, { pairing, seq: seq + 1 }]);
  });
}

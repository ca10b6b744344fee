import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { openSharedPostgres } from '../support/shared-postgres';
import { createShop, ingest, pairTablet, recordOf, type PairedTablet, type Shop } from '../support/shop';

// PGlite has one connection and cannot race; this needs the real server.
let backend: EmbeddedBackend;
let shop: Shop;
beforeAll(async () => {
  backend = await openSharedPostgres('verna');
  shop = await createShop(backend);
}, 60_000);
afterAll(() => backend?.close());

const batchOf = (tablet: PairedTablet, from: number, size: number) =>
  Array.from({ length: size }, (_, at) => recordOf(tablet, from + at, { score: 1 + ((from + at) % 5) }));

const totals = async (tablet: PairedTablet) =>
  (
    await backend.sql.query(
      `select made, received, seq_clashes,
        (select count(*) from public.answers where tablet_id = $1) as answers,
        (select count(*) from public.received where pairing_id = $2) as ledger,
        (select sum(n) from public.score_counts where tablet_id = $1) as counted
      from public.pairings where id = $2`,
      [tablet.tablet, tablet.pairing],
    )
  ).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)])))[0];

it('stores each record once when the same batch arrives twenty times at once', async () => {
  const tablet = await pairTablet(backend, shop, 'Twenty');
  const batch = batchOf(tablet, 1, 50);
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => ingest(backend, tablet, batch, `n${n}`)),
  );

  const outcomes = replies.flatMap((reply) => reply.records);
  expect(replies.map((reply) => reply.nonce)).toEqual(Array.from({ length: 20 }, (_, n) => `n${n}`));
  for (const { id } of batch) {
    const named = outcomes.filter((record) => record.id === id).map((record) => record.outcome);
    expect(named.sort()).toEqual([...Array<string>(19).fill('duplicate'), 'stored']);
  }
  expect(await totals(tablet)).toEqual({
    made: 50,
    received: 50,
    seq_clashes: 0,
    answers: 50,
    ledger: 50,
    counted: 50,
  });
});

it('loses nothing when overlapping batches of one tablet race', async () => {
  const tablet = await pairTablet(backend, shop, 'Overlap');
  const records = batchOf(tablet, 1, 100);
  const windows = Array.from({ length: 10 }, (_, n) => records.slice(n * 8, n * 8 + 28));
  const shuffled = windows.map((window, n) => (n % 2 ? window : window.toReversed()));
  await Promise.all(shuffled.map((batch) => ingest(backend, tablet, batch)));
  expect(await totals(tablet)).toEqual({
    made: 100,
    received: 100,
    seq_clashes: 0,
    answers: 100,
    ledger: 100,
    counted: 100,
  });
});

it('takes two tablets at once, in a month that has no partition yet', async () => {
  const tablets = [await pairTablet(backend, shop, 'Left'), await pairTablet(backend, shop, 'Right')];
  await Promise.all(
    tablets.flatMap((tablet) =>
      Array.from({ length: 5 }, (_, n) =>
        ingest(
          backend,
          tablet,
          batchOf(tablet, 1 + n * 20, 20).map((record, at) => ({
            ...record,
            occurredAt: `2024-${String(1 + ((n + at) % 12)).padStart(2, '0')}-15T12:00:00.000Z`,
          })),
        ),
      ),
    ),
  );
  for (const tablet of tablets) {
    expect(await totals(tablet)).toEqual({
      made: 100,
      received: 100,
      seq_clashes: 0,
      answers: 100,
      ledger: 100,
      counted: 100,
    });
  }
});

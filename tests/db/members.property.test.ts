import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { PHONES, START, TABLETS, history, recordsOf, type Told } from '../support/member-histories';
import { anotherShop, outcomeOf, type MemberShop } from '../support/member-shop';
import { PROGRAMME, memberRecord } from '../support/members';
import { openSharedPostgres } from '../support/shared-postgres';
import { call, createShop, ingest, type IngestReply, type Shop } from '../support/shop';

/** How often to try; each run is another shop's history. `VERNA_RUNS=2000 VERNA_SEED=7` tries longer, or the same again. */
const RUNS = Number(process.env['VERNA_RUNS'] ?? 25);
const SEED = process.env['VERNA_SEED'];

// Tablets race, so this needs the real server.
let backend: EmbeddedBackend;
let first: Shop;
beforeAll(async () => {
  backend = await openSharedPostgres('members');
  first = await createShop(backend);
}, 120_000);
afterAll(() => backend?.close());

/** In which order the records go, which go again, where batches end, and which of them are on their way at once. */
const way = fc.record({
  order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
  again: fc.infiniteStream(fc.boolean()),
  sizes: fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
  abreast: fc.integer({ min: 1, max: 6 }),
  rescued: fc.infiniteStream(fc.integer({ min: 0, max: 5 })),
});
type Way = typeof way extends fc.Arbitrary<infer W> ? W : never;

const next = <Value>(stream: Iterator<Value>): Value => stream.next().value as Value;

function shuffled(records: readonly Told[], { order, again }: Way): Told[] {
  const all = [...records, ...records.filter(() => next(again))];
  return all
    .map((told) => ({ told, place: next(order) }))
    .sort((one, other) => one.place - other.place)
    .map(({ told }) => told);
}

/** Sends the records of one tablet as that tablet, or all of them as a rescue file. */
async function sendBatch(shop: MemberShop, batch: Told[], isRescued: boolean): Promise<void> {
  const own = ({ tablet, record }: Told) => ({ ...record, pairing: shop.tablets[tablet]?.pairing ?? '' });
  const replies: IngestReply[] = [];
  if (isRescued) {
    const args = { org: shop.org, nonce: 'nonce', records: JSON.stringify(batch.map(own)) };
    replies.push(await call<IngestReply>(backend, 'import_rescue', args, first.token));
  } else {
    for (const [at, tablet] of shop.tablets.entries()) {
      const mine = batch.filter((told) => told.tablet === at);
      if (mine.length > 0) replies.push(await ingest(backend, tablet, mine.map(own)));
    }
  }
  const outcomes = replies.flatMap(({ records }) => records.map(({ outcome, reason }) => reason ?? outcome));
  expect(outcomes.filter((outcome) => outcome !== 'stored' && outcome !== 'duplicate')).toEqual([]);
}

/** What the first two are when one is merged into the other, after the owner gave them points, and after which round. */
const merge = fc.record({
  roles: fc.constantFrom(['duplicate', 'kept'] as const, ['kept', 'duplicate'] as const),
  after: fc.nat(6),
});
type Merge = typeof merge extends fc.Arbitrary<infer M> ? M : never;

async function mergeMembers({ org }: MemberShop, { roles }: Merge): Promise<void> {
  const rows = await backend.sql.query<{ id: string; phone: string }>(
    'select id, phone from public.members where org_id = $1',
    [org],
  );
  const members = Object.fromEntries(
    roles.map((role, which) => [role, rows.find(({ phone }) => phone === PHONES[which])?.id]),
  );
  const correction = { org, member: members['duplicate'], points: 5, note: 'A wet loaf' };
  expect(await call(backend, 'correct_points', correction, first.token)).toEqual({ outcome: 'saved' });
  for (const _ of ['once', 'again']) {
    const reply = await call(backend, 'merge_members', { org, ...members }, first.token);
    expect(reply).toEqual({ outcome: 'merged' });
  }
}

async function sendAlong(
  shop: MemberShop,
  records: readonly Told[],
  chosen: Way,
  merged: Merge | null,
): Promise<void> {
  const queue = shuffled(records, chosen);
  for (let round = 0; queue.length > 0 || round <= (merged?.after ?? 0); round += 1) {
    const batches = Array.from({ length: chosen.abreast }, () => queue.splice(0, next(chosen.sizes)));
    await Promise.all([
      ...(round === merged?.after ? [mergeMembers(shop, merged)] : []),
      ...batches
        .filter((batch) => batch.length > 0)
        .map((batch) => sendBatch(shop, batch, next(chosen.rescued) === 0)),
    ]);
  }
}

it(
  'makes the same members, consents, balances, refused visits and flags of the same records on every way',
  { timeout: Math.max(120_000, RUNS * 10_000) },
  async () => {
    const property = fc.asyncProperty(history, way, fc.option(merge), async (facts, chosen, merged) => {
      const records = recordsOf(facts);
      const straight = await anotherShop(backend.sql, first);
      const astray = await anotherShop(backend.sql, first);
      const inOrder = records.toSorted((one, other) =>
        one.record.occurredAt.localeCompare(other.record.occurredAt),
      );
      for (const told of inOrder) await sendBatch(straight, [told], false);
      if (merged) await mergeMembers(straight, merged);
      // Only who has enrolled can be merged.
      await sendBatch(astray, records.slice(0, 2), false);
      await sendAlong(astray, records, chosen, merged);
      const outcome = await outcomeOf(backend.sql, astray.org);
      expect(outcome).toEqual(await outcomeOf(backend.sql, straight.org));
      for (const member of outcome.members) {
        expect(member.is_told_to_tablets).toBe(member.is_in_directory ? true : null);
      }
    });
    await fc.assert(property, { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) });
  },
);

type Changes = { seq: number; entries: { lookup: string; sealed: string }[]; gone: string[]; more: boolean };

it('loses no point and no change of the directory when many batches about few members race', async () => {
  const shop = await anotherShop(backend.sql, first, [
    PROGRAMME,
    { ...PROGRAMME, cooldown_hours: 1, points_per_visit: 7 },
  ]);
  const records = shop.tablets.flatMap((_, tablet) =>
    Array.from({ length: 80 }, (_, n): Told => {
      const phone = PHONES[n % PHONES.length] ?? '';
      const envelope = {
        pairing: '',
        seq: n + 1,
        occurredAt: new Date(START + (n * TABLETS + tablet) * 7 * 3_600_000 - 1e11),
      };
      const directoryKey = createHash('sha256').update(phone).digest('hex');
      const record =
        n % 10 < 3
          ? memberRecord(
              'enrolment',
              { phone, directoryKey, firstName: `Anna ${n}`, locale: 'en', staff: null, consents: [] },
              envelope,
            )
          : memberRecord('visit', { member: null, phone, sale: null, staff: null }, envelope);
      return { tablet, record };
    }),
  );
  const batches = Array.from({ length: 60 }, (_, n) => records.filter((_, at) => at % 60 === n));

  const held = new Map<string, string>();
  let after = 0;
  const pull = async () => {
    const { pairing, secret } = shop.tablets[0] ?? { pairing: '', secret: '' };
    const changes = await call<Changes>(backend, 'pull_members', { pairing, secret, after });
    for (const { lookup, sealed } of changes.entries) held.set(lookup, sealed);
    after = changes.seq;
  };
  let isSending = true;
  const sending = Promise.all(batches.map((batch, n) => sendBatch(shop, batch, n % 4 === 0))).finally(() => {
    isSending = false;
  });
  while (isSending) await pull();
  await sending;
  await pull();

  const balances = await backend.sql.query(
    `select sum(points)::int as points, count(*)::int as entries, (select count(*)::int from public.visits where org_id = $1) as visits
     from public.point_entries where org_id = $1`,
    [shop.org],
  );
  expect(balances).toEqual([{ points: 168 * 10 + 3 * 50, entries: 168 + 3, visits: 168 }]);
  const entries = await backend.sql.query<{ lookup: string; sealed: string }>(
    'select lookup, sealed from private.directory_entries where org_id = $1',
    [shop.org],
  );
  expect(held).toEqual(new Map(entries.map(({ lookup, sealed }) => [lookup, sealed])));
});

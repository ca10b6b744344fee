import { createHash, randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VernaRecord } from '../../src/domain/record';
import { openPostgresBackend, type EmbeddedBackend } from '../../supabase/embedded/backend';
import { startPostgres, type PostgresServer } from '../support/databases';
import { PROGRAMME, memberRecord } from '../support/members';
import { call, createShop, ingest, type IngestReply, type PairedTablet, type Shop } from '../support/shop';

/** How often to try; each run is another shop's history. `VERNA_RUNS=2000 VERNA_SEED=7` tries longer, or the same again. */
const RUNS = Number(process.env['VERNA_RUNS'] ?? 25);
const SEED = process.env['VERNA_SEED'];

// Tablets race, so this needs the real server.
let server: PostgresServer;
let backend: EmbeddedBackend;
let first: Shop;
beforeAll(async () => {
  server = await startPostgres();
  backend = await openPostgresBackend(await server.createDatabase('members'));
  first = await createShop(backend);
}, 120_000);
afterAll(async () => {
  try {
    await backend?.close();
  } finally {
    await server?.stop();
  }
});

const TABLETS = 3;
const PHONES = ['+359881234567', '+359889999999', '+4915112345678'];
const START = Date.parse('2026-01-10T08:00:00Z');

/** Another shop of the same owner with tablets of its own, and a programme that changed within the time of the records. */
async function anotherShop(): Promise<{ org: string; tablets: PairedTablet[] }> {
  const org = randomUUID();
  const tablets = Array.from({ length: TABLETS }, () => ({
    tablet: randomUUID(),
    pairing: randomUUID(),
    secret: randomBytes(32).toString('hex'),
    survey: '',
  }));
  const later = JSON.stringify({ ...PROGRAMME, cooldown_hours: 1, points_per_visit: 7 });
  await backend.sql.exec(`begin;
    insert into public.organizations (id, name) values ('${org}', 'Bakery');
    insert into public.team_members (org_id, user_id, role)
      select '${org}', user_id, role from public.team_members where org_id = '${first.organization}';
    insert into public.surveys (org_id, id, name) values ('${org}', '${org}', 'Visit');
    insert into public.locations (org_id, id, name, time_zone, survey_id) values ('${org}', '${org}', 'Sofia', 'Europe/Sofia', '${org}');
    insert into public.programme_versions (org_id, valid_from, programme, created_by) values
      ('${org}', '2025-01-01', '${JSON.stringify(PROGRAMME)}', '${org}'), ('${org}', '2026-01-10 14:00Z', '${later}', '${org}');
    ${tablets
      .map(
        ({ tablet, pairing, secret }) => `
    insert into public.tablets (org_id, location_id, id, name) values ('${org}', '${org}', '${tablet}', '${tablet}');
    insert into public.pairings (org_id, id, tablet_id, secret_hash)
      values ('${org}', '${pairing}', '${tablet}', encode(sha256('${secret}'), 'hex'));`,
      )
      .join('')}
    commit;`);
  return { org, tablets };
}

/** Few moments, so that some are the same: hours of one day, days of a birthday, and a day a season later. */
const moment = fc
  .tuple(fc.constantFrom(0, 0, 0, 1, 41, 43, 150), fc.integer({ min: 0, max: 11 }))
  .map(([day, hour]) => new Date(START + (day * 24 + hour) * 3_600_000));
const purpose = fc.constantFrom('programme', 'messages', 'call');
const told = { tablet: fc.nat(TABLETS - 1), at: moment };
const phone = fc.constantFrom(...PHONES.slice(0, 2));

const enrolment = fc.record({
  kind: fc.constant('enrolment' as const),
  ...told,
  phone,
  firstName: fc.constantFrom('Анна', 'Ann', 'Аня'),
  email: fc.option(fc.constantFrom('anna@example.test', 'ann@example.test')),
  birthday: fc.option(fc.constantFrom({ month: 2, day: 20 }, { month: 6, day: 9 })),
  locale: fc.constantFrom('bg', 'en'),
  consents: fc.uniqueArray(purpose),
});
const visit = fc.record({
  kind: fc.constant('visit' as const),
  ...told,
  whom: fc.oneof(fc.constantFrom(...PHONES), fc.nat(9)),
  amount: fc.option(fc.integer({ min: 0, max: 2000 })),
});
const consent = fc.record({
  kind: fc.constant('consent' as const),
  ...told,
  whom: fc.nat(9),
  purpose,
  granted: fc.boolean(),
});
type Fact =
  typeof enrolment extends fc.Arbitrary<infer E>
    ? | E
      | (typeof visit extends fc.Arbitrary<infer V> ? V : never)
      | (typeof consent extends fc.Arbitrary<infer C> ? C : never)
    : never;

type Told = { tablet: number; record: VernaRecord };

function recordsOf(facts: readonly Fact[]): Told[] {
  const made = Array.from({ length: TABLETS }, () => 0);
  const ids = facts.map(() => randomUUID());
  const enrolled = ids.filter((_, at) => facts[at]?.kind === 'enrolment');
  // Of whom no enrolment tells, visits wait for ever.
  const named = (which: number) =>
    enrolled[which % (enrolled.length + 1)] ?? '00000000-0000-4000-8000-000000000000';
  return facts.map((fact, at) => {
    const seq = (made[fact.tablet] ?? 0) + 1;
    made[fact.tablet] = seq;
    const envelope = { pairing: '', seq, occurredAt: fact.at, ...(ids[at] ? { id: ids[at] } : {}) };
    return { tablet: fact.tablet, record: memberRecord(fact.kind, bodyOf(fact, named), envelope) };
  });
}

function bodyOf(fact: Fact, named: (which: number) => string): object {
  const by = { staff: null };
  switch (fact.kind) {
    case 'enrolment': {
      const { phone, firstName, email, birthday, locale } = fact;
      const directoryKey = createHash('sha256').update(phone).digest('hex');
      const consents = fact.consents.map((purpose) => ({ purpose, version: 1, locale }));
      return { ...by, phone, directoryKey, firstName, email, birthday, locale, consents };
    }
    case 'visit': {
      const sale = fact.amount === null ? null : { amount: fact.amount, currency: 'EUR' };
      const whom =
        typeof fact.whom === 'number'
          ? { member: named(fact.whom), phone: null }
          : { member: null, phone: fact.whom };
      return { ...by, ...whom, sale };
    }
    case 'consent':
      return {
        ...by,
        member: named(fact.whom),
        purpose: fact.purpose,
        granted: fact.granted,
        version: 1,
        locale: 'bg',
      };
  }
}

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
async function sendBatch(
  shop: { org: string; tablets: PairedTablet[] },
  batch: Told[],
  isRescued: boolean,
): Promise<void> {
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

async function sendAlong(
  shop: { org: string; tablets: PairedTablet[] },
  records: readonly Told[],
  chosen: Way,
): Promise<void> {
  const queue = shuffled(records, chosen);
  while (queue.length > 0) {
    const batches = Array.from({ length: chosen.abreast }, () => queue.splice(0, next(chosen.sizes)));
    await Promise.all(
      batches
        .filter((batch) => batch.length > 0)
        .map((batch) => sendBatch(shop, batch, next(chosen.rescued) === 0)),
    );
  }
}

/** All that a shop knows of its members, but for the ids that only its own secret makes. */
async function outcomeOf(org: string) {
  const members = await backend.sql.query<{ is_in_directory: boolean; is_told_to_tablets: boolean | null }>(
    `select phone, first_name, email, birthday_month, birthday_day, locale, enrolled_at,
      (select jsonb_agg(a.id order by a.id) from public.member_aliases as a where a.org_id = $1 and a.member_id = m.id) as aliases,
      (select jsonb_object_agg(reason, points) from (
        select reason, sum(points) as points from public.point_entries as p where p.org_id = $1 and p.member_id = m.id
        group by reason having sum(points) <> 0) as sums) as points,
      (select jsonb_agg(jsonb_build_array(v.id, v.refused) order by v.id) from public.visits as v where v.org_id = $1 and v.member_id = m.id) as visits,
      (select jsonb_object_agg(purpose, granted) from (
        select distinct on (purpose) purpose, granted from public.consents as c where c.org_id = $1 and c.member_id = m.id
        order by purpose, occurred_at desc, record_id desc) as latest) as consents,
      private.takes_part($1, m.id) as is_in_directory, private.known_member($1, m.id) - 'id' as known,
      (select d.sealed = private.seal_entry(d.directory_key, private.known_member($1, m.id)::text) from private.directory_entries as d
        where d.org_id = $1 and d.member_id = m.id) as is_told_to_tablets
    from public.members as m where org_id = $1 order by phone`,
    [org],
  );
  const waiting = await backend.sql.query(
    'select id, phone, alias from private.waiting_records where org_id = $1 order by id',
    [org],
  );
  return { members, waiting };
}

it(
  'makes the same members, consents, balances and refused visits of the same records on every way',
  { timeout: Math.max(120_000, RUNS * 10_000) },
  async () => {
    const facts = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: enrolment },
        { weight: 5, arbitrary: visit },
        { weight: 2, arbitrary: consent },
      ),
      { minLength: 2, maxLength: 24 },
    );
    const property = fc.asyncProperty(facts, way, async (history, chosen) => {
      const records = recordsOf(history);
      const [straight, astray] = [await anotherShop(), await anotherShop()];
      const inOrder = records.toSorted((one, other) =>
        one.record.occurredAt.localeCompare(other.record.occurredAt),
      );
      for (const told of inOrder) await sendBatch(straight, [told], false);
      await sendAlong(astray, records, chosen);
      const outcome = await outcomeOf(astray.org);
      expect(outcome).toEqual(await outcomeOf(straight.org));
      for (const member of outcome.members) {
        expect(member.is_told_to_tablets).toBe(member.is_in_directory ? true : null);
      }
    });
    await fc.assert(property, { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) });
  },
);

type Changes = { seq: number; entries: { lookup: string; sealed: string }[]; gone: string[]; more: boolean };

it('loses no point and no change of the directory when many batches about few members race', async () => {
  const shop = await anotherShop();
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

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidFromHash } from '../../src/domain/import/records';
import type { VernaRecord } from '../../src/domain/record';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { PROJECT_DIR } from '../../supabase/embedded/paths';
import { memberRecord, PROGRAMME } from '../support/members';
import { openSharedPostgres } from '../support/shared-postgres';
import { call, createShop, pairTablet, type PairedTablet, type Shop } from '../support/shop';

/*
 * A year of a real shop's invoices as check-ins at a counter: 25,900 of them, refunds and sales of nobody included. What the
 * database makes of them must be what a count of the file's own lines says, done here without a line of the product's
 * rules. `npm test` replays every hundredth customer; VERNA_REPLAY=all replays everybody (some minutes).
 */

const FILE = join(PROJECT_DIR, '..', 'shared', 'data', 'visits', 'online_retail_invoices.csv.gz');
const EVERYBODY = process.env['VERNA_REPLAY'] === 'all';
const COOLDOWN_HOURS = 4;
const BATCH = 500;

type Invoice = { id: string; customer: string; at: Date; cents: number };

let backend: EmbeddedBackend;
let shop: Shop;
let tablet: PairedTablet;

beforeAll(async () => {
  backend = await openSharedPostgres('replay');
  shop = await createShop(backend);
  const programme = { ...PROGRAMME, cooldown_hours: COOLDOWN_HOURS, currency: 'GBP' };
  await call(
    backend,
    'set_programme',
    { org: shop.organization, programme: JSON.stringify(programme) },
    shop.token,
  );
  tablet = await pairTablet(backend, shop, 'Counter');
}, 120_000);
afterAll(() => backend?.close());

function invoices(): Invoice[] {
  const text = gunzipSync(readFileSync(FILE)).toString();
  const { data } = Papa.parse<Record<'InvoiceNo' | 'CustomerID' | 'InvoiceDate' | 'amount', string>>(text, {
    header: true,
    skipEmptyLines: true,
  });
  return data.map((row) => ({
    id: uuidFromHash(createHash('sha256').update(row.InvoiceNo).digest('hex')),
    customer: row.CustomerID,
    at: new Date(`${row.InvoiceDate.replace(' ', 'T')}Z`),
    cents: Math.round(Number(row.amount) * 100),
  }));
}

/** What a customer's invoices come to: visits that count, and points for them, their sales and for joining. */
function countOf(theirs: readonly Invoice[]): { visits: number; points: number } {
  let last = -Infinity;
  let visits = 0;
  let given = 0;
  let taken = 0;
  const inOrder = theirs.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  for (const { at, cents } of inOrder) {
    if (cents < 0) {
      taken += Math.floor(-cents / 100);
    } else if (at.getTime() - last >= COOLDOWN_HOURS * 3_600_000) {
      last = at.getTime();
      visits += 1;
      given += Math.floor(cents / 100);
    }
  }
  return { visits, points: 50 + 10 * visits + Math.max(0, given - taken) };
}

const phoneOf = (customer: string) => `+4479${customer.padStart(8, '0')}`;

/** Sends records as the tablet would, in batches; every one must be stored. */
async function send(records: VernaRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += BATCH) {
    const batch = records.slice(at, at + BATCH);
    const rows = await backend.sql.query<{ reply: { records: { outcome: string }[] } }>(
      'select public.ingest($1, $2, $3, $4) as reply',
      [tablet.pairing, tablet.secret, 'replay', JSON.stringify(batch)],
    );
    expect(rows[0]!.reply.records.map(({ outcome }) => outcome)).toEqual(batch.map(() => 'stored'));
  }
}

it('makes of a year of invoices what a count of the file says', async (context) => {
  if (!existsSync(FILE)) context.skip(`${FILE} is not there`);
  const all = invoices();
  expect(all).toHaveLength(25_900);
  expect(new Set(all.map(({ customer }) => customer)).size).toBe(4_373);
  // Of nobody's many invoices the sample takes the first: sales, refunds and noughts are among them.
  const nobody = all.filter(({ customer }) => customer === '').slice(0, EVERYBODY ? undefined : 100);
  const known = all.filter(({ customer }) => customer !== '');
  const taken = [...known.filter(({ customer }) => EVERYBODY || customer.endsWith('33')), ...nobody];

  let seq = 0;
  const record = (kind: VernaRecord['kind'], body: object, occurredAt: Date, id?: string) =>
    memberRecord(kind, body, { pairing: tablet.pairing, seq: ++seq, occurredAt, ...(id && { id }) });
  const byCustomer = new Map<string, Invoice[]>();
  for (const invoice of taken) {
    if (invoice.customer === '') continue;
    const theirs = byCustomer.get(invoice.customer);
    if (theirs) theirs.push(invoice);
    else byCustomer.set(invoice.customer, [invoice]);
  }
  const enrolments = [...byCustomer.keys()].map((customer) =>
    record(
      'enrolment',
      { phone: phoneOf(customer), firstName: customer, locale: 'en', staff: null, consents: [] },
      new Date('2010-12-01T00:00:00Z'),
    ),
  );
  const visits = taken.map(({ id, customer, at, cents }) =>
    record(
      'visit',
      {
        member: null,
        phone: customer === '' ? null : phoneOf(customer),
        sale: { amount: cents, currency: 'GBP' },
        staff: null,
      },
      at,
      id,
    ),
  );
  // Half the customers are enrolled after their visits, as where two tablets did not know of each other.
  const late = enrolments.splice(0, Math.floor(enrolments.length / 2));
  await send(enrolments);
  await send(visits);
  await send(late);

  const [sums] = await backend.sql.query<Record<string, number>>(
    `select sum(amount)::float8 as revenue, count(*)::int as invoices,
       count(*) filter (where refused is null and member_id is not null)::int as counted,
       count(*) filter (where refused = 'refund')::int as refunds,
       count(*) filter (where member_id is null)::int as of_nobody
     from public.visits`,
  );
  const counts = new Map([...byCustomer].map(([customer, theirs]) => [customer, countOf(theirs)]));
  expect(sums).toEqual({
    revenue: taken.reduce((sum, { cents }) => sum + cents, 0),
    invoices: taken.length,
    counted: [...counts.values()].reduce((sum, { visits }) => sum + visits, 0),
    refunds: taken.filter(({ cents }) => cents < 0).length,
    of_nobody: nobody.length,
  });
  const members = await backend.sql.query<{ name: string; visits: number; points: number }>(
    `select m.first_name as name,
       (select count(*)::int from public.visits as v where v.org_id = m.org_id and v.member_id = m.id and v.refused is null) as visits,
       (select sum(points)::int from public.point_entries as p where p.org_id = m.org_id and p.member_id = m.id) as points
     from public.members as m`,
  );
  expect(new Map(members.map(({ name, visits, points }) => [name, { visits, points }]))).toEqual(counts);
  expect(await backend.sql.query('select 1 from private.waiting_records')).toEqual([]);
}, 1_200_000);

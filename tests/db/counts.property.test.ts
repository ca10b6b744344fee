import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultSurvey } from '../../src/domain/default-survey';
import type { VernaRecord } from '../../src/domain/record';
import { factorQuestion } from '../../src/domain/standard-questions';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { expectCountsToHold, WAYS } from '../support/count-recounts';
import { anotherShop } from '../support/member-shop';
import { memberRecord } from '../support/members';
import { openSharedPostgres } from '../support/shared-postgres';
import {
  call,
  createShop,
  ingest,
  pairTablet,
  recordOf,
  type PairedTablet,
  type Shop,
} from '../support/shop';
import { openSplitShop, splitHistory, splitRecords } from '../support/split-histories';
import { expectSplitsToHold } from '../support/split-recounts';

/** How often to try; each run is another shop. `VERNA_RUNS=500 VERNA_SEED=7` tries longer, or the same again. */
const RUNS = Number(process.env['VERNA_RUNS'] ?? 8);
const SEED = process.env['VERNA_SEED'];

// Tablets and housekeeping race, so this needs the real server.
let backend: EmbeddedBackend;
beforeAll(async () => {
  backend = await openSharedPostgres('counts');
}, 120_000);
afterAll(() => backend?.close());

const TABLETS = 3;
const SURVEY = { questions: [...defaultSurvey.questions, factorQuestion('staff')] };
const NOON = Date.parse('2026-03-10T12:00:00Z');
const DAY_MS = 86_400_000;

const answer = fc.oneof(
  { weight: 6, arbitrary: fc.record({ score: fc.integer({ min: 1, max: 5 }) }) },
  fc.record({
    type: fc.constant('nps'),
    question: fc.constant('recommend'),
    score: fc.integer({ min: 0, max: 10 }),
  }),
  fc.record({
    type: fc.constant('reasons'),
    question: fc.constant('reasons'),
    score: fc.constant(undefined),
    choices: fc.uniqueArray(fc.constantFrom('quick', 'friendly', 'fair_price'), { minLength: 1 }),
  }),
  fc.record({
    type: fc.constant('comment'),
    question: fc.constant('comment'),
    score: fc.constant(undefined),
    text: fc.constantFrom('Опашката беше дълга', 'Thank you'),
  }),
  // Of a session the last that it gave a factor counts.
  {
    weight: 2,
    arbitrary: fc.record({ question: fc.constant('about_staff'), score: fc.integer({ min: 1, max: 5 }) }),
  },
  // What the database must not take along.
  fc.constant({ score: 6 }),
);

/** Some seconds apart as an impatient thumb has it, or hours; now and then staff at the counter, or a member who says who they are. */
const event = fc.record({
  tablet: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat(TABLETS - 1)),
  gapMs: fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(400, 800, 2_500) },
    fc.constantFrom(40_000, 3_600_000, 5 * 3_600_000),
  ),
  what: fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constant('answer' as const),
        answer,
        isNewSession: fc.integer({ min: 0, max: 3 }).map((dice) => dice > 0),
      }),
    },
    fc.record({ kind: fc.constant('unlock' as const) }),
    fc.record({ kind: fc.constant('rater' as const) }),
  ),
});
const events = fc.array(event, { minLength: 5, maxLength: 120, size: 'max' });
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

type Counter = { shop: Shop; tablets: PairedTablet[]; staff: string };

async function openCounter(): Promise<Counter> {
  const shop = await createShop(backend, `owner-${randomUUID()}@example.test`, SURVEY);
  const { organization: org, token } = shop;
  const second = await call<{ location: string }>(
    backend,
    'add_location',
    { org, name: 'Shipka 1', time_zone: 'Asia/Yekaterinburg' },
    token,
  );
  const tablets: PairedTablet[] = [];
  for (let n = 0; n < TABLETS; n += 1) {
    tablets.push(
      await pairTablet(backend, n === 0 ? shop : { ...shop, location: second.location }, `Tablet ${n}`),
    );
  }
  const person = { org, name: 'Ани', pin_salt: 'a'.repeat(32), pin_hash: 'b'.repeat(64) };
  const { staff } = await call<{ staff: string }>(backend, 'add_staff', person, token);
  return { shop, tablets, staff };
}

type Told = { tablet: number; record: VernaRecord };

/** The same events become the same records but for their ids. */
function recordsOf(happened: readonly Event[], { tablets, staff }: Counter): Told[] {
  let at = NOON - 6 * DAY_MS;
  const seqs = tablets.map(() => 0);
  const sessions = tablets.map(() => randomUUID() as string);
  return happened.map(({ tablet, gapMs, what }) => {
    at += gapMs;
    const seq = (seqs[tablet]! += 1);
    const place = { pairing: tablets[tablet]!.pairing, seq, occurredAt: new Date(at) };
    if (what.kind === 'unlock') return { tablet, record: memberRecord('unlock', { staff }, place) };
    if (what.kind === 'rater') {
      return {
        tablet,
        record: memberRecord('rater', { member: randomUUID(), session: sessions[tablet] }, place),
      };
    }
    if (what.isNewSession) sessions[tablet] = randomUUID();
    const record = recordOf(tablets[tablet]!, seq, { session: sessions[tablet], ...what.answer });
    return { tablet, record: { ...record, occurredAt: place.occurredAt.toISOString() } };
  });
}

async function sendAll({ tablets }: Counter, batch: readonly Told[]): Promise<void> {
  for (const [which, tablet] of tablets.entries()) {
    const mine = batch.filter((told) => told.tablet === which).map(({ record }) => record);
    if (mine.length === 0) continue;
    const { records } = await ingest(backend, tablet, mine);
    const outcomes = new Set(records.map(({ outcome, reason }) => reason ?? outcome));
    expect([...outcomes].filter((word) => !['stored', 'duplicate', 'off_scale'].includes(word))).toEqual([]);
  }
}

async function rollUpAll(org: string): Promise<void> {
  for (;;) {
    const [reply] = await backend.sql.query<{ more: boolean }>('select private.roll_up($1, 3) as more', [
      org,
    ]);
    if (!reply?.more) return;
  }
}

it(
  'counts what a recount of the answers counts, in any order, with repeats, races, flags, and at any state of rolling up',
  { timeout: Math.max(120_000, RUNS * 10_000) },
  async () => {
    const way = fc.record({
      order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      isAgain: fc.infiniteStream(fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0)),
      sizes: fc.infiniteStream(fc.integer({ min: 1, max: 12 })),
      abreast: fc.integer({ min: 1, max: 4 }),
      /** Which way is asked after each round; all of them are before all is rolled up and after it. */
      asked: fc.infiniteStream(fc.nat(WAYS - 1)),
    });
    const property = fc.asyncProperty(events, way, async (happened, chosen) => {
      const { order, isAgain, sizes, abreast, asked } = chosen;
      const counter = await openCounter();
      const { organization: org } = counter.shop;
      const records = recordsOf(happened, counter);
      const queue = [...records, ...records.filter(() => isAgain.next().value)]
        .map((told) => ({ told, place: order.next().value as number }))
        .sort((one, other) => one.place - other.place)
        .map(({ told }) => told);
      while (queue.length > 0) {
        const batches = Array.from({ length: abreast }, () => queue.splice(0, sizes.next().value as number));
        await Promise.all([
          ...batches.map((batch) => sendAll(counter, batch)),
          backend.sql.query('select private.roll_up($1, 2)', [org]),
        ]);
        await expectCountsToHold(backend, counter, asked.next().value as number);
      }
      await expectCountsToHold(backend, counter);
      await rollUpAll(org);
      for (const changed of ['changed_days', 'changed_months']) {
        expect(await backend.sql.query(`select 1 from public.${changed} where org_id = $1`, [org])).toEqual(
          [],
        );
      }
      await expectCountsToHold(backend, counter);
    });
    await fc.assert(property, { numRuns: RUNS, ...(SEED ? { seed: Number(SEED) } : {}) });
  },
);

it(
  'leaves the same rows and the same flagged answers whether a batch goes in as a set or record by record',
  { timeout: Math.max(120_000, RUNS * 10_000) },
  async () => {
    const left = (org: string) =>
      backend.sql.query(
        `select occurred_at, clock, local_at, question, type, score, choices, comment, locale, flag is not null as is_flagged
         from public.answers where org_id = $1 order by occurred_at, question, type, score, choices, comment`,
        [org],
      );
    const property = fc.asyncProperty(events, async (happened) => {
      const [asSets, oneByOne] = [await openCounter(), await openCounter()];
      await sendAll(asSets, recordsOf(happened, asSets));
      // An offset told as text is understood, and is not plain.
      const spelled = recordsOf(happened, oneByOne).map(({ tablet, record }) => ({
        tablet,
        record: { ...record, serverOffsetMs: '0' as unknown as number },
      }));
      await sendAll(oneByOne, spelled);
      expect(await left(asSets.shop.organization)).toEqual(await left(oneByOne.shop.organization));
    });
    await fc.assert(property, { numRuns: Math.ceil(RUNS * 0.75), ...(SEED ? { seed: Number(SEED) } : {}) });
  },
);

it(
  'splits scores as a recount of the rows does, whatever arrives late, is erased or merged, and at any state of rolling up',
  { timeout: Math.max(120_000, RUNS * 10_000) },
  async () => {
    const first = await createShop(backend, `owner-${randomUUID()}@example.test`);
    const way = fc.record({
      order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      sizes: fc.infiniteStream(fc.integer({ min: 10, max: 40 })),
      /** After which rounds a member is erased, or one is merged into another. */
      erasedAfter: fc.nat(6),
      mergedAfter: fc.nat(6),
    });
    const property = fc.asyncProperty(splitHistory, way, async (facts, chosen) => {
      const shop = await anotherShop(backend.sql, first);
      const places = await openSplitShop(backend.sql, shop);
      const { org } = shop;
      const records = splitRecords(facts, shop);
      const queue = [...records, ...records.filter((_, at) => at % 7 === 0)]
        .map((told) => ({ told, place: chosen.order.next().value as number }))
        .sort((one, another) => one.place - another.place)
        .map(({ told }) => told);
      const members = () =>
        backend.sql.query<{ id: string }>(
          'select id from public.members where org_id = $1 and erased_at is null and merged_into is null order by phone',
          [org],
        );
      for (let round = 0; queue.length > 0; round += 1) {
        const batch = queue.splice(0, chosen.sizes.next().value as number);
        await Promise.all([
          ...shop.tablets.map(async (tablet, which) => {
            const mine = batch.filter((told) => told.tablet === which).map(({ record }) => record);
            if (mine.length > 0) await ingest(backend, tablet, mine);
          }),
          backend.sql.query('select private.roll_up($1, 2)', [org]),
        ]);
        const [one, another] = await members();
        if (round === chosen.mergedAfter && one && another)
          await call(backend, 'merge_members', { org, duplicate: one.id, kept: another.id }, first.token);
        if (round === chosen.erasedAfter && another)
          await call(backend, 'erase_member', { org, member: another.id }, first.token);
        await expectSplitsToHold(backend, shop, places, first.token, [
          round % 3 === 0 ? 'recommend' : 'satisfaction',
        ]);
      }
      await rollUpAll(org);
      await expectSplitsToHold(backend, shop, places, first.token, ['satisfaction', 'recommend']);
    });
    await fc.assert(property, { numRuns: Math.ceil(RUNS / 2), ...(SEED ? { seed: Number(SEED) } : {}) });
  },
);

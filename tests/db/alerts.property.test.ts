import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WEEKDAYS, openMsBetween, type OpeningHours } from '../../src/domain/opening-hours';
import type { EmbeddedBackend } from '../../supabase/embedded/backend';
import { openMemoryBackend } from '../support/memory-backend';
import { createShop, ingest, pairTablet, recordOf, type PairedTablet, type Shop } from '../support/shop';

/** `VERNA_RUNS=500 VERNA_SEED=7` tries longer, or the same again. */
const RUNS = Number(process.env['VERNA_RUNS'] ?? 15);
const SEED = process.env['VERNA_SEED'];
const parameters = (numRuns: number) => ({ numRuns, ...(SEED ? { seed: Number(SEED) } : {}) });

let backend: EmbeddedBackend;
let shop: Shop;
let tablets: PairedTablet[];
beforeAll(async () => {
  backend = await openMemoryBackend();
  shop = await createShop(backend);
  tablets = [await pairTablet(backend, shop, 'Till 1'), await pairTablet(backend, shop, 'Till 2')];
  await backend.sql.query(`update public.pairings set last_seen_at = now() + interval '1 year'`);
}, 60_000);
afterAll(() => backend?.close());

const MINUTE_MS = 60_000;
/** When the first rating may have been given, and how many minutes later is asked what is open. */
const START = Date.parse('2026-03-10T10:00Z');
const ASKED_AFTER = 70;

/** Minutes apart, so that none is flagged for its pace. */
const ratings = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 0, max: ASKED_AFTER }),
    score: fc.integer({ min: 1, max: 5 }),
    tablet: fc.constantFrom(0, 1),
  }),
  { selector: ({ minute }) => minute, minLength: 4, maxLength: 40 },
);
type Rating = typeof ratings extends fc.Arbitrary<(infer R)[]> ? R : never;
const minuteAt = (minute: number) => new Date(START + minute * MINUTE_MS);

/** The rule, told anew: the latest rating of the last half hour that ends a quarter of an hour of four ratings, half of them low. */
function expected(all: readonly Rating[]): object[] {
  const ends = all
    .filter(({ minute }) => minute > ASKED_AFTER - 30)
    .sort((a, b) => b.minute - a.minute)
    .map(({ minute }) => {
      const within = all.filter((other) => other.minute <= minute && other.minute >= minute - 15);
      const low = within.filter(({ score }) => score <= 2).length;
      return { low, n: within.length, minutes: 15, until: minuteAt(minute).getTime() / 1000 };
    });
  return ends.filter(({ low, n }) => n >= 4 && low / n >= 0.5).slice(0, 1);
}

const evaluateAt = (minute: number) =>
  backend.sql.query('select private.apply_alert_rules($1, $2)', [
    shop.organization,
    minuteAt(minute).toISOString(),
  ]);

it('has the same alerts open in whatever order ratings arrive, and however often it looked meanwhile', async () => {
  const way = fc.record({
    order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
    size: fc.integer({ min: 1, max: 12 }),
    looks: fc.boolean(),
  });
  const property = fc.asyncProperty(ratings, way, async (all, { order, size, looks }) => {
    await backend.sql.exec(
      'delete from public.answers; delete from public.received; delete from public.score_counts; delete from public.alerts',
    );
    const queue = all
      .map((rating, n) => ({ rating, seq: n + 1, place: order.next().value as number }))
      .sort((a, b) => a.place - b.place);
    for (let sent = 0; sent < queue.length; sent += size) {
      for (const [at, tablet] of tablets.entries()) {
        const records = queue
          .slice(sent, sent + size)
          .filter(({ rating }) => rating.tablet === at)
          .map(({ rating, seq }) => ({
            ...recordOf(tablet, seq, { score: rating.score }),
            occurredAt: minuteAt(rating.minute).toISOString(),
          }));
        if (records.length > 0) await ingest(backend, tablet, records);
      }
      if (looks) await evaluateAt(ASKED_AFTER - 10 + (10 * sent) / queue.length);
    }
    await evaluateAt(ASKED_AFTER);
    const open = await backend.sql.query<{ facts: object }>(
      'select facts from public.alerts where closed_at is null',
    );
    expect(open.map(({ facts }) => facts)).toEqual(expected(all));
  });
  await fc.assert(property, parameters(RUNS));
}, 120_000);

const time = fc
  .tuple(fc.integer({ min: 0, max: 24 }), fc.constantFrom('00', '17', '30'))
  .map(([hour, minutes]) => (hour === 24 ? '24:00' : `${String(hour).padStart(2, '0')}:${minutes}`));
const range = fc
  .uniqueArray(time, { minLength: 2, maxLength: 2 })
  .map((pair) => pair.sort() as [string, string]);
const hours: fc.Arbitrary<OpeningHours> = fc
  .array(fc.array(range, { maxLength: 4 }), { minLength: 7, maxLength: 7 })
  .map((week) => Object.fromEntries(WEEKDAYS.map((day, at) => [day, week[at]!])));
/** Days on which clocks change somewhere: at one, two and three in the morning, at midnight, by half an hour. */
const zone = fc.constantFrom(
  'UTC',
  'Europe/Sofia',
  'America/Havana',
  'Australia/Lord_Howe',
  'America/New_York',
);
const CHANGES = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
const instant = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -3 * 1440, max: 3 * 1440 }))
  .map(([day, minutes]) => Date.parse(day) + minutes * MINUTE_MS);

it('counts opening time as the page does, on days when clocks change, too', async () => {
  const property = fc.asyncProperty(
    hours,
    zone,
    instant,
    fc.integer({ min: 0, max: 7 * 1440 }),
    async (week, timeZone, from, minutes) => {
      const to = from + minutes * MINUTE_MS;
      const [row] = await backend.sql.query<{ seconds: string }>(
        'select extract(epoch from private.open_time($1::jsonb, $2, $3, $4)) as seconds',
        [JSON.stringify(week), timeZone, new Date(from).toISOString(), new Date(to).toISOString()],
      );
      expect(Number(row!.seconds) * 1000).toBe(openMsBetween(week, timeZone, from, to));
    },
  );
  await fc.assert(property, parameters(RUNS * 8));
}, 60_000);

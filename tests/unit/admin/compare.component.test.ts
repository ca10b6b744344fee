import { describe, expect, it } from 'vitest';
import { readCompare, sidesOf, writeCompare } from '../../../src/admin/compare/compare-filter';
import { compareHeadline, verdictWords } from '../../../src/admin/compare/compare-words';
import { compareMeasures, stepsOf } from '../../../src/admin/compare/compared';
import { placesOverlap, readPlace, writePlace, type Place } from '../../../src/admin/compare/place';
import { periodsOf, periodsOverlap } from '../../../src/admin/compare/presets';
import { placesHeadline } from '../../../src/admin/places/group-words';
import { groupPlaces } from '../../../src/admin/places/groups';
import { measuresOf } from '../../../src/admin/scores/measure';
import { fullDays, meansScores } from '../../../src/admin/today/period';
import type { SideDay } from '../../../src/backend/owner-calls/comparing';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { id } from './member-fixture';

const measures = measuresOf([defaultSurvey]);
const csat = measures.find(({ type }) => type === 'csat')!;
const satisfied = (good: number, bad: number, day = '2026-03-01'): SideDay => ({
  question: csat.question,
  type: 'csat',
  day,
  counts: [
    [1, bad, 0],
    [5, good, 0],
  ],
});
const said = (a: SideDay[], b: SideDay[]) => {
  const { rows, looked } = compareMeasures({ a, b }, measures);
  const row = rows.find(({ measure }) => measure.question === csat.question)!;
  const { headline, deck } = compareHeadline(row, looked);
  return { headline, deck: deck.replaceAll('\u00a0', ' '), verdict: verdictWords(row) };
};

describe('two sides in words', () => {
  it('are told apart when that is more than chance', () => {
    const { headline, deck, verdict } = said([satisfied(90, 10)], [satisfied(50, 50)]);
    expect(headline).toBe('Satisfied: higher, 90% against 50%');
    expect(deck).toMatch(
      /^\+40\.0 points, between \+\d\d\.\d and \+\d\d\.\d \(n = 100 and 100\)\. That is more than chance\.$/,
    );
    expect(verdict).toBe('Higher');
    expect(said([satisfied(50, 50)], [satisfied(90, 10)]).headline).toBe('Satisfied: lower, 50% against 90%');
  });

  it('are not told apart when it may be chance', () => {
    const { headline, deck } = said([satisfied(81, 19)], [satisfied(80, 20)]);
    expect(headline).toBe('Satisfied: 81% and 80%, not told apart');
    expect(deck).toMatch(/That may be chance\.$/);
  });

  it('are not compared with too few answers on either side', () => {
    const { headline, deck, verdict } = said([satisfied(81, 19)], [satisfied(3, 1)]);
    expect(headline).toBe('Satisfied: too few answers to compare');
    expect(deck).toBe('There are 100 and 4 answers; from 10 on each side the two can be compared.');
    expect(verdict).toBe('Too few answers');
  });
});

describe('two periods', () => {
  it('are the same weekdays, the same days of a month, the same days a year ago', () => {
    expect(periodsOf('week', '2026-03-05')).toEqual({
      a: { from: '2026-03-02', to: '2026-03-05' },
      b: { from: '2026-02-23', to: '2026-02-26' },
    });
    expect(periodsOf('month', '2026-03-31')).toEqual({
      a: { from: '2026-03-01', to: '2026-03-31' },
      b: { from: '2026-02-01', to: '2026-02-28' },
    });
    expect(periodsOf('month', '2026-01-15').b).toEqual({ from: '2025-12-01', to: '2025-12-15' });
    expect(periodsOf('year', '2028-02-29').b).toEqual({ from: '2027-02-01', to: '2027-02-28' });
  });

  it('never overlap as presets, on any day of four years', () => {
    for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2028, 0, 1); day += 86_400_000) {
      const today = new Date(day).toISOString().slice(0, 10);
      for (const pick of ['week', 'month', 'year'] as const)
        expect(periodsOverlap(periodsOf(pick, today)), `${pick} ${today}`).toBe(false);
    }
  });

  it('overlap when they share a day', () => {
    const of = (from: string, to: string) => ({ from, to });
    expect(periodsOverlap({ a: of('2026-03-01', '2026-03-07'), b: of('2026-03-07', '2026-03-09') })).toBe(
      true,
    );
    expect(periodsOverlap({ a: of('2026-03-08', '2026-03-09'), b: of('2026-03-01', '2026-03-07') })).toBe(
      false,
    );
  });

  it('are cut into steps from their own first day, so that they can be laid over one another', () => {
    const days = [
      satisfied(1, 0, '2026-03-01'),
      satisfied(2, 1, '2026-03-07'),
      satisfied(5, 0, '2026-03-08'),
    ];
    const steps = stepsOf(days, csat, { from: '2026-03-01', to: '2026-03-10' }, 7);
    expect(steps).toEqual([
      { from: '2026-03-01', to: '2026-03-07', counts: [1, 0, 0, 0, 3] },
      { from: '2026-03-08', to: '2026-03-10', counts: [0, 0, 0, 0, 5] },
    ]);
  });
});

describe('two places', () => {
  const [mill, station, harbour] = [id(1), id(2), id(3)];
  const shop = {
    locations: [mill, station, harbour].map((location, index) => ({
      id: location,
      name: `Place ${index}`,
      time_zone: 'Europe/Sofia',
      region: index === 2 ? 'Coast' : 'Hills',
      opening_hours: null,
    })),
    tablets: [
      { tablet: id(10), location: mill },
      { tablet: id(11), location: mill },
      { tablet: id(12), location: harbour },
    ],
  };
  const place = (text: string) => readPlace(text);
  it.each([
    [`location:${mill}`, `location:${station}`, false],
    [`location:${mill}`, `location:${mill}`, true],
    ['', `location:${mill}`, true],
    ['region:Coast', 'region:Hills', false],
    ['region:Hills', `location:${mill}`, true],
    ['region:Coast', `location:${mill}`, false],
    [`tablet:${id(10)}`, `tablet:${id(11)}`, false],
    [`tablet:${id(10)}`, `tablet:${id(10)}`, true],
    [`tablet:${id(10)}`, `location:${mill}`, true],
    [`tablet:${id(12)}`, `location:${mill}`, false],
    [`tablet:${id(12)}`, 'region:Coast', true],
  ])('"%s" and "%s" share answers: %s', (a, b, shared) => {
    expect(placesOverlap(place(a), place(b), shop)).toBe(shared);
    expect(placesOverlap(place(b), place(a), shop)).toBe(shared);
  });

  it('keep their names in an address', () => {
    const places: Place[] = [
      { kind: 'all' },
      { kind: 'location', id: mill },
      { kind: 'region', name: 'Black Sea: north' },
    ];
    for (const each of places) expect(readPlace(writePlace(each))).toEqual(each);
    expect(readPlace('location:nonsense')).toEqual({ kind: 'all' });
  });
});

describe('the address of a comparison', () => {
  const today = '2026-03-05';
  it.each([
    '',
    'pick=month&place=region%3ACoast',
    'pick=own&a_from=2026-03-01&a_to=2026-03-02&b_from=2026-02-01&b_to=2026-02-02&question=recommend',
    `by=place&a=location%3A${id(1)}&b=location%3A${id(2)}&from=2026-03-01&to=2026-03-04`,
  ])('reads back as it was written: %s', (text) => {
    expect(writeCompare(readCompare(new URLSearchParams(text), today)).toString()).toBe(text);
  });

  it('means one place twice, or one time twice', () => {
    const periods = sidesOf(readCompare(new URLSearchParams('place=region:Coast'), today), today);
    expect(periods.a.place).toEqual(periods.b.place);
    const places = sidesOf(readCompare(new URLSearchParams('by=place'), today), today);
    expect(places.a.dates).toEqual(places.b.dates);
  });
});

describe('places in groups', () => {
  const place = (name: string, good: number, bad: number) => ({
    key: name,
    name,
    counts: [bad, 0, 0, 0, good],
  });
  const grouped = (...places: ReturnType<typeof place>[]) => groupPlaces('csat', places).places;

  it('are told apart only beyond noise, keep the order given, and small ones say nothing', () => {
    const places = grouped(
      place('A', 800, 200),
      place('B', 600, 400),
      place('C', 790, 210),
      place('D', 5, 4),
    );
    expect(places.map(({ name, group }) => [name, group])).toEqual([
      ['A', 'above'],
      ['B', 'below'],
      ['C', 'above'],
      ['D', 'few'],
    ]);
    expect(placesHeadline(places)).toBe('B, A and C: clearly apart from the rest');
  });

  it('do not stand out by luck', () => {
    const places = grouped(
      ...Array.from({ length: 20 }, (_, index) => place(`P${index}`, 78 + (index % 5), 20)),
    );
    expect(new Set(places.map(({ group }) => group))).toEqual(new Set(['between']));
    expect(placesHeadline(places)).toBe('No place stands out');
  });

  it('name the one that stands out', () => {
    const places = grouped(place('A', 80, 20), place('B', 82, 18), place('C', 79, 21), place('D', 20, 80));
    expect(placesHeadline(places)).toMatch(/D/);
    expect(places.at(-1)!.group).toBe('below');
  });

  it('cannot be compared when there is only one, or none answered', () => {
    expect(placesHeadline(grouped(place('A', 80, 20)))).toBe('No place stands out');
    expect(placesHeadline(grouped(place('A', 0, 0)))).toBe('Nobody has answered in this period');
  });
});

describe('the days of the first page', () => {
  it('are over everywhere', () => {
    // 22:30 UTC on the 4th: already the 5th in Sofia, still the 4th in London.
    const at = Date.UTC(2026, 2, 4, 22, 30);
    expect(fullDays(7, ['Europe/Sofia', 'Europe/London'], at)).toEqual({
      from: '2026-02-25',
      to: '2026-03-03',
    });
    expect(fullDays(28, ['Europe/Sofia'], at)).toEqual({ from: '2026-02-05', to: '2026-03-04' });
  });

  it('know an address that meant the scores', () => {
    expect(meansScores(new URLSearchParams('days=7'))).toBe(true);
    expect(meansScores(new URLSearchParams('span=28'))).toBe(false);
    expect(meansScores(new URLSearchParams())).toBe(false);
  });
});

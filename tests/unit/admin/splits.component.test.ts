import { describe, expect, it } from 'vitest';
import { standingOf, standingWords } from '../../../src/admin/dimensions/standing-for';
import { groupPlaces } from '../../../src/admin/places/groups';
import { readSplitFilter, writeSplitFilter } from '../../../src/admin/split/split-filter';
import { cellsOfOwn, cellsOfSplit, countSplit, NO_VALUE } from '../../../src/admin/split/split-values';
import { changesOf } from '../../../src/admin/today/changes';
import { readSpan, writeSpan } from '../../../src/admin/today/period';
import { readFilter } from '../../../src/admin/scores/filter';
import { measuresOf } from '../../../src/admin/scores/measure';
import { defaultSurvey } from '../../../src/domain/default-survey';
import { id } from './member-fixture';

type Cell = [number, number, number];
const named = (value: string) => value.toUpperCase();

describe('what a split counts', () => {
  const told = (value: string, ...counts: Cell[]) => ({ value, type: 'csat' as const, name: null, counts });

  it('is counted by value, without flagged answers unless asked for', () => {
    const cells = cellsOfSplit([told('bg', [5, 12, 2], [1, 3, 0]), told('en', [5, 1, 1])], 'csat');
    expect(countSplit(cells, 'csat', false, named)).toEqual({
      values: [{ key: 'bg', name: 'BG', counts: [3, 0, 0, 0, 10] }],
      all: undefined,
    });
    expect(countSplit(cells, 'csat', true, named).values.map(({ counts }) => counts)).toEqual([
      [3, 0, 0, 0, 12],
      [0, 0, 0, 0, 1],
    ]);
  });

  it('leaves out what was counted on another scale', () => {
    const cells = [told('bg', [5, 12, 0]), { ...told('bg', [9, 4, 0]), type: 'nps' as const }];
    expect(cellsOfSplit(cells, 'csat')).toHaveLength(1);
  });

  it('of the shop’s own is added up over the places looked at, with a line for tablets that stand for nothing', () => {
    const rows = [
      { value: id(1), location: id(10), type: 'csat' as const, counts: [[5, 2, 0]] satisfies Cell[] },
      { value: id(1), location: id(11), type: 'csat' as const, counts: [[5, 3, 0]] satisfies Cell[] },
      { value: null, location: id(10), type: 'csat' as const, counts: [[1, 1, 0]] satisfies Cell[] },
    ];
    const counted = (places: string[]) =>
      countSplit(cellsOfOwn(rows, 'csat', new Set(places)), 'csat', false, named).values;
    expect(counted([id(10), id(11)]).map(({ key, counts }) => [key, counts[4]])).toEqual([
      [id(1), 5],
      [NO_VALUE, 0],
    ]);
    expect(counted([id(11)])).toHaveLength(1);
  });
});

describe('values that overlap', () => {
  // A hundred answers name a reason; each of the two is named by sixty of them.
  const counted = countSplit(
    [
      {
        value: '',
        counts: [
          [1, 40, 0],
          [5, 60, 0],
        ],
      },
      {
        value: 'queue',
        counts: [
          [1, 40, 0],
          [5, 20, 0],
        ],
      },
      { value: 'friendly', counts: [[5, 60, 0]] },
    ],
    'csat',
    false,
    named,
  );

  it('are compared each with the answers that name others but not it', () => {
    const { places, looked } = groupPlaces('csat', counted.values, counted.all);
    expect(looked).toBe(2);
    expect(places.map(({ key, group }) => [key, group])).toEqual([
      ['queue', 'below'],
      ['friendly', 'above'],
    ]);
  });

  it('are not compared where all answers name them: nothing is left to compare with', () => {
    const everybody = groupPlaces(
      'csat',
      [{ key: 'quick', name: 'Quick', counts: [5, 0, 0, 0, 40] }],
      [5, 0, 0, 0, 40],
    );
    expect(everybody.looked).toBe(0);
    expect(everybody.places[0]!.group).toBe('between');
  });
});

describe('the address of a split', () => {
  it.each([
    `by=own%3A${id(1)}&days=7&place=location%3A${id(2)}&question=recommend&flagged=with`,
    'by=reason&from=2026-03-01&to=2026-03-09&place=region%3AWest',
    'by=tablet',
  ])('reads back as the same: %s', (text) => {
    const filter = readSplitFilter(new URLSearchParams(text));
    expect(readSplitFilter(writeSplitFilter(filter))).toEqual(filter);
    expect([...writeSplitFilter(filter)].sort()).toEqual([...new URLSearchParams(text)].sort());
  });

  it('falls back to languages of the whole shop where it makes no sense', () => {
    const { split, place } = readSplitFilter(new URLSearchParams(`by=own:weather&place=tablet:${id(1)}`));
    expect(split).toEqual({ by: 'language' });
    expect(place).toEqual({ kind: 'all' });
  });
});

describe('what a tablet stands for', () => {
  const row = (since: string, value: string | null) => ({
    tablet_id: id(1),
    dimension_id: id(2),
    since,
    value_id: value,
  });
  const value = (n: number, name: string, removed: string | null = null) => ({
    dimension_id: id(2),
    id: id(n),
    name,
    removed_at: removed,
  });
  const till = {
    id: id(2),
    name: 'Till',
    values: [value(5, 'Bread')],
    removed: [value(6, 'Cakes', '2026-03-01T00:00:00Z')],
  };
  const rows = [row('2026-04-01', null), row('2026-03-10', id(5)), row('2000-01-01', id(6))];

  it('is what was said last of a day that has come', () => {
    const { now, next, before } = standingOf(rows, id(1), '2026-03-10');
    expect([now, ...next, ...before].map((each) => standingWords(till, each!, '2026-03-10'))).toEqual([
      { name: 'Bread', when: 'since 10 Mar 2026' },
      { name: 'Nothing', when: 'from 1 Apr 2026' },
      { name: 'Cakes (removed)', when: 'ever since' },
    ]);
    expect(standingOf(rows, id(1), '2026-03-09').now!.value_id).toBe(id(6));
  });

  it('is nothing where nobody ever said', () => {
    expect(standingWords(till, standingOf(rows, id(9), '2026-03-10').now, '2026-03-10')).toEqual({
      name: 'Nothing',
      when: '',
    });
  });
});

describe('flagged answers', () => {
  it('count on the first page when its address says so', () => {
    const measures = measuresOf([defaultSurvey]);
    const { question } = measures[0]!;
    const cell = { question, type: 'csat' as const, location: id(1), counts: [[5, 30, 10]] satisfies Cell[] };
    const answers = (withFlagged: boolean) =>
      changesOf({ now: [cell], before: [] }, measures, [id(1)], withFlagged).answers;
    expect([answers(false), answers(true)]).toEqual([20, 30]);
    const query = writeSpan(28, true);
    expect([readSpan(query), readFilter(query).withFlagged]).toEqual([28, true]);
    expect(writeSpan(7, false).toString()).toBe('');
  });
});

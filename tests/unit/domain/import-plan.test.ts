import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportMapping } from '../../../src/domain/import/mapping';
import { planImport, type ImportOptions } from '../../../src/domain/import/plan';
import { MAX_LISTED_REFUSALS } from '../../../src/domain/import/report';
import { HEADER, MAPPING, OPTIONS, plan, planned, row } from './import-support';

describe('a column of what tablets stand for', () => {
  const by = (...cells: string[]) =>
    planImport(
      { header: [...HEADER, 'till'], rows: cells.map((till) => [...row({ id: '' }), till]) },
      { ...MAPPING, dimension: 6 },
      OPTIONS,
    );

  test('is told with each session, in one spelling, and none where the cell is blank', () => {
    const result = by('Till  1', 'till 1', 'Till 2', ' ', 'n/a');
    if (!result.ok) throw new Error(result.problem.code);
    const { sessions, report } = result.plan;
    expect(sessions.map(({ value }) => value)).toEqual(['Till 1', 'Till 1', 'Till 2', null, null]);
    expect([...report.values]).toEqual([
      ['Till 1', 2],
      ['Till 2', 1],
      ['', 2],
    ]);
  });

  test('makes rows that are else alike two customers, and leaves the ids of other files as they were', () => {
    const result = by('Till 1', 'Till 2');
    if (!result.ok) throw new Error(result.problem.code);
    expect(new Set(result.plan.sessions.map(({ identity }) => identity)).size).toBe(2);
    expect(plan([row()]).sessions[0]!.identity).not.toContain('Till');
    expect(plan([row()]).report.values.size).toBe(0);
  });

  test('keeps rows of one id apart where they speak of different values', () => {
    const result = planImport(
      {
        header: [...HEADER, 'service'],
        rows: [
          [...row({ score: '5' }), 'Bread'],
          [...row({ score: '2' }), 'Coffee'],
        ],
      },
      { ...MAPPING, externalId: 0, dimension: 6 },
      OPTIONS,
    );
    expect(result).toMatchObject({ ok: true, plan: { report: { sessions: 2, refused: 0 } } });
  });

  test('has names of at most 60 letters, and at most 40 of them', () => {
    expect(by('x'.repeat(61))).toMatchObject({ plan: { report: { refusedBy: { value_too_long: 1 } } } });
    const names = Array.from({ length: 41 }, (_, index) => `Till ${index}`);
    expect(by(...names.slice(1), '')).toMatchObject({ ok: true });
    expect(by(...names)).toEqual({ ok: false, problem: { code: 'too_many_values', limit: 40 } });
  });
});

describe('reading rows', () => {
  test.each([
    ['9', 9],
    [' 7 ', 7],
    ['9.0', 9],
    ['9,0', 9],
    ['\u00a010\u00a0', 10],
    ['0', 0],
  ])('takes "%s" as %i', (score, expected) => {
    const { sessions } = plan([row({ score })], { scores: [{ column: 3, scale: 'nps10' }] });
    expect(sessions[0]!.answers).toEqual([{ type: 'nps', question: 'recommend', score: expected }]);
  });

  test.each([
    [{ score: '' }, 'score_missing'],
    [{ score: 'Blank' }, 'score_missing'],
    [{ score: 'great' }, 'score_not_a_number'],
    [{ score: '1e0' }, 'score_not_a_number'],
    [{ score: '6' }, 'score_off_scale'],
    [{ score: '4.5' }, 'score_off_scale'],
    [{ score: '-1' }, 'score_off_scale'],
    [{ when: '' }, 'date_missing'],
    [{ when: 'Tuesday' }, 'date_unreadable'],
    [{ when: '2026-06-02 08:00' }, 'date_in_future'],
    [{ where: ' ' }, 'location_missing'],
    [{ comment: 'x'.repeat(2001) }, 'text_too_long'],
  ] as const)('refuses %j as %s', (cells, reason) => {
    const { sessions, report } = plan([row(), row(cells)]);
    expect(sessions).toHaveLength(1);
    expect(report.refusals).toEqual([{ line: 3, reason }]);
    expect(report).toMatchObject({ read: 2, accepted: 1, refused: 1, refusedBy: { [reason]: 1 } });
  });

  test('refuses a row that ends before its last mapped column, and passes over blank lines', () => {
    const { report } = plan([row().slice(0, 4), [''], ['', ' '], row()]);
    expect(report).toMatchObject({ read: 2, accepted: 1, blankLines: 2, refusedBy: { row_too_short: 1 } });
  });

  test('keeps a damaged comment and counts it', () => {
    const { sessions, report } = plan([
      row({ comment: 'We didn\uFFFDt wait' }),
      row({ comment: 'nul\u0000' }),
    ]);
    expect(sessions[0]!.answers[1]).toMatchObject({ text: 'We didn\uFFFDt wait' });
    expect(sessions[1]!.answers[1]).toMatchObject({ text: 'nul\uFFFD' });
    expect(report.warnings).toEqual({ text_damaged: 2 });
  });

  test('cuts a long comment only when asked to, and never through a character', () => {
    const comment = `${'x'.repeat(1998)}😀😀`;
    const { sessions, report } = plan([row({ comment })], {}, { longText: 'cut' });
    expect(sessions[0]!.answers[1]).toMatchObject({ text: `${'x'.repeat(1998)}…` });
    expect(report.warnings).toEqual({ text_cut: 1 });
  });

  test('finds reasons by key and by label in any language, and counts those the survey does not know', () => {
    const { sessions, report } = plan([row({ reasons: 'Дълго чакане | high_price | parking' })]);
    expect(sessions[0]!.answers[1]).toEqual({
      type: 'reasons',
      question: 'reasons',
      choices: ['long_wait', 'high_price'],
    });
    expect(report.warnings).toEqual({ reason_unknown: 1 });
  });

  test('takes a date without time as noon and says so', () => {
    const { sessions, report } = plan([row({ when: '2026-03-04' }), row({ when: '2026-06-01' })]);
    expect(new Date(sessions[0]!.occurredAt).toISOString()).toBe('2026-03-04T10:00:00.000Z');
    expect(sessions[0]!.tzOffset).toBe(120);
    // Today's date is not the future, although its noon is.
    expect(sessions[1]!.occurredAt).toBe(OPTIONS.now);
    expect(report.warnings).toEqual({ time_missing: 2 });
  });

  test('counts local times that clocks skipped or repeated', () => {
    const { sessions, report } = plan([row({ when: '2026-03-29 03:30' }), row({ when: '2025-10-26 03:30' })]);
    expect(sessions.map(({ tzOffset }) => tzOffset)).toEqual([180, 180]);
    expect(report.warnings).toEqual({ time_adjusted: 2 });
  });

  test('lists the first 1,000 refusals and counts all', () => {
    const { report } = plan(Array.from({ length: 1200 }, () => row({ score: 'x' })));
    expect(report.refusals).toHaveLength(MAX_LISTED_REFUSALS);
    expect(report.refusals[0]).toEqual({ line: 2, reason: 'score_not_a_number' });
    expect(report.refusedBy).toEqual({ score_not_a_number: 1200 });
  });
});

describe('recoding', () => {
  test('turns a scale round where 1 is very good', () => {
    const recode = { 1: 5, 2: 4, 4: 2, 5: 1 };
    const scores = [{ column: 3, scale: 'csat5' as const, recode, blanks: ['6', '7'] }];
    const { sessions, report } = plan(
      ['1', '2.0', '3', '5', '6', '7'].map((score) => row({ score })),
      { scores },
    );
    expect(sessions.map(({ answers }) => 'score' in answers[0]! && answers[0].score)).toEqual([5, 4, 3, 1]);
    expect(report.refusedBy).toEqual({ score_missing: 2 });
  });

  test('reads words, and an empty cell where the owner says what it means', () => {
    const scores = [{ column: 3, scale: 'csat5' as const, recode: { 'Много добре': 5, '': 3 } }];
    const { sessions } = plan([row({ score: 'много добре ' }), row({ score: '' })], { scores });
    expect(sessions.map(({ answers }) => 'score' in answers[0]! && answers[0].score)).toEqual([5, 3]);
  });

  test('throws when it leads off the scale', () => {
    expect(() => plan([row()], { scores: [{ column: 3, scale: 'csat5', recode: { 1: 6 } }] })).toThrow(
      RangeError,
    );
  });
});

describe('planning', () => {
  test('asks for the order of dates that read both ways', () => {
    const table = { header: HEADER, rows: [row({ when: '03/04/2026 10:00' })] };
    expect(planImport(table, MAPPING, { ...OPTIONS, dateOrder: 'auto' })).toEqual({
      ok: false,
      problem: { code: 'date_order_ambiguous', candidates: ['dmy', 'mdy'] },
    });
    const settled = planned(planImport(table, MAPPING, { ...OPTIONS, dateOrder: 'dmy' }));
    expect(new Date(settled.sessions[0]!.occurredAt).toISOString()).toBe('2026-04-03T07:00:00.000Z');
  });

  test('names a time zone it does not know and a mapping without a score', () => {
    const table = { header: HEADER, rows: [row()] };
    const problem = (mapping: ImportMapping, options: ImportOptions) => planImport(table, mapping, options);
    expect(problem(MAPPING, { ...OPTIONS, timeZone: 'Sofia' })).toMatchObject({
      problem: { code: 'time_zone_unknown' },
    });
    expect(problem({ ...MAPPING, scores: [] }, OPTIONS)).toMatchObject({
      problem: { code: 'score_column_missing' },
    });
    expect(() => problem({ ...MAPPING, comment: 6 }, OPTIONS)).toThrow(RangeError);
  });

  test('one date can serve a file that has none', () => {
    const { sessions } = plan([row({ when: '' })], { occurredAt: { forAll: '2026-05-15' } });
    expect(new Date(sessions[0]!.occurredAt).toISOString()).toBe('2026-05-15T09:00:00.000Z');
  });

  test('joins the rows of one respondent, once per score and with every comment', () => {
    const { sessions, report } = plan(
      [
        row({ id: 'A', score: '4', comment: 'Good bread' }),
        row({ id: 'B', score: '4' }),
        row({ id: 'A', score: '4', comment: 'Slow till', reasons: 'long_wait' }),
        row({ id: 'A', score: '2' }),
        row({ id: 'A', score: '2', when: '2026-03-05 10:00' }),
      ],
      { externalId: 0 },
    );
    expect(sessions).toHaveLength(3);
    expect(sessions[0]!.answers).toEqual([
      { type: 'csat', question: 'satisfaction', score: 4 },
      { type: 'comment', question: 'comment', text: 'Good bread\nSlow till' },
      { type: 'reasons', question: 'reasons', choices: ['long_wait'] },
    ]);
    expect(report).toMatchObject({
      read: 5,
      accepted: 4,
      joined: 1,
      sessions: 3,
      refusedBy: { score_conflicts: 1 },
    });
  });

  test('keeps rows of one id apart when asked to', () => {
    const rows = [row({ id: 'A' }), row({ id: 'A' })];
    expect(plan(rows, { externalId: 0 }, { sameId: 'separate' }).sessions).toHaveLength(2);
  });

  test('accounts for every row, whatever is in it', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('5', '9,0', '11', '2026-03-04', '29.03.2026 03:30', '', '\uFFFD', 'n/a', '4.5'),
    );
    const rows = fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.constantFrom('ymd', 'dmy', 'mdy'), (list, dateOrder) => {
        const { sessions, report } = plan(list, { externalId: 0 }, { dateOrder });
        expect(report.read + report.blankLines).toBe(list.length);
        expect(report.accepted + report.refused).toBe(report.read);
        expect(report.sessions + report.joined).toBe(report.accepted);
        expect(sessions).toHaveLength(report.sessions);
        expect(Object.values(report.refusedBy).reduce((sum, n) => sum + n, 0)).toBe(report.refused);
      }),
    );
  });
});

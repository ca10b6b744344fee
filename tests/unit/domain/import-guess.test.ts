import { describe, expect, test } from 'vitest';
import { guessMapping } from '../../../src/domain/import/guess-mapping';
import { guessScale } from '../../../src/domain/import/guess-scale';

describe('guessing a mapping', () => {
  test.each([
    ['English', ['Response ID', 'Submitted', 'Store', 'Satisfaction (1-5)', 'Reason', 'Comment']],
    ['Russian', ['№', 'Дата', 'Магазин', 'Удовлетворённость', 'Причина', 'Комментарий']],
    ['Bulgarian', ['Номер', 'Дата и час', 'Обект', 'Оценка', 'Причина', 'Коментар']],
  ])('knows %s headers', (_, header) => {
    const rows = Array.from({ length: 40 }, (__, index) => [
      String(1000 + index),
      `${13 + (index % 15)}.03.2026 10:${10 + index}`,
      index % 2 ? 'Vitosha 12' : 'Lenina 5',
      String(1 + (index % 5)),
      'long_wait',
      index % 3 ? '' : 'All was well',
    ]);
    expect(guessMapping(header, rows)).toMatchObject({
      externalId: 0,
      occurredAt: 1,
      dateOrder: { kind: 'certain', order: 'dmy' },
      location: 2,
      scores: [{ column: 3, scale: 'csat5' }],
      reasons: 4,
      comment: 5,
    });
  });

  test('says that dates read both ways', () => {
    const rows = [
      ['03/04/2026', '4'],
      ['05/06/2026', '5'],
    ];
    expect(guessMapping(['Date', 'Rating'], rows).dateOrder).toEqual({
      kind: 'ambiguous',
      candidates: ['dmy', 'mdy'],
    });
  });

  test('believes values before words: a group name is no score, a word is no date', () => {
    const guess = guessMapping(
      ['NPS group', 'date'],
      [
        ['Promoter', 'Monday'],
        ['Detractor', 'Friday'],
      ],
    );
    expect(guess).toMatchObject({ scores: [], occurredAt: null, dateOrder: { kind: 'none' } });
  });

  test('proposes nothing for an empty file', () => {
    expect(guessMapping([], [])).toMatchObject({
      scores: [],
      occurredAt: null,
      location: null,
      comment: null,
    });
  });
});

describe('guessing a scale', () => {
  test.each([
    ['nps', ['9', '10', '7', '0'], { scale: 'nps10', certain: true, offScale: [] }],
    ['score', ['9.0', '10.0', '3.0'], { scale: 'nps10', certain: true, offScale: [] }],
    ['score', ['4', '5', '3'], { scale: 'csat5', certain: false, offScale: [] }],
    ['csat', ['4', '5', '3'], { scale: 'csat5', certain: true, offScale: [] }],
    ['nps', ['9', '8', '10', '7', '11'], { scale: 'nps10', certain: false, offScale: ['11'] }],
  ])('of "%s" with %j', (name, values, guess) => {
    expect(guessScale(name, values)).toEqual(guess);
  });

  test.each([
    ['score', ['A', 'B']],
    ['rating', ['0.28', '0.94']],
    ['rate', ['2017', '2018']],
    ['score', []],
  ])('of "%s" with %j is none', (name, values) => {
    expect(guessScale(name, values)).toBeNull();
  });
});

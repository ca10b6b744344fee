import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../src/ui/csv';

const lines = (csv: string) => csv.replace('\uFEFF', '').trimEnd().split('\r\n');

describe('a table as CSV', () => {
  it('begins with the mark by which Excel knows UTF-8', () => {
    expect(toCsv({ columns: [{ label: 'Оценка' }], rows: [] })).toBe('\uFEFFОценка\r\n');
  });

  it('comes back from a reader as it was', () => {
    const rows = [
      ['a "quoted", word', 'two\nlines', ' spaces '],
      ['', 'ё', "it's"],
    ];
    const csv = toCsv({ columns: [{ label: 'x' }, { label: 'y, z' }, { label: 'q' }], rows });
    const read = Papa.parse<string[]>(csv.replace('\uFEFF', ''), { skipEmptyLines: true }).data;
    expect(read).toEqual([['x', 'y, z', 'q'], ...rows]);
  });

  it.each(['=1+1', '+7 912', '-3', '@SUM(A1)', '\t=1', '  =1', '＝1', '\r=1'])(
    'never lets a spreadsheet run %j',
    (text) => {
      const read = Papa.parse<string[]>(toCsv({ columns: [{ label: 'x' }], rows: [[text]] })).data[1]!;
      expect(read[0]).toBe(`'${text}`);
    },
  );

  it('keeps figures as figures, with their minus and a decimal point', () => {
    const rows = [
      [
        { text: '−29,6', raw: -29.555 },
        { text: '–', raw: null },
      ],
    ];
    expect(lines(toCsv({ columns: [{ label: 'NPS' }, { label: 'low' }], rows }))).toEqual([
      'NPS,low',
      '-29.555,',
    ]);
  });
});

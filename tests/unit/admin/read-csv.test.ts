import { describe, expect, it } from 'vitest';
import { guessEncoding } from '../../../src/admin/import/encoding';
import { distinctCells, readCsv } from '../../../src/admin/import/read-csv';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Windows-1251 for Cyrillic letters А … я, Latin as it is. */
const cp1251 = (text: string) =>
  Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  });
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('the encoding', () => {
  it('is UTF-8 where every byte fits', () => {
    expect(guessEncoding(bytes('оценка;5'))).toBe('utf-8');
    expect(guessEncoding(bytes('\uFEFFscore,5'))).toBe('utf-8');
  });

  it('is told by a byte order mark', () => {
    expect(guessEncoding(Uint8Array.of(0xff, 0xfe, 0x41, 0))).toBe('utf-16le');
    expect(guessEncoding(Uint8Array.of(0xfe, 0xff, 0, 0x41))).toBe('utf-16be');
  });

  it('is guessed between the two code pages by runs of letters', () => {
    expect(guessEncoding(cp1251('оценка;отзыв\n5;Хлеб свежий'))).toBe('windows-1251');
    expect(guessEncoding(latin1('note;avis\n5;très bien, déjà goûté'))).toBe('windows-1252');
  });
});

describe('a file', () => {
  it('is read in its encoding, with its delimiter, without the newline at its end', () => {
    const table = readCsv(cp1251('оценка;отзыв\n5;Хлеб; свежий\n4;"да; нет"\n'), 'windows-1251');
    expect(table).toEqual({
      header: ['оценка', 'отзыв'],
      rows: [
        ['5', 'Хлеб', ' свежий'],
        ['4', 'да; нет'],
      ],
    });
  });

  it('has no byte order mark in its first column name', () => {
    expect(readCsv(bytes('\uFEFFscore,when\n5,2026-01-01'), 'utf-8')?.header[0]).toBe('score');
  });

  it('without rows is no table', () => {
    expect(readCsv(bytes('score,when\n'), 'utf-8')).toBeNull();
    expect(readCsv(bytes(''), 'utf-8')).toBeNull();
  });

  it('tells the different cells of a column when they are few', () => {
    const table = readCsv(bytes('s\n5\n10\n5\n'), 'utf-8')!;
    expect(distinctCells(table, 0)).toEqual([
      { cell: '5', count: 2 },
      { cell: '10', count: 1 },
    ]);
    expect(distinctCells(table, 0, 1)).toBeNull();
  });
});

import { expect, it } from 'vitest';
import { readBirthday } from '../../../src/domain/member-import/birthday';
import { readLocale, readMoney, readPoints, readYesNo } from '../../../src/domain/member-import/cells';

it.each([
  ['12.50', 1250],
  ['12,5', 1250],
  ['12', 1200],
  ['1 200,00', 120_000],
  ['1,200.50', 120_050],
  ['1.200,50', 120_050],
  ['1,234,567', 123_456_700],
  ['0.00', 0],
  ['-0', 0],
  ['−3.20', -320],
  ['-€4', -400],
  ['(3.20)', -320],
  ['5.50-', -550],
  ['€ 4.00', 400],
  ['4 лв.', 400],
  ['EUR 7', 700],
  ['22.1000', 2210],
])('reads %s as money', (cell, cents) => {
  expect(readMoney(cell, 'EUR')).toBe(cents);
});

it.each(['', 'free', '1.005', '1,234', '12.345.6', '1,2,3', '12.50.', '--3', '(3', '10000000.01', '1.2e3'])(
  'takes "%s" for no amount that is certain',
  (cell) => expect(readMoney(cell, 'EUR')).toBeNull(),
);

it('counts in the currency’s own minor units', () => {
  expect(readMoney('1200', 'JPY')).toBe(1200);
  expect(readMoney('1.5', 'JPY')).toBeNull();
  expect(readMoney('1.234', 'KWD')).toBe(1234);
});

it.each([
  ['120', 120],
  ['-5', -5],
  ['−5', -5],
  ['1 200', 1200],
  ['1,200', 1200],
  ['120.00', 120],
])('reads %s as points', (cell, points) => expect(readPoints(cell)).toBe(points));

it.each(['', '1.5', 'many', '1,20,0'])('takes "%s" for no points', (cell) =>
  expect(readPoints(cell)).toBeNull(),
);

it.each([
  ['24.12.', 'dmy', 12, 24],
  ['24.12.1980', 'dmy', 12, 24],
  ['24.12.1980 г.', 'dmy', 12, 24],
  ['12/24', 'mdy', 12, 24],
  ['12/24/1980', 'mdy', 12, 24],
  ['1980-12-24', 'mdy', 12, 24],
  ['1980-12-24T00:00:00', 'dmy', 12, 24],
  ['--02-29', 'dmy', 2, 29],
  ['24 December', 'dmy', 12, 24],
  ['Dec 24, 1980', 'dmy', 12, 24],
  ['3rd of', 'dmy', 0, 0],
  ['1 мая', 'dmy', 5, 1],
  ['1 май 1980 г.', 'dmy', 5, 1],
  ['24 декември', 'dmy', 12, 24],
  ['7 марта', 'dmy', 3, 7],
  ['31.02.', 'dmy', 0, 0],
  ['24.13.', 'dmy', 0, 0],
  ['soon', 'dmy', 0, 0],
] as const)('reads %s as a birthday (%s)', (cell, order, month, day) => {
  expect(readBirthday(cell, order)).toEqual(month === 0 ? null : { month, day });
});

it('reads yes and no in three languages, and a Russian no as no blank', () => {
  expect(['yes', 'ДА', 'x', '1', 'true'].map(readYesNo)).toEqual([true, true, true, true, true]);
  expect(['no', 'нет', 'Не', '0', 'FALSE'].map(readYesNo)).toEqual([false, false, false, false, false]);
  expect(['', 'maybe', '2'].map(readYesNo)).toEqual([null, null, null]);
});

it('reads languages by code and by name', () => {
  expect(['bg', 'bg-BG', 'Bulgarian', 'български', 'болгарский'].map(readLocale)).toEqual(
    Array(5).fill('bg'),
  );
  expect(['ru', 'Русский', 'EN', 'English', 'fr', ''].map(readLocale)).toEqual([
    'ru',
    'ru',
    'en',
    'en',
    null,
    null,
  ]);
});

import { describe, expect, it } from 'vitest';
import { minorDigits, readAmount } from '../../../src/domain/money';

describe('an amount somebody typed', () => {
  it.each([
    ['12.50', 'EUR', 1250],
    ['12,5', 'EUR', 1250],
    ['12', 'EUR', 1200],
    ['1 200,05', 'EUR', 120_005],
    ['0.29', 'EUR', 29],
    ['1200', 'JPY', 1200],
    ['1.234', 'KWD', 1234],
  ])('reads %s %s as %i minor units', (text, currency, minor) => {
    expect(readAmount(text, currency)).toBe(minor);
  });

  it.each([
    ['', 'EUR'],
    ['twelve', 'EUR'],
    ['-5', 'EUR'],
    ['1.234', 'EUR'],
    ['12.5', 'JPY'],
    ['1,200.50', 'EUR'],
    ['99999999999999999', 'EUR'],
  ])('takes %j %s for no amount', (text, currency) => {
    expect(readAmount(text, currency)).toBeNull();
  });

  it('knows how many decimals a currency has', () => {
    expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
  });
});
